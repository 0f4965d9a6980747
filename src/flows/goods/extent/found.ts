import Papa from 'papaparse';
import { type Bilingual, limits, present } from '../../../kernel/index.ts';
import {
  type GoodsSnapshot,
  momentOf,
  nobody,
  reachForward,
  type SnapshotReach,
} from '../trace/index.ts';
import { eventId, gtinIn } from './names.ts';
import type { Standing } from './standing.ts';

/** Where it begins: canonical names, and since when; null: ever. */
export type ExtentQuestion = {
  starts: readonly { item: string; at: string | null }[];
  spread: 'content' | 'contact';
  associations: boolean;
  /** Whether all rows are kept, to be asked for piece by piece (`writeLines`). */
  keep: boolean;
};

export type ExtentRow = {
  item: string;
  is: 'affected' | 'holds';
  since: string | null;
  by: string | null;
};

/** How far something went. */
export type Found = {
  as_of: string;
  affected: number;
  holds: number;
  /** The first that were met, from where it began outwards. */
  rows: ExtentRow[];
  /** By product (GTIN), the most first; null: what no GTIN names. */
  products: { gtin: string | null; items: number }[];
  other_products: number;
  /** Of whom others' events it rests on, and of how many. */
  others: { capturer_id: string; events: number }[];
  /** By which the kept rows are asked for. */
  token: number;
};

/** All rows of an answer: what no event packed or used, and what was reached. */
export type Kept = { token: number; alone: readonly ExtentRow[]; reach: SnapshotReach };

/** Follows goods through all that stands ready; null where that is more than an answer holds. */
export function findExtent(
  standing: Standing,
  snapshot: GoodsSnapshot,
  question: ExtentQuestion,
): Found | null {
  const { starts, spread, associations, keep } = question;
  const { numbers } = standing.items;
  const known: { item: number; since: number }[] = [];
  const alone: ExtentRow[] = [];
  for (const { item, at } of starts) {
    const number = numbers.get(item);
    const since = at === null ? Number.NEGATIVE_INFINITY : momentOf(at);
    if (number !== undefined) known.push({ item: number, since });
    // What nothing was packed with or made of reaches itself.
    else alone.push({ item, is: 'affected', since: at, by: null });
  }
  const reach = reachForward(snapshot, known, { spread, associations }, limits.extent_found);
  if (reach === null) return null;
  const isHolding = (at: number) => reach.since[at] === Number.POSITIVE_INFINITY;
  const holds = reach.items.reduce((sum, _, at) => sum + (isHolding(at) ? 1 : 0), 0);
  const token = (standing.kept?.token ?? 0) + 1;
  standing.kept = { token, alone, reach };
  const most = Math.min(reach.items.length, limits.extent_rows);
  return {
    as_of: present(standing.complete_at, 'a standing that answers is complete'),
    affected: reach.items.length - holds + alone.length,
    holds,
    rows: keep
      ? []
      : [...alone, ...Array.from({ length: most }, (_, at) => rowOf(standing, reach, at))],
    ...byProduct(standing, reach, alone),
    others: othersIn(standing, reach),
    token,
  };
}

function rowOf({ items, ids }: Standing, reach: SnapshotReach, at: number): ExtentRow {
  const since = reach.since[at] as number;
  const by = reach.by[at] as number;
  const is = since === Number.POSITIVE_INFINITY ? 'holds' : 'affected';
  return {
    item: items.list[reach.items[at] as number] ?? '',
    is,
    since: Number.isFinite(since) ? new Date(Math.ceil(since)).toISOString() : null,
    by: by === nobody ? null : eventId(ids, by),
  };
}

function byProduct({ items }: Standing, reach: SnapshotReach, alone: readonly ExtentRow[]) {
  const { products: known, product_of } = items;
  const met = new Uint32Array(known.list.length);
  for (const number of reach.items) addOne(met, product_of[number] as number);
  const counts = new Map<string, number>();
  for (const [product, count] of met.entries()) {
    if (count > 0) counts.set(known.list[product] ?? '', count);
  }
  for (const { item } of alone) {
    const gtin = gtinIn(item) ?? '';
    counts.set(gtin, (counts.get(gtin) ?? 0) + 1);
  }
  const all = [...counts].map(([gtin, items]) => ({ gtin: gtin === '' ? null : gtin, items }));
  all.sort((one, other) => other.items - one.items);
  const products = all.slice(0, limits.extent_products);
  return { products, other_products: all.length - products.length };
}

function othersIn({ ids, capturers }: Standing, { by }: SnapshotReach): Found['others'] {
  const met = new Uint8Array(ids.length);
  const counts = new Uint32Array(capturers.list.length);
  for (const event of by) {
    if (event === nobody || met[event] === 1) continue;
    met[event] = 1;
    addOne(counts, ids.capturers[event] as number);
  }
  return capturers.list.flatMap((capturer_id, at) => {
    const events = counts[at] as number;
    return capturer_id === '' || events === 0 ? [] : [{ capturer_id, events }];
  });
}

const addOne = (counts: Uint32Array, at: number): void => {
  counts[at] = (counts[at] as number) + 1;
};

const headings = {
  item: { zh: '物品或批次', en: 'Thing or lot' },
  gtin: { zh: 'GTIN', en: 'GTIN' },
  is: { zh: '状态', en: 'State' },
  since: { zh: '自（UTC）', en: 'Since (UTC)' },
  by: { zh: '依据事件', en: 'By event' },
} as const satisfies Record<string, Bilingual>;

const states = {
  affected: { zh: '受影响', en: 'affected' },
  holds: { zh: '装有受影响物品', en: 'holds what is affected' },
} as const satisfies Record<ExtentRow['is'], Bilingual>;

/**
 * A piece of the sheet of all rows, in CSV (RFC 4180): the head with a byte order mark, so that
 * Excel reads it as UTF-8, and then up to limits.extent_lines lines from the n-th row on.
 * @returns null behind the last row, or where another answer is kept by now
 */
export function writeLines(
  standing: Standing,
  token: number,
  from: number,
  language: keyof Bilingual,
): Uint8Array | null {
  const { kept } = standing;
  if (kept === null || kept.token !== token) return null;
  const { alone, reach } = kept;
  const all = alone.length + reach.items.length;
  const end = Math.min(all, from + limits.extent_lines);
  const lines: string[][] = [];
  if (from === 0) lines.push(Object.values(headings).map((one) => one[language]));
  for (let at = from; at < end; at++) {
    const row = alone[at] ?? rowOf(standing, reach, at - alone.length);
    const state = states[row.is][language];
    lines.push([row.item, gtinIn(row.item) ?? '', state, row.since ?? '', row.by ?? '']);
  }
  if (lines.length === 0) return null;
  const text = Papa.unparse(lines, { escapeFormulae: true });
  return new TextEncoder().encode(`${from === 0 ? '\ufeff' : ''}${text}\r\n`);
}
