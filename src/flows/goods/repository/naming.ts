import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/index.ts';

/** Items that are called so, with whatever lot or serial number: `/10/…` of a GTIN, `?lot=…`. */
export const calledSo = (name: string): RawBuilder<boolean> => sql<boolean>`
  (item = ${name} or (item > ${`${name}/`} and item < ${`${name}0`})
    or (item > ${`${name}?`} and item < ${`${name}@`}))`;

/** Whether some event that the actor may see names goods so. */
export async function isNamed(tx: Tx, name: string): Promise<boolean> {
  const found = await tx.db
    .selectFrom('event_item')
    .select('event_id')
    .where('chain_id', '=', tx.chain)
    .where(calledSo(name))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
