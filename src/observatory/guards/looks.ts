import { type Bilingual, limits, type Tx } from '../../kernel/index.ts';
import { type Bunching, bunchingAt } from './bunching.ts';
import { amongAll, RARE } from './chance.ts';
import { fault } from './faults.ts';
import {
  boundedIn,
  type Collected,
  collectedFigures,
  groupsOf,
  type Item,
  itemOf,
  textsOf,
  type Unit,
} from './figures.ts';
import { type Heaping, heapingOf, ROUGH, UNROUNDED } from './heaping.ts';
import type {
  BunchingQuery,
  BunchingReply,
  DivergenceQuery,
  DivergenceReply,
  HeapingReply,
  Verdict,
} from './schema.ts';
import { directionOf, type Shift, shiftOf } from './shift.ts';
import { ABOUT, saysBunching, saysDivergence, saysHeaping } from './words.ts';

const named = ({ code, name }: Item): { code: string; name: Bilingual } => ({ code, name });

const headOf = ({ head, units }: Collected) => ({
  collection_id: head.id,
  period: head.period,
  units: units.length,
  least: limits.guard_least,
});

function heapingVerdict({ counted, index }: Heaping, chance: number): Verdict {
  if (counted < limits.guard_least || index === null) return 'too_few';
  return chance < RARE && index >= ROUGH ? 'found' : 'not_found';
}

/**
 * Whether the figures of a collection are rounder than figures that were read off: item by item,
 * for all units and for each section and size.
 * @throws guards.collection_unknown, too_large
 */
export async function lookForHeaping(tx: Tx, collection_id: string): Promise<HeapingReply> {
  const all = await collectedFigures(tx, collection_id);
  const looks = groupsOf(all.units).flatMap(({ group, units }) =>
    all.items.map((item) => {
      const texts = textsOf(units, item.code);
      const found = heapingOf(texts);
      const left_out = boundedIn(units, item.code) + texts.length - found.counted;
      return { item: named(item), group, left_out, found };
    }),
  );
  const chances = chancesOf(looks, ({ found }) => [found.chance, found.counted]);
  return {
    ...headOf(all),
    ...ABOUT.heaping,
    expected: UNROUNDED,
    findings: looks.map(({ found, ...look }, at) => {
      const chance = chances[at] ?? 1;
      const verdict = heapingVerdict(found, chance);
      return { ...look, ...found, chance, verdict, says: saysHeaping(found, verdict) };
    }),
  };
}

/** Looks with too few figures are none among which a chance could be rare. */
function chancesOf<Look>(
  looks: readonly Look[],
  read: (look: Look) => [chance: number, counted: number],
): number[] {
  const able = looks.flatMap((look, at) => {
    const [chance, counted] = read(look);
    return counted >= limits.guard_least ? [{ at, chance }] : [];
  });
  const adjusted = amongAll(able.map(({ chance }) => chance));
  const chances = new Array<number>(looks.length).fill(1);
  for (const [place, { at }] of able.entries()) chances[at] = adjusted[place] ?? 1;
  return chances;
}

const countedIn = ({ decides }: Bunching) => (decides ? decides.reached + decides.missed : 0);

/**
 * Whether the figures of an item crowd just on the good side of a threshold.
 * @throws guards.collection_unknown, item_unusable, threshold_unusable, too_large
 */
export async function lookForBunching(tx: Tx, query: BunchingQuery): Promise<BunchingReply> {
  const { at: threshold, wanted } = query;
  const at = Number(threshold);
  if (at === 0) throw fault('guards.threshold_unusable');
  const all = await collectedFigures(tx, query.collection_id);
  const item = itemOf(all, query.item);
  const looks = groupsOf(all.units).map(({ group, units }) => {
    const values = textsOf(units, item.code).map(Number);
    const found = bunchingAt(values, at, wanted, limits.guard_least);
    return { group, counted: values.length, left_out: boundedIn(units, item.code), found };
  });
  const chances = chancesOf(looks, ({ found }) => [found.decides?.chance ?? 1, countedIn(found)]);
  return {
    ...headOf(all),
    ...ABOUT.bunching,
    item: named(item),
    at: threshold,
    wanted,
    findings: looks.map(({ found, ...look }, place) => {
      const chance = chances[place] ?? 1;
      const few = found.decides === null;
      const verdict: Verdict = few ? 'too_few' : chance < RARE ? 'found' : 'not_found';
      return { ...look, ...found, chance, verdict, says: saysBunching(found, wanted, verdict) };
    }),
  };
}

/** One item of each unit, or one for each of another. */
function valuesOf(units: readonly Unit[], code: string, per: string | undefined): number[] {
  return units.flatMap(({ figures }) => {
    const value = figures.get(code);
    if (value === undefined) return [];
    if (per === undefined) return [Number(value)];
    const of = Number(figures.get(per) ?? 0);
    return of > 0 ? [Number(value) / of] : [];
  });
}

const directed = (shift: Shift) => ({ ...shift, direction: directionOf(shift) });

/**
 * Whether an indicator rose from one collection to a later one, and the outcome that it stands for
 * did not: group by group.
 * @throws guards.collection_unknown, item_unusable, too_large
 */
export async function lookForDivergence(tx: Tx, query: DivergenceQuery): Promise<DivergenceReply> {
  const { outcome_per: per } = query;
  const [was, is] = [
    await collectedFigures(tx, query.earlier_id),
    await collectedFigures(tx, query.collection_id),
  ];
  for (const code of [query.indicator, query.outcome, ...(per === undefined ? [] : [per])]) {
    itemOf(was, code);
  }
  const before = groupsOf(was.units);
  const findings = groupsOf(is.units).map(({ group, units }) => {
    const same = before.find((one) => one.group.by === group.by && one.group.code === group.code);
    const of = (code: string, by?: string) =>
      directed(shiftOf(valuesOf(same?.units ?? [], code, by), valuesOf(units, code, by)));
    const [indicator, outcome] = [of(query.indicator), of(query.outcome, per)];
    const fewest = Math.min(...[indicator, outcome].flatMap((one) => [one.before, one.after]));
    const isFound = indicator.direction === 'up' && outcome.direction !== 'up';
    const few = fewest < limits.guard_least;
    const verdict: Verdict = few ? 'too_few' : isFound ? 'found' : 'not_found';
    return { group, verdict, indicator, outcome, says: saysDivergence(indicator, outcome, few) };
  });
  return {
    ...headOf(is),
    ...ABOUT.divergence,
    earlier_id: was.head.id,
    earlier_period: was.head.period,
    indicator: named(itemOf(is, query.indicator)),
    outcome: named(itemOf(is, query.outcome)),
    outcome_per: per === undefined ? null : named(itemOf(is, per)),
    findings,
  };
}
