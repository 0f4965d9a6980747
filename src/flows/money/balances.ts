import { z } from 'zod';
import { decodeCursor, type PageQuery, pageOf, type Tx, uuid } from '../../kernel/index.ts';
import type { Balance } from './schema.ts';

export const balanceFilter = z.object({
  party_id: uuid.optional(),
  account_code: z.string().max(20).optional(),
  counterparty_id: uuid.optional(),
});
export type BalanceFilter = z.output<typeof balanceFilter>;

const cursor = z.tuple([z.string(), uuid, z.string()]);

/** Balances by account, counterparty and currency; debit above zero, credit below. */
export async function listBalances(tx: Tx, query: PageQuery & BalanceFilter) {
  const owner = query.party_id ?? tx.actor.party;
  let rows = tx.db
    .selectFrom('account_balance as b')
    .innerJoin('party as p', 'p.id', 'b.counterparty_id')
    .select([
      'b.account_code',
      'b.counterparty_id',
      'b.currency',
      'b.debit_minor',
      'b.credit_minor',
      'p.name_zh',
      'p.name_en',
    ])
    .where('b.chain_id', '=', tx.chain)
    .where('b.owner_id', '=', owner);
  const { account_code, counterparty_id } = query;
  if (account_code) rows = rows.where('b.account_code', '=', account_code);
  if (counterparty_id) rows = rows.where('b.counterparty_id', '=', counterparty_id);
  if (query.after) {
    const [code, party, currency] = decodeCursor(query.after, cursor);
    rows = rows.where((is) =>
      is(
        is.refTuple('b.account_code', 'b.counterparty_id', 'b.currency'),
        '>',
        is.tuple(code, party, currency),
      ),
    );
  }
  const found = await rows
    .orderBy('b.account_code')
    .orderBy('b.counterparty_id')
    .orderBy('b.currency')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found, query.limit, (row) => [
    row.account_code,
    row.counterparty_id,
    row.currency,
  ]);
  const items = listed.items.map(
    ({ counterparty_id, name_zh, name_en, ...row }): Balance => ({
      ...row,
      counterparty:
        counterparty_id === owner
          ? null
          : { id: counterparty_id, name: { zh: name_zh, en: name_en } },
      balance_minor: row.debit_minor - row.credit_minor,
    }),
  );
  return { items, next: listed.next };
}
