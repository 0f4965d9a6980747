import { fromMinor, limits, type Tx } from '../../kernel/index.ts';
import { industriesOn } from '../classification/index.ts';
import { type CollectionHead, readAccepted, readHead } from '../collections/index.ts';
import { fault } from './faults.ts';

export type Item = CollectionHead['items'][number];

/** One unit's exact figures by item; what it gave as bounds is no figure. */
export type Unit = {
  section: string | null;
  size: string | null;
  /** As rules have them: an amount in yuan, a percentage as it is written. */
  figures: ReadonlyMap<string, string>;
  /** Items that it gave as bounds. */
  bounded: ReadonlySet<string>;
};

export type Collected = { head: CollectionHead; items: Item[]; units: Unit[] };

const FIGURES: readonly Item['kind'][] = ['amount', 'quantity', 'count', 'percent'];

/** People write yuan, and whole ones without the fen. */
const written = ({ kind }: Item, text: string) =>
  kind === 'amount' ? fromMinor(BigInt(text), 'CNY').replace(/\.00$/, '') : text;

/**
 * The accepted reports of an own collection, as far as they are figures.
 * @throws guards.collection_unknown, too_large
 */
export async function collectedFigures(tx: Tx, collection_id: string): Promise<Collected> {
  const head = await readHead(tx, collection_id);
  if (!head) throw fault('guards.collection_unknown');
  const items = head.items.filter(({ kind }) => FIGURES.includes(kind));
  const { byCode } = industriesOn();
  const units: Unit[] = [];
  let after: string | undefined;
  do {
    const page = await readAccepted(tx, { collection_id, limit: limits.page_rows, after });
    for (const { industry_class, size, values } of page) {
      const figures = new Map<string, string>();
      const bounded = new Set<string>();
      for (const item of items) {
        const value = values[item.code];
        if (typeof value === 'string') figures.set(item.code, written(item, value));
        else if (value) bounded.add(item.code);
      }
      const section = (industry_class && byCode.get(industry_class)?.section) || null;
      units.push({ section, size, figures, bounded });
    }
    if (units.length > limits.guard_units) {
      throw fault('guards.too_large', { limit: limits.guard_units });
    }
    after = page.length === limits.page_rows ? page.at(-1)?.unit : undefined;
  } while (after !== undefined);
  return { head, items, units };
}

/** @throws guards.item_unusable */
export function itemOf({ items }: Collected, code: string): Item {
  const item = items.find((one) => one.code === code);
  if (!item) throw fault('guards.item_unusable', { item: code });
  return item;
}

/** Whom a finding is of: everybody, a section of GB/T 4754, or a size. */
export type Group = { by: 'all' | 'industry' | 'size'; code: string | null };

/** Everybody, and each section and size that a unit has said it is of. */
export function groupsOf(units: readonly Unit[]): { group: Group; units: Unit[] }[] {
  const by = (name: 'industry' | 'size', codeOf: (unit: Unit) => string | null) => {
    const codes = [...new Set(units.map(codeOf))].filter((code) => code !== null).toSorted();
    return codes.map((code) => ({
      group: { by: name, code },
      units: units.filter((unit) => codeOf(unit) === code),
    }));
  };
  return [
    { group: { by: 'all', code: null }, units: [...units] },
    ...by('industry', ({ section }) => section),
    ...by('size', ({ size }) => size),
  ];
}

/** Texts of one item, unit by unit. */
export const textsOf = (units: readonly Unit[], code: string): string[] =>
  units.flatMap(({ figures }) => figures.get(code) ?? []);

export const boundedIn = (units: readonly Unit[], code: string): number =>
  units.filter(({ bounded }) => bounded.has(code)).length;
