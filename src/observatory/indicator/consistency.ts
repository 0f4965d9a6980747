import { correlation, deviation } from './descriptive.ts';
import type { Element } from './framework.ts';
import { eigen } from './linear-algebra.ts';
import { type Build, scoresOf } from './pipeline.ts';

/** Below `weak` a part hardly shows in the whole; pairs beyond `redundant` say the same twice, and
 * pairs below `at_odds` take from each other. The bounds are those by which COINr colours them. */
const BOUNDS = { weak: 0.3, redundant: 0.9, at_odds: -0.4 };

export type Flag = 'negative' | 'weak' | 'redundant' | 'at_odds';
export type Component = { eigenvalue: number; share: number; loadings: Record<string, number> };

/** How far the parts of an element belong together (OECD/JRC Handbook, step 4). */
export type Consistency = {
  element: string;
  /** Each part against the element; null where a correlation cannot be had. */
  parts: { element: string; correlation: number | null; flag: Flag | null }[];
  /** Pairs of parts that are flagged. */
  pairs: { one: string; other: string; correlation: number; flag: Flag }[];
  cronbach_alpha: number | null;
  /** Principal components of the parts' correlations, the largest first. */
  components: Component[] | null;
};

/** Every aggregate of the framework, over the cases of all periods. */
export function consistencyOf(made: Build): Consistency[] {
  const { elements, indicators } = made.ground.framework;
  return elements.slice(indicators.length).map((parent, i) => {
    const whole = scoresOf(made, indicators.length + i);
    const parts = parent.children.map((child) => ({
      code: (elements[child] as Element).code,
      column: scoresOf(made, child),
    }));
    return {
      element: parent.code,
      parts: parts.map(({ code, column }) => {
        const r = correlation(column, whole);
        return { element: code, correlation: r, flag: flagOfPart(r) };
      }),
      pairs: pairsOf(parts),
      cronbach_alpha: cronbachAlpha(parts.map(({ column }) => column)),
      components: componentsOf(parts),
    };
  });
}

function flagOfPart(r: number | null): Flag | null {
  if (r === null) return null;
  return r < 0 ? 'negative' : r < BOUNDS.weak ? 'weak' : null;
}

type Part = { code: string; column: Float64Array };

function pairsOf(parts: readonly Part[]): Consistency['pairs'] {
  return parts.flatMap(({ code: one, column }, at) =>
    parts.slice(at + 1).flatMap(({ code: other, column: against }) => {
      const r = correlation(column, against);
      if (r === null || (r < BOUNDS.redundant && r > BOUNDS.at_odds)) return [];
      const flag: Flag = r > 0 ? 'redundant' : 'at_odds';
      return [{ one, other, correlation: r, flag }];
    }),
  );
}

/**
 * Cronbach's α = k ÷ (k − 1) × (1 − Σ variances ÷ Σ covariances) (L. J. Cronbach, Psychometrika 16,
 * 1951, 297–334), with covariances over the cases that know both. Null for fewer than two parts, or
 * where one does not vary.
 */
export function cronbachAlpha(columns: readonly Float64Array[]): number | null {
  const k = columns.length;
  if (k < 2) return null;
  let [own, all] = [0, 0];
  for (let at = 0; at < k; at++) {
    for (let to = 0; to < k; to++) {
      const shared = covariance(columns[at] as Float64Array, columns[to] as Float64Array);
      if (shared === null) return null;
      all += shared;
      if (at === to) own += shared;
    }
  }
  return all > 0 ? (k / (k - 1)) * (1 - own / all) : null;
}

/** Sample covariance over the cases that know both. */
function covariance(one: Float64Array, other: Float64Array): number | null {
  const r = correlation(one, other);
  if (r === null) return null;
  const isBoth = (_: number, at: number) =>
    !Number.isNaN((one[at] as number) + (other[at] as number));
  return r * deviation(one.filter(isBoth)) * deviation(other.filter(isBoth));
}

function componentsOf(parts: readonly Part[]): Component[] | null {
  const matrix = parts.map(({ column }, at) =>
    parts.map(({ column: against }, to) => (at === to ? 1 : correlation(column, against))),
  );
  if (matrix.some((row) => row.includes(null))) return null;
  return eigen(matrix as number[][]).map(({ value, vector }) => ({
    eigenvalue: value,
    share: value / parts.length,
    loadings: Object.fromEntries(parts.map(({ code }, at) => [code, vector[at] as number])),
  }));
}
