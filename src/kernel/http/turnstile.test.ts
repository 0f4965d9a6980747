import { expect, it } from 'vitest';
import { Firms, Turnstile } from './turnstile.ts';

/** Work that ends when it is told to. */
function open() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const turnstile = new Turnstile({ inside: 2, waiting: 2, wait_ms: 5_000 });
  const come = (caller: string, name: string) =>
    turnstile.pass(caller, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    await turn();
    ends.get(name)?.();
    await turn();
  };
  return { begun, come, end };
}

it('lets two of one caller in, and the next when one leaves, in the order they came', async () => {
  const { begun, come, end } = open();
  const all = ['1', '2', '3', '4'].map((name) => come('maker', name));
  const other = come('dealer', 'other');
  await end('none');
  expect(begun).toEqual(['1', '2', 'other']);
  await end('2');
  await end('other');
  expect(begun).toEqual(['1', '2', 'other', '3']);
  for (const name of ['1', '3', '4']) await end(name);
  expect(await Promise.all([...all, other])).toEqual(['1', '2', '3', '4', 'other']);
});

it('tells whoever comes past its queue to come again, and is open once all have left', async () => {
  const { begun, come, end } = open();
  const all = ['1', '2', '3', '4'].map((name) => come('maker', name));
  await expect(come('maker', '5')).rejects.toMatchObject({ code: 'kernel.busy' });
  for (const name of ['1', '2', '3', '4']) await end(name);
  await Promise.all(all);
  const last = come('maker', '6');
  await end('6');
  expect(await last).toBe('6');
  expect(begun).toEqual(['1', '2', '3', '4', '6']);
});

it('lets the next one in where work fails', async () => {
  const turnstile = new Turnstile({ inside: 1, waiting: 1, wait_ms: 5_000 });
  const fails = turnstile.pass('maker', async () => {
    throw new Error('no');
  });
  const next = turnstile.pass('maker', async () => 'next');
  await expect(fails).rejects.toThrow('no');
  expect(await next).toBe('next');
});

it('sends away who has waited too long, and lets in who came behind', async () => {
  const turnstile = new Turnstile({ inside: 1, waiting: 5, wait_ms: 30 });
  let leave = () => {};
  const first = turnstile.pass('maker', () => new Promise<void>((resolve) => (leave = resolve)));
  await expect(turnstile.pass('maker', async () => 'late')).rejects.toMatchObject({
    code: 'kernel.busy',
  });
  const next = turnstile.pass('maker', async () => 'next');
  leave();
  await first;
  expect(await next).toBe('next');
});

it('counts the credentials of a firm together, once they were found true', () => {
  const firms = new Firms();
  const claimed = firms.of('forged');
  expect(firms.of('key 1')).not.toBe(firms.of('key 2'));
  firms.learn('key 1', 'chain maker');
  firms.learn('key 2', 'chain maker');
  expect(firms.of('key 1')).toBe(firms.of('key 2'));
  expect(firms.of('forged')).toBe(claimed);
  expect(claimed).not.toContain('forged');
});
