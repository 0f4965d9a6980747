import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import type { Tx } from './tx.ts';

let test: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;
const openChain = () => openTestChain(test.store, { maker: 'core' });

beforeAll(async () => {
  test = await openTestStore();
  chain = await openChain();
});
afterAll(() => test.close());

const counting = (tx: Tx, series: unknown) =>
  sql`insert into counter (chain_id, owner_id, series, value)
    values (${tx.chain}, ${tx.actor.party}, ${series}, 1)`;
const series = async () =>
  (await test.store.database.owner.query('select series from counter')).rows.map(
    (row) => row.series,
  );

describe('a write that nobody waits for', () => {
  it('undoes the command when it cannot even be sent', async () => {
    const unsendable = {
      toPostgres() {
        throw new Error('no text for this');
      },
    };
    const command = chain.as('maker', async (tx) => {
      tx.write(counting(tx, 'before'));
      tx.write(counting(tx, unsendable));
      tx.write(counting(tx, 'behind'));
    });
    await expect(command).rejects.toThrow('no text for this');
    expect(await series()).toEqual([]);
  });

  it('is named as the cause, and not what its absence led to', async () => {
    const command = chain.as('maker', async (tx) => {
      tx.write(counting(tx, null));
      await tx.db.selectFrom('counter').select('value').execute();
    });
    await expect(command).rejects.toMatchObject({ code: '23502' });
    const misled = chain.as('maker', async (tx) => {
      tx.write(counting(tx, null));
      throw fault('kernel.not_found');
    });
    await expect(misled).rejects.toMatchObject({ code: '23502' });
    expect(await series()).toEqual([]);
  });

  it('is there once the command has ended', async () => {
    await chain.as('maker', async (tx) => tx.write(counting(tx, 'good')));
    expect(await series()).toEqual(['good']);
  });
});

it('does not commit what has taken longer than a transaction may', async () => {
  const began = performance.now();
  const before = await series();
  const command = chain.as('maker', async (tx) => {
    tx.write(counting(tx, 'too late'));
    await tx.settle();
    vi.spyOn(performance, 'now').mockReturnValue(began + limits.transaction_ms + 60_000);
  });
  await expect(command).rejects.toMatchObject({ code: 'kernel.busy' });
  vi.restoreAllMocks();
  expect(await series()).toEqual(before);
});
