import { readFileSync } from 'node:fs';
import { type Crosswalk, type Part, readCrosswalk } from './crosswalk.ts';
import { getEdition } from './editions.ts';
import { fault } from './faults.ts';
import { type Industries, industriesOn } from './industry.ts';

/** An amount of which only bounds are known; `low` ≤ `high`. */
export type Interval = { readonly low: number; readonly high: number };

/** Amounts by class of the lowest level, each an interval: revenue, staff, value added. */
export type Amounts = ReadonlyMap<string, Interval>;

/**
 * A derived class 派生产业 over amounts. It carries its classes, so that it cannot be put together
 * with another one unless they share none.
 */
export type DerivedAmount = Interval & {
  readonly editions: readonly string[];
  /** The part of each class of GB/T 4754 that belongs here. */
  readonly parts: ReadonlyMap<string, Part>;
  /** The table is not whole, so that `low` is a floor and `high` no ceiling. */
  readonly is_partial: boolean;
  /** Rows of the table that nobody has held against its source. */
  readonly unverified: number;
};

/** The derived class of which a part of the table is here; others are imported. */
export function digitalEconomy(base: Industries = industriesOn()): Crosswalk {
  const text = readFileSync(new URL('./data/digital-economy-2021.csv', import.meta.url), 'utf8');
  const edition = getEdition('digital-economy-2021');
  return readCrosswalk(text, { edition, kind: 'selection', base });
}

/** How much of each class belongs to the derived class, whichever of its groups takes it. */
export function partsOf(crosswalk: Crosswalk): ReadonlyMap<string, Part> {
  return new Map(
    [...crosswalk.targets].map(([code, targets]) => {
      // Groups of one derived classification do not overlap, so their parts add up, to one at most.
      const low = targets.reduce((sum, one) => sum + one.part.low, 0);
      const high = targets.reduce((sum, one) => sum + one.part.high, 0);
      return [code, { low: Math.min(1, low), high: Math.min(1, high) }];
    }),
  );
}

/** What of the amounts belongs to a derived class. Amounts are not below zero. */
export function measureDerived(crosswalk: Crosswalk, amounts: Amounts): DerivedAmount {
  const unverified = [...crosswalk.targets.values()]
    .flat()
    .filter((t) => t.status === 'unverified');
  return {
    ...weighted(partsOf(crosswalk), amounts),
    editions: [crosswalk.edition.id],
    parts: partsOf(crosswalk),
    is_partial: crosswalk.edition.coverage !== 'whole',
    unverified: unverified.length,
  };
}

function weighted(parts: ReadonlyMap<string, Part>, amounts: Amounts): Interval {
  let low = 0;
  let high = 0;
  for (const [code, part] of parts) {
    const amount = amounts.get(code);
    if (!amount) continue;
    low += part.low * amount.low;
    high += part.high * amount.high;
  }
  return { low, high };
}

/**
 * Two derived classes together, where they share no class.
 * @throws classification.overlap where they do: what is in both would be counted twice
 */
export function addDerived(one: DerivedAmount, other: DerivedAmount): DerivedAmount {
  const shared = [...one.parts.keys()].filter((code) => other.parts.has(code));
  if (shared.length > 0) {
    const names = [...one.editions, ...other.editions]
      .map((id) => getEdition(id).name.zh)
      .join('、');
    const [example = ''] = shared;
    throw fault('classification.overlap', { names, count: shared.length, example });
  }
  return joined(one, other, {
    parts: new Map([...one.parts, ...other.parts]),
    low: one.low + other.low,
    high: one.high + other.high,
  });
}

/**
 * What belongs to one or the other, each amount counted once. Of a class that belongs to both in
 * part, nobody knows whether it is the same part: from the greater of the two (one within the
 * other) to their sum (side by side), and never above the whole class.
 */
export function uniteDerived(
  one: DerivedAmount,
  other: DerivedAmount,
  amounts: Amounts,
): DerivedAmount {
  const parts = new Map(one.parts);
  for (const [code, part] of other.parts) {
    const before = parts.get(code) ?? { low: 0, high: 0 };
    const low = Math.max(before.low, part.low);
    parts.set(code, { low, high: Math.min(1, before.high + part.high) });
  }
  return joined(one, other, { parts, ...weighted(parts, amounts) });
}

function joined(
  one: DerivedAmount,
  other: DerivedAmount,
  made: Interval & Pick<DerivedAmount, 'parts'>,
): DerivedAmount {
  return {
    ...made,
    editions: [...one.editions, ...other.editions],
    is_partial: one.is_partial || other.is_partial,
    unverified: one.unverified + other.unverified,
  };
}
