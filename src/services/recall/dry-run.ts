import { z } from 'zod';
import { mediaTypeOf, type Table, writeTable } from '../../flows/data/index.ts';
import {
  deadEnd,
  eventsShown,
  foodSafetySheet,
  foodTraceabilitySheet,
  loadUpwards,
  momentOf,
  type Recall,
  readBeside,
  recallOf,
  siteOf,
  traceGoods,
  traceQuestion,
} from '../../flows/goods/index.ts';
import { type BytesReply, givenInstant, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';

/** What is suspected, and what way it may have spread. */
export const suspicion = traceQuestion
  .pick({
    items: true,
    visit: true,
    spread: true,
    associations: true,
    transactions: true,
    nodes: true,
  })
  .extend({
    /** Where things are as of that moment; now, if absent. */
    at: givenInstant.optional(),
  });
export type Suspicion = z.input<typeof suspicion>;

const endpoint = z.object({ type: z.string(), id: z.string() });
const row = z.object({
  item: z.string(),
  product: z.string(),
  lot: z.string().nullable(),
  is: z.enum(['affected', 'holds']),
  since: z.string().nullable(),
  state: z.enum(['at', 'in_transit', 'ended', 'unknown']),
  place: z.string().nullable(),
  possessor: z.string().nullable(),
  inside: z.string().nullable(),
  towards: z.array(endpoint),
  disposition: z.string().nullable(),
  ended: z.string().nullable(),
  last_seen: z.string().nullable(),
  quantity: z.string().nullable(),
  unit: z.string(),
});

/** What would have to be fetched, and where from. Nothing of it is kept. */
export const recallList = z
  .object({
    at: z.string(),
    there: z.array(
      z.object({
        place: z.string().nullable(),
        possessor: z.string().nullable(),
        rows: z.array(row),
      }),
    ),
    on_the_way: z.array(row),
    ended: z.array(row),
    unknown: z.array(row),
    unmeasured: z.array(z.object({ item: z.string(), events: z.array(z.string()) })),
    ask: z.array(deadEnd),
    is_cut: z.boolean(),
    /** How many things and lots were looked at, and events read. */
    item_count: z.int(),
    event_count: z.int(),
    /** Whose events it rests on, those of what holds the goods included. */
    events: z.array(z.object({ id: z.string(), capturer_id: z.string() })),
  })
  .meta({ id: 'RecallList' });

/** The goods that a suspicion leads to, with everything that says where they are. */
async function follow(tx: Tx, asked: z.output<typeof suspicion>) {
  const question = traceQuestion.parse({ ...asked, direction: 'forward' });
  const { found, loading } = await traceGoods(tx, question);
  if (found.events.length === 0) throw fault('recall.nothing_affected');
  const items = found.nodes.map(({ item }) => item);
  await loadUpwards(loading, items);
  const is_cut = found.cut !== null || loading.unread.size > 0;
  return { found, loading, items: new Set(items), is_cut };
}

/**
 * From suspicion to list; nothing is written.
 * @throws recall.nothing_affected, goods.trace_without_start, goods.trace_too_wide
 */
export async function listGoods(tx: Tx, asked: z.output<typeof suspicion>) {
  const { found, loading, items, is_cut } = await follow(tx, asked);
  const moment = momentOf(asked.at ?? tx.now);
  const list = recallOf(found, loading.history, moment, siteOf);
  const goods: Recall = {
    ...list,
    // Below zero is what came from where no event had brought it: nothing to look for.
    unknown: list.unknown.filter(({ quantity }) => !quantity?.startsWith('-')),
    is_cut,
  };
  return { goods, loading, items };
}

/** A recall as it would be. @throws see `listGoods` */
export async function dryRun(tx: Tx, asked: z.output<typeof suspicion>) {
  const { goods, loading, items } = await listGoods(tx, asked);
  return {
    ...goods,
    item_count: items.size,
    event_count: loading.history.events.size,
    events: readBeside(loading, []),
  };
}

/** Lots and things between which bars stand. */
const itemsIn = (text: string) =>
  text.split('|').flatMap((item) => (item.trim() === '' ? [] : { item }));

export const sheetQuery = z.object({
  /** The suspected lots and things; a bar stands between two. */
  item: z
    .string()
    .min(1)
    .max(8_000)
    .refine(
      (text) => suspicion.shape.items.safeParse(itemsIn(text)).success,
      '最多一千个批次，每个不超过两千字符|at most 1,000 lots, each of at most 2,000 characters',
    ),
  spread: suspicion.shape.spread,
  /** `food_safety`: the records that 食品安全法 asks for; `food_traceability`: 21 CFR part 1, S. */
  rule: z.enum(['food_safety', 'food_traceability']),
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
  language: z.enum(['zh', 'en']).default('zh'),
});

const INCOMPLETE = {
  zh: '本表不完整：相关货物或事件过多，未能全部列出。请按批次分开试算。',
  en: 'This sheet is incomplete: too many goods or events. Try some of the lots at a time.',
};

type Sheet = ReturnType<typeof foodSafetySheet>;

/** A sheet as a table; who sorts or prints it must see that it is not all. */
export function tableOf(
  sheet: Sheet,
  of: 'record' | 'tracking_event',
  language: 'zh' | 'en',
  is_cut: boolean,
): Table {
  const columns = sheet.columns.filter(({ key }) => sheet.rows.some((one) => one[key] != null));
  const rows = sheet.rows.map((one) => [
    one[of] ?? '',
    one.item ?? '',
    ...columns.map(({ key }) => one[key] ?? ''),
  ]);
  const named = columns.map(({ name, of: kind }) => `${kind}: ${name[language]}`);
  const warning = [INCOMPLETE[language], '', ...columns.map(() => '')];
  return { headings: [of, 'item', ...named], rows: is_cut ? [warning, ...rows] : rows };
}

/**
 * The records on all goods of a suspicion as a sheet that can be sorted, a row for each lot in each
 * event (21 CFR 1.1455(c)(3)(iv); 食品安全法 第四十二、五十、五十一条). Where not all could be
 * followed its first row says so.
 */
export async function recallSheet(
  tx: Tx,
  { rule, format, language, item, spread }: z.output<typeof sheetQuery>,
): Promise<BytesReply> {
  const asked = suspicion.parse({ items: itemsIn(item), spread });
  const { loading, items, is_cut } = await follow(tx, asked);
  const sheet =
    rule === 'food_safety'
      ? foodSafetySheet(loading.history, items, tx.zone)
      : foodTraceabilitySheet(loading.history, items, { zone: tx.zone });
  const of = rule === 'food_safety' ? 'record' : 'tracking_event';
  return {
    bytes: await writeTable(tableOf(sheet, of, language, is_cut), format),
    media_type: mediaTypeOf(format),
    file_name: `${rule}.${format}`,
    shows: await eventsShown(tx, readBeside(loading, [])),
  };
}
