import { sql } from 'kysely';
import type { Tx } from '../db/tx.ts';

/** The next number of an owner's series, from 1. Locks the series: call it late in a command. */
export async function nextNumber(tx: Tx, owner: string, series: string): Promise<bigint> {
  const row = await tx.db
    .insertInto('counter')
    .values({ chain_id: tx.chain, owner_id: owner, series, value: 1n })
    .onConflict((conflict) =>
      conflict
        .columns(['chain_id', 'owner_id', 'series'])
        .doUpdateSet({ value: sql`counter.value + 1` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}

/** Moves a series past a number that was taken outside of it; it never goes back. */
export function passNumber(tx: Tx, owner: string, series: string, value: bigint): void {
  tx.write(
    tx.db
      .insertInto('counter')
      .values({ chain_id: tx.chain, owner_id: owner, series, value })
      .onConflict((conflict) =>
        conflict
          .columns(['chain_id', 'owner_id', 'series'])
          .doUpdateSet({ value: sql`greatest(counter.value, excluded.value)` }),
      ),
  );
}
