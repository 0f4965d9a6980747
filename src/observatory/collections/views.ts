import type { Bilingual, Tx } from '../../kernel/index.ts';
import type { Answers, ReportedValue } from './report-schema.ts';
import type { Item, ItemKind } from './schema.ts';

export type { ReportedValue } from './report-schema.ts';

/** What one unit reported, without what tells who it is. */
export type AcceptedRow = {
  /** The same for one firm in one collection, by lot; in another collection it is another. */
  unit: string;
  /** A class of GB/T 4754, as the firm described itself when it submitted. */
  industry_class: string | null;
  /** By the 统计上大中小微型企业划分办法(2017). */
  size: 'micro' | 'small' | 'medium' | 'large' | null;
  /** Six digits of GB/T 2260. */
  region: string | null;
  /** By item. amount: minor units; all figures as text. Written text is left out: it may name. */
  values: Record<string, ReportedValue>;
};

export type AcceptedQuery = {
  collection_id: string;
  limit: number;
  /** The last unit of the page before. */
  after?: string | undefined;
};

/**
 * The newest accepted report of each unit of a collection, in the order of the units' lots. The
 * actor reads what it collected itself; of anybody else's collection there is no row.
 */
export async function readAccepted(tx: Tx, query: AcceptedQuery): Promise<AcceptedRow[]> {
  const shown = new Set((await readHead(tx, query.collection_id))?.items.map(({ code }) => code));
  let rows = tx.db
    .selectFrom('collection_ask as a')
    .innerJoin('report as r', (join) =>
      join.onRef('r.chain_id', '=', 'a.chain_id').onRef('r.id', '=', 'a.accepted_id'),
    )
    .select(['a.unit', 'r.industry_class', 'r.size', 'r.region_code', 'r.answers'])
    .where('a.chain_id', '=', tx.chain)
    .where('r.chain_id', '=', tx.chain)
    .where('a.collection_id', '=', query.collection_id)
    .where('a.collector_id', '=', tx.actor.party);
  if (query.after !== undefined) rows = rows.where('a.unit', '>', query.after);
  const found = await rows.orderBy('a.unit').limit(query.limit).execute();
  return found.map(({ unit, industry_class, size, region_code, answers }) => ({
    unit,
    industry_class,
    size: size as AcceptedRow['size'],
    region: region_code,
    values: Object.fromEntries(
      Object.entries(answers as Answers).filter(([code]) => shown.has(code)),
    ),
  }));
}

/**
 * What the actor itself had reported in a collection, and was accepted, at an instant: the row that
 * `readAccepted` gave the collector then. Undefined where there was none.
 */
export async function readOwnCounted(
  tx: Tx,
  { collection_id, at }: { collection_id: string; at: string },
): Promise<AcceptedRow | undefined> {
  const row = await tx.db
    .selectFrom('collection_ask as a')
    .innerJoin('report as r', (join) =>
      join.onRef('r.chain_id', '=', 'a.chain_id').onRef('r.ask_id', '=', 'a.id'),
    )
    .innerJoin('report_ruling as g', (join) =>
      join.onRef('g.chain_id', '=', 'r.chain_id').onRef('g.report_id', '=', 'r.id'),
    )
    .select(['a.unit', 'r.industry_class', 'r.size', 'r.region_code', 'r.answers'])
    .where('a.chain_id', '=', tx.chain)
    .where('r.chain_id', '=', tx.chain)
    .where('g.chain_id', '=', tx.chain)
    .where('a.owner_id', '=', tx.actor.party)
    .where('a.collection_id', '=', collection_id)
    .where('g.ruling', '=', 'accepted')
    .where('g.ruled_at', '<=', at)
    .orderBy('r.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { unit, industry_class, size, region_code: region, answers } = row;
  const values = answers as Answers;
  return { unit, industry_class, size: size as AcceptedRow['size'], region, values };
}

/** What a collection asked, to read the rows by. */
export type CollectionHead = {
  id: string;
  form_id: string;
  form_version_id: string;
  /** Of the form's version. */
  name: Bilingual;
  period: string;
  state: 'open' | 'closed' | 'locked';
  /** All but written text, in the order of the form. */
  items: { code: string; name: Bilingual; kind: ItemKind; unit: string | null }[];
};

/** A collection of the actor's own, or undefined. */
export async function readHead(tx: Tx, id: string): Promise<CollectionHead | undefined> {
  const row = await tx.db
    .selectFrom('collection as c')
    .innerJoin('form_version as v', (join) =>
      join.onRef('v.chain_id', '=', 'c.chain_id').onRef('v.id', '=', 'c.form_version_id'),
    )
    .select(['c.id', 'c.form_id', 'c.form_version_id', 'c.period', 'c.state'])
    .select(['v.name_zh', 'v.name_en', 'v.items'])
    .where('c.chain_id', '=', tx.chain)
    .where('v.chain_id', '=', tx.chain)
    .where('c.id', '=', id)
    .where('c.collector_id', '=', tx.actor.party)
    .executeTakeFirst();
  if (!row) return undefined;
  const { name_zh, name_en, items, state, ...head } = row;
  return {
    ...head,
    state: state as CollectionHead['state'],
    name: { zh: name_zh, en: name_en },
    items: (items as Item[])
      .filter(({ kind }) => kind !== 'text')
      .map(({ code, name, kind, unit }) => ({ code, name, kind, unit })),
  };
}
