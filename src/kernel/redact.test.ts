import { expect, it } from 'vitest';
import { redacted } from './redact.ts';

it('leaves nothing of a secret or a person, in a field, a text, an error or its cause', () => {
  const key = `jwk_${'K'.repeat(64)}.${'S'.repeat(43)}`;
  const error = Object.assign(new Error('invalid input syntax for type date: "林黛玉"'), {
    code: '22007',
    detail: 'Key (login)=(lin-dai-yu) already exists.',
    cause: new Error(`fetch with Bearer abc.def and +86 139-1234-5678 failed`),
  });
  const text = JSON.stringify(
    redacted({
      error,
      request: 'r-1',
      headers: { authorization: key, cookie: 'a=b' },
      deep: [{ inner: { password: 'sesame', phone: '13912345678', display_name: '宝玉' } }],
      said: `lin@example.com wrote ${key}; password=sesame; postgresql://me:sesame@db/x`,
      socket: new (class Socket {
        remote = 'lin@example.com';
      })(),
    }),
  );
  for (const one of ['KKKK', 'SSSS', 'sesame', '1391', '1234-5678', 'abc.def', '宝玉', '林黛玉']) {
    expect(text).not.toContain(one);
  }
  expect(text).not.toMatch(/lin@|lin-dai-yu|a=b/);
  expect(text).toMatch(/r-1/);
  expect(text).toMatch(/22007/);
});
