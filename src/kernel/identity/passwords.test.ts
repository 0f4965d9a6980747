import { expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { hashPassword, password, verifyPassword } from './people.ts';

const { password_chars_min: least, password_chars_max: most } = limits;

test('a password has ten characters or more, of whatever kind', () => {
  expect(least).toBeGreaterThanOrEqual(8);
  expect(most).toBeGreaterThanOrEqual(64);
  const fine = [
    'a'.repeat(least),
    'x'.repeat(most),
    '          ',
    '一二三四五六七八九十',
    '🥟'.repeat(least),
  ];
  for (const text of fine) expect(password.safeParse(text).success, text).toBe(true);
  for (const text of ['', 'a'.repeat(least - 1), 'x'.repeat(most + 1)]) {
    expect(password.safeParse(text).success, text).toBe(false);
  }
});

test('a password is checked as it was given: each letter, each blank, to its end', async () => {
  const text = `  Long Pässword ${'x'.repeat(120)}`;
  const hashed = await hashPassword(text);
  expect(await verifyPassword(hashed, text)).toBe(true);
  for (const other of [text.trim(), text.toLowerCase(), text.slice(0, -1), `${text} `]) {
    expect(await verifyPassword(hashed, other), other).toBe(false);
  }
  expect(await verifyPassword(null, text)).toBe(false);
});

test('a password is kept as argon2id, salted, at the cost that OWASP names', async () => {
  const [one, other] = [await hashPassword('same password'), await hashPassword('same password')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(other).not.toBe(one);
});
