import { recordFact, type Tx } from '../../kernel/index.ts';
import { CHART, findChartAccount } from './chart.ts';
import { fault } from './faults.ts';
import type { Account, NewAccount } from './schema.ts';

/** The common chart and the actor's own accounts under it, by code. */
export async function listAccounts(tx: Tx): Promise<Account[]> {
  const own = await tx.db
    .selectFrom('account')
    .select(['code', 'parent_code', 'name_zh', 'name_en'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .orderBy('code')
    .limit(1_000)
    .execute();
  const opened = own.flatMap(({ code, parent_code, name_zh, name_en }) => {
    const parent = findChartAccount(parent_code);
    return parent ? [{ code, kind: parent.kind, name: { zh: name_zh, en: name_en } }] : [];
  });
  return [...CHART, ...opened].toSorted((one, other) => (one.code < other.code ? -1 : 1));
}

/**
 * Opens an account of the actor's own under one of the chart, such as 1002.01 for a bank.
 * @throws money.account_unknown (no such parent), money.account_taken
 */
export async function openAccount(tx: Tx, { code, name }: NewAccount): Promise<Account> {
  const parent_code = code.split('.')[0] ?? code;
  const parent = findChartAccount(parent_code);
  if (!parent || code === parent_code) throw fault('money.account_unknown', { code: parent_code });
  if (findChartAccount(code)) throw fault('money.account_taken', { code });
  const added = await tx.db
    .insertInto('account')
    .values({
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      code,
      parent_code,
      name_zh: name.zh,
      name_en: name.en,
      opened_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw fault('money.account_taken', { code });
  await recordFact(tx, {
    type: 'money.account.opened',
    subject: tx.actor.party,
    parties: [tx.actor.party],
    body: { code, name },
  });
  return { code, kind: parent.kind, name };
}

/** @throws money.account_unknown when one is neither of the chart nor opened by the owner. */
export async function checkAccounts(tx: Tx, owner: string, codes: Iterable<string>): Promise<void> {
  const own = [...new Set(codes)].filter((code) => !findChartAccount(code));
  if (own.length === 0) return;
  const rows = await tx.db
    .selectFrom('account')
    .select('code')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', owner)
    .where('code', 'in', own)
    .execute();
  const known = new Set(rows.map(({ code }) => code));
  const missing = own.find((code) => !known.has(code));
  if (missing) throw fault('money.account_unknown', { code: missing });
}
