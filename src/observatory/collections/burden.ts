import { z } from 'zod';
import {
  bilingual,
  decodeCursor,
  limits,
  type PageQuery,
  page,
  pageOf,
  pageQuery,
  partiesById,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { itemsOf } from './forms.ts';
import { identityOf } from './items.ts';

const year = z.string().regex(/^20\d{2}$/);
export const burdenQuery = z.object({ year: year.optional() });
export const burdenPageQuery = pageQuery.extend(burdenQuery.shape);

/** What was asked, and what of it nobody had to write. */
const load = z.object({
  collections: z.int(),
  forms: z.int(),
  items: z.int(),
  reports: z.int(),
  /** Of the items in first reports, those that were filled in from facts or earlier answers. */
  prefilled: z.int(),
  /** Minutes that firms noted, and in how many reports; of the others nothing is known. */
  minutes: z.int(),
  reports_with_minutes: z.int(),
});

export const burden = z
  .object({
    year,
    total: load,
    by_collector: z.array(load.extend({ collector_id: uuid, name: bilingual })),
    /** Items that several forms asked for one period. */
    asked_twice: z.array(
      z.object({
        period: z.string(),
        times: z.int(),
        asked: z.array(
          z.object({ ask_id: uuid, collector_id: uuid, form: bilingual, item: z.string() }),
        ),
      }),
    ),
  })
  .meta({ id: 'Burden' });
export type Burden = z.output<typeof burden>;

export const collectorBurden = page(load.extend({ party_id: uuid, name: bilingual })).extend({
  year,
  total: load,
});

type Load = z.output<typeof load>;
type Side = 'owner_id' | 'collector_id';

const yearOf = (tx: Tx, asked: string | undefined) => asked ?? tx.today.slice(0, 4);

function asksOf(tx: Tx, side: Side, of: string) {
  return tx.db
    .selectFrom('collection_ask as a')
    .where('a.chain_id', '=', tx.chain)
    .where(`a.${side}`, '=', tx.actor.party)
    .where('a.asked_on', '>=', `${of}-01-01`)
    .where('a.asked_on', '<=', `${of}-12-31`);
}

/** What was asked of each on the other side; a firm's asks are one to a collection. */
function askedBy(tx: Tx, side: Side, other: Side, of: string) {
  return asksOf(tx, side, of)
    .select(`a.${other} as party`)
    .select((is) => [
      is.fn.count<bigint>('a.id').as('collections'),
      is.fn.count<bigint>('a.form_id').distinct().as('forms'),
      is.fn.sum<string>('a.item_count').as('items'),
    ])
    .groupBy(`a.${other}`)
    .orderBy(`a.${other}`);
}

/** What was reported on all these asks. */
function reportedOn(tx: Tx, side: Side, of: string) {
  return asksOf(tx, side, of)
    .innerJoin('report as r', (join) =>
      join.onRef('r.chain_id', '=', 'a.chain_id').onRef('r.ask_id', '=', 'a.id'),
    )
    .where('r.chain_id', '=', tx.chain)
    .select((is) => [
      is.fn.count<bigint>('r.id').as('reports'),
      is.fn.count<bigint>('r.minutes').as('reports_with_minutes'),
      is.fn.coalesce(is.fn.sum<string>('r.minutes'), is.lit(0)).as('minutes'),
      is.fn
        .coalesce(is.fn.sum<string>('r.prefilled_count').filterWhere('r.number', '=', 1), is.lit(0))
        .as('prefilled'),
    ]);
}

type AskedRow = { party: string; collections: bigint; forms: bigint; items: string };

async function loadsOf(
  tx: Tx,
  sides: readonly [Side, Side],
  of: string,
  asked: readonly AskedRow[],
): Promise<(Load & { party: string })[]> {
  if (asked.length === 0) return [];
  const parties = asked.map(({ party }) => party);
  const [side, other] = sides;
  const reported = await reportedOn(tx, side, of)
    .select(`a.${other} as party`)
    .where(`a.${other}`, 'in', parties)
    .groupBy(`a.${other}`)
    .execute();
  return asked.map(({ party, collections, forms, items }) => {
    const found = reported.find((row) => row.party === party);
    return {
      party,
      collections: Number(collections),
      forms: Number(forms),
      items: Number(items),
      reports: Number(found?.reports ?? 0),
      prefilled: Number(found?.prefilled ?? 0),
      minutes: Number(found?.minutes ?? 0),
      reports_with_minutes: Number(found?.reports_with_minutes ?? 0),
    };
  });
}

/** Of one year, all sides together; forms and collections are counted once. */
async function totalOf(tx: Tx, side: Side, of: string): Promise<Load> {
  const asked = await asksOf(tx, side, of)
    .select((is) => [
      is.fn.count<bigint>('a.collection_id').distinct().as('collections'),
      is.fn.count<bigint>('a.form_id').distinct().as('forms'),
      is.fn.coalesce(is.fn.sum<string>('a.item_count'), is.lit(0)).as('items'),
    ])
    .executeTakeFirstOrThrow();
  const reported = await reportedOn(tx, side, of).executeTakeFirstOrThrow();
  return {
    collections: Number(asked.collections),
    forms: Number(asked.forms),
    items: Number(asked.items),
    reports: Number(reported.reports),
    prefilled: Number(reported.prefilled),
    minutes: Number(reported.minutes),
    reports_with_minutes: Number(reported.reports_with_minutes),
  };
}

async function namesOf(tx: Tx, ids: readonly string[]) {
  const parties = await partiesById(tx, ids);
  return (id: string) => ({
    zh: parties.get(id)?.name_zh ?? '',
    en: parties.get(id)?.name_en ?? '',
  });
}

async function askedTwice(tx: Tx, of: string): Promise<Burden['asked_twice']> {
  const asks = await asksOf(tx, 'owner_id', of)
    .select(['a.id', 'a.collector_id', 'a.form_version_id', 'a.period'])
    .orderBy('a.id')
    .limit(limits.asks_compared)
    .execute();
  const versions = await itemsOf(
    tx,
    asks.map((one) => one.form_version_id),
  );
  const byQuestion = new Map<string, Burden['asked_twice'][number]>();
  for (const { id, collector_id, form_version_id, period } of asks) {
    const version = versions.get(form_version_id);
    for (const item of version?.items ?? []) {
      const identity = identityOf(item);
      if (identity === null || !version) continue;
      const key = `${period} ${identity}`;
      const found = byQuestion.get(key) ?? { period, times: 0, asked: [] };
      found.times += 1;
      found.asked.push({ ask_id: id, collector_id, form: version.name, item: item.code });
      byQuestion.set(key, found);
    }
  }
  return [...byQuestion.values()]
    .filter(({ times }) => times > 1)
    .toSorted((one, other) => other.times - one.times)
    .slice(0, limits.page_rows);
}

/** What the actor was asked in a year, by whom, and what of it twice. */
export async function viewOwnBurden(tx: Tx, query: { year?: string | undefined }): Promise<Burden> {
  const of = yearOf(tx, query.year);
  const sides = ['owner_id', 'collector_id'] as const;
  const asked = await askedBy(tx, ...sides, of)
    .limit(limits.page_rows)
    .execute();
  const loads = await loadsOf(tx, sides, of, asked);
  const nameOf = await namesOf(
    tx,
    loads.map(({ party }) => party),
  );
  return {
    year: of,
    total: await totalOf(tx, 'owner_id', of),
    by_collector: loads.map(({ party, ...rest }) => ({
      ...rest,
      collector_id: party,
      name: nameOf(party),
    })),
    asked_twice: await askedTwice(tx, of),
  };
}

/** What the actor asked of each firm in a year, firm by firm. */
export async function listAskedBurden(tx: Tx, query: PageQuery & { year?: string | undefined }) {
  const of = yearOf(tx, query.year);
  const sides = ['collector_id', 'owner_id'] as const;
  let rows = askedBy(tx, ...sides, of);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('a.owner_id', '>', id);
  }
  const asked = await rows.limit(query.limit + 1).execute();
  const { items, next } = pageOf(asked, query.limit, (row) => [row.party]);
  const loads = await loadsOf(tx, sides, of, items);
  const nameOf = await namesOf(
    tx,
    loads.map(({ party }) => party),
  );
  return {
    year: of,
    total: await totalOf(tx, 'collector_id', of),
    items: loads.map(({ party, ...rest }) => ({ ...rest, party_id: party, name: nameOf(party) })),
    next,
  };
}
