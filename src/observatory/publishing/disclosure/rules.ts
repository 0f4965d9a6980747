import { fault } from '../faults.ts';
import { type System, TOP } from './system.ts';

/**
 * Which cells are to be kept: Hundepool et al., Statistical Disclosure Control (Wiley, 2012), the
 * chapter on tables of magnitudes. Amounts in a cell, largest first: x₁ ≥ x₂ ≥ …, X their sum. A
 * release names at least one rule; what the numbers in them are is never published.
 */
export type Rules = {
  /** Fewer contributors than n. `margin`: the part of the value a guess is to be off (0 to 1). */
  readonly frequency?: { readonly n: number; readonly margin: number } | undefined;
  /** (n, k): the n largest are more than k % of X. */
  readonly dominance?: { readonly n: number; readonly k: number } | undefined;
  /** X − x₁ − x₂ < p/100 · x₁: the second could tell the first to within p %. */
  readonly p_percent?: number | undefined;
  /** X − x₁ − x₂ < p/q · x₁: as p %, where everybody knows everybody to within q % beforehand. */
  readonly pq?: { readonly p: number; readonly q: number } | undefined;
  /** A zero that contributors reported says each of them has nothing: by what it is to blur. */
  readonly zero_margin?: number | undefined;
};

export const ruleCodes = ['frequency', 'dominance', 'p_percent', 'pq', 'zero'] as const;
export type RuleCode = (typeof ruleCodes)[number];

/** An interval no wider than this part of what is unknown counts as the number itself. */
const LEAST = 1e-3;

/** @throws publishing.rules_missing where no rule would ever keep anything */
export function checkRules({ frequency, dominance, p_percent, pq }: Rules): void {
  if (!frequency && !dominance && p_percent === undefined && !pq) {
    throw fault('publishing.rules_missing');
  }
}

/** The rules that say a cell is to be kept. */
export function rulesBroken(system: System, cell: number, rules: Rules): RuleCode[] {
  const count = system.count[cell] as number;
  if (count === 0) return [];
  const { X, x1, x2, topOf } = amountsIn(system, cell);
  const { frequency, dominance, p_percent, pq, zero_margin } = rules;
  if (X === 0) {
    const few = frequency && count < frequency.n;
    const found: RuleCode[] = zero_margin === undefined ? [] : ['zero'];
    return few ? ['frequency', ...found] : found;
  }
  const rest = X - x1 - x2;
  const broken: RuleCode[] = [];
  if (frequency && count < frequency.n) broken.push('frequency');
  if (dominance && topOf(dominance.n) > (dominance.k / 100) * X) broken.push('dominance');
  if (p_percent !== undefined && isLess(rest, (p_percent / 100) * x1, X)) broken.push('p_percent');
  if (pq && isLess(rest, (pq.p / pq.q) * x1, X)) broken.push('pq');
  return broken;
}

/** Less by more than what adding up floats may be off. */
const isLess = (a: number, b: number, scale: number) => a < b - 1e-12 * scale;

function amountsIn({ value, top }: System, cell: number) {
  const X = value[cell] as number;
  const of = (rank: number) => top[cell * TOP + rank] as number;
  const topOf = (n: number) => {
    let sum = 0;
    for (let rank = 0; rank < Math.min(n, TOP); rank++) sum += of(rank);
    return sum;
  };
  return { X, x1: of(0), x2: of(1), topOf };
}

/** How far from the truth a guess must be able to go, up and down. */
export type Protection = { readonly up: number; readonly down: number };

/**
 * What a cell to be kept needs against whoever attacks: against its own largest contributor, who
 * goes for the second, and against all others, of whom the second knows most.
 */
export function protectionOf(
  system: System,
  cell: number,
  rules: Rules,
): { first: Protection; others: Protection } {
  const { X, x1, x2, topOf } = amountsIn(system, cell);
  const broken = new Set(rulesBroken(system, cell, rules));
  const rest = Math.max(0, X - x1 - x2);
  const percent = [
    broken.has('p_percent') ? (rules.p_percent ?? 0) / 100 : 0,
    broken.has('pq') && rules.pq ? rules.pq.p / rules.pq.q : 0,
  ];
  const share = Math.max(...percent);
  const margin = broken.has('frequency') ? (rules.frequency?.margin ?? 0) : 0;
  const { dominance } = rules;
  const spread =
    broken.has('dominance') && dominance ? (100 / dominance.k) * topOf(dominance.n) - X : 0;
  const blur = X === 0 ? (rules.zero_margin ?? 1) : 0;
  const of = (largest: number, unknown: number, floor: number): Protection => {
    const up = Math.max(share * largest - rest, margin * unknown, floor, LEAST * unknown, blur);
    return { up, down: Math.min(up, unknown) };
  };
  return {
    first: of(x2, X - x1, 0),
    others: of(x1, x2 < X ? X - x2 : X, spread),
  };
}
