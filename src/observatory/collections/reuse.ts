import { limits, type Tx } from '../../kernel/index.ts';
import { itemsOf } from './forms.ts';
import { identityOf, refusalOf } from './items.ts';
import type { Filled } from './prefill.ts';
import type { Answers, AskedAlready } from './report-schema.ts';
import type { Ask, Item } from './schema.ts';

export type Repeated = AskedAlready & { report_id: string | null };

/** What other forms asked the actor for the same period, with the newest report on each. */
async function otherAsks(tx: Tx, { form_id, period }: Pick<Ask, 'form_id' | 'period'>) {
  return tx.db
    .selectFrom('collection_ask as a')
    .leftJoin('report as r', (join) =>
      join.onRef('r.chain_id', '=', 'a.chain_id').onRef('r.id', '=', 'a.report_id'),
    )
    .select(['a.id', 'a.collector_id', 'a.form_version_id', 'r.id as report_id', 'r.answers'])
    .where('a.chain_id', '=', tx.chain)
    .where('a.owner_id', '=', tx.actor.party)
    .where('a.period', '=', period)
    .where('a.form_id', '!=', form_id)
    .orderBy('a.id')
    .limit(limits.page_rows)
    .execute();
}

/**
 * The items of an ask that the actor was asked for already, for the same period, by other forms of
 * whichever collector. Which items are the same, `identityOf` says.
 */
export async function findRepeated(
  tx: Tx,
  ask: Pick<Ask, 'form_id' | 'period'>,
  items: readonly Item[],
): Promise<Repeated[]> {
  const byIdentity = new Map<string, Item>();
  for (const item of items) {
    const identity = identityOf(item);
    if (identity !== null) byIdentity.set(identity, item);
  }
  if (byIdentity.size === 0) return [];
  const others = await otherAsks(tx, ask);
  const versions = await itemsOf(
    tx,
    others.map((one) => one.form_version_id),
  );
  return others.flatMap((other) => {
    const version = versions.get(other.form_version_id);
    return (version?.items ?? []).flatMap((theirs): Repeated[] => {
      const item = byIdentity.get(identityOf(theirs) ?? '');
      if (!item || !version) return [];
      const value = (other.answers as Answers | null)?.[theirs.code] ?? null;
      return [
        {
          item: item.code,
          ask_id: other.id,
          collector_id: other.collector_id,
          form: version.name,
          their_item: theirs.code,
          value,
          report_id: other.report_id,
        },
      ];
    });
  });
}

/** Fills in what the firm has said already: its own word goes before what invoices say. */
export function reuse(
  filled: Filled,
  repeated: readonly Repeated[],
  items: readonly Item[],
): Filled {
  const answers = { ...filled.answers };
  const evidence = { ...filled.evidence };
  for (const { item: code, value, report_id, collector_id, form, their_item } of repeated) {
    const item = items.find((one) => one.code === code);
    if (!item || value === null || report_id === null || refusalOf(item, value)) continue;
    answers[code] = value;
    evidence[code] = { kind: 'report', value, report_id, collector_id, form, item: their_item };
  }
  return { answers, evidence };
}
