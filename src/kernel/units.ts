import type { Bilingual } from './bilingual.ts';
import { Decimal } from './decimal.ts';
import { UNITS } from './units-table.ts';

/**
 * What a unit measures. Two units convert into each other only within one dimension.
 * A package has no size of its own: how many pieces a carton holds is a fact about the item, and
 * the catalogue keeps it. The same goes for a month, which has no fixed number of days.
 */
export type Dimension =
  | 'count'
  | 'mass'
  | 'length'
  | 'area'
  | 'volume'
  | 'time'
  | 'energy'
  | 'power'
  | 'temperature'
  | 'speed'
  | 'pressure'
  | 'transport'
  | 'share'
  | 'package';

/** A unit of UN/ECE Recommendation 20 (or a package of Recommendation 21, with its X). */
export type Unit = {
  code: string;
  name: Bilingual;
  symbol: string;
  dimension: Dimension;
  /** How much of the dimension's first unit one of this is, exactly; null where none is fixed. */
  factor: string | null;
};

const UNIT_BY_CODE: ReadonlyMap<string, Unit> = new Map(UNITS.map((unit) => [unit.code, unit]));

export function findUnit(code: string): Unit | undefined {
  return UNIT_BY_CODE.get(code);
}

export function listUnits(): readonly Unit[] {
  return UNITS;
}

/**
 * The same quantity in another unit, as a decimal string; undefined if the two do not convert.
 * Exact wherever the quotient ends within 40 digits.
 */
export function convertQuantity(quantity: string, from: string, to: string): string | undefined {
  if (from === to) return new Decimal(quantity).toString();
  const source = UNIT_BY_CODE.get(from);
  const target = UNIT_BY_CODE.get(to);
  if (!source?.factor || !target?.factor || source.dimension !== target.dimension) return undefined;
  return new Decimal(quantity).times(source.factor).div(target.factor).toString();
}
