import type { Bilingual } from '../../kernel/index.ts';
import type { Framework, Indicator } from './framework.ts';
import type { Span, Units } from './units.ts';

/** What no step changes. */
export type Ground = { framework: Framework; units: Units };

/**
 * What a step takes and gives. `values` is indicators × cases, an indicator after the other, NaN
 * for missing; `kept` is 0 for a case that was screened out, all of whose values are missing. A
 * step never writes into what it was given.
 */
export type State = { values: Float64Array; kept: Uint8Array };

export type Numbers = Readonly<Record<string, number | string>>;
/** What a step did to one value, so that whoever reads it can do it again. */
export type Move = { words: Bilingual; formula: string; numbers: Numbers };

/**
 * A state, and on demand how it came about. Both closures look at what the step was given, so that
 * a run that nobody asks costs nothing but its numbers.
 */
export type Outcome = {
  state: State;
  explain(indicator: number, at: number): Move;
  remarks(): Bilingual[];
};

/** The cases from which a step takes its parameters: all periods together, or each alone. */
export function scopesOf({ units }: Ground, panel: 'pooled' | 'each_period'): readonly Span[] {
  if (panel === 'each_period') return units.spans;
  return [{ period: null, from: 0, to: units.cases.length }];
}

export function scopeAt(scopes: readonly Span[], at: number): Span {
  return scopes.find(({ from, to }) => from <= at && at < to) as Span;
}

/** The part of an indicator's column that a scope spans; a view, not a copy. */
export function part(
  { units }: Ground,
  values: Float64Array,
  indicator: number,
  scope: Span,
): Float64Array {
  const start = indicator * units.cases.length;
  return values.subarray(start + scope.from, start + scope.to);
}

/** Calls `work` with each indicator and each scope. */
export function forEachPart(
  ground: Ground,
  scopes: readonly Span[],
  work: (indicator: Indicator, at: number, scope: Span) => void,
): void {
  ground.framework.indicators.forEach((indicator, at) => {
    for (const scope of scopes) work(indicator, at, scope);
  });
}

export const untouched = (zh: string, en: string, numbers: Numbers = {}): Move => ({
  words: { zh, en },
  formula: 'x',
  numbers,
});

/** A few names out of many, for a sentence. */
export function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} … (${names.length})` : shown;
}

/** A remark on some names; none where there are none. */
export function sentence(names: readonly string[], zh: string, en: string): Bilingual[] {
  if (names.length === 0) return [];
  return [{ zh: `${zh}${namesOf(names)}。`, en: `${en} ${namesOf(names)}.` }];
}
