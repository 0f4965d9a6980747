import { type Bilingual, Decimal } from '../../../kernel/index.ts';
import type { Run } from './history.ts';
import { amountOf, isMeasure, productClass } from './measured.ts';
import { isoOf, type Span } from './moments.ts';

/** Loss allowed of what goes in, in percent, by product class; `otherwise` for all others. */
export type LossAllowance = {
  readonly by_class: ReadonlyMap<string, string>;
  readonly otherwise: string;
};

export type Sum = { readonly unit: string; readonly quantity: string };

/** What one transformation, all its events together, took in and gave out. */
export type MassBalance = {
  readonly transformation: string;
  readonly events: readonly string[];
  readonly from: string;
  readonly to: string;
  /** The product classes that went in. */
  readonly of: readonly string[];
  readonly inputs: readonly Sum[];
  readonly outputs: readonly Sum[];
  /** Inputs less outputs; null where it cannot be told. */
  readonly loss: (Sum & { readonly percent: string }) | null;
  /** The loss that the classes of the inputs allow, in the same unit. */
  readonly allowed: Sum | null;
  readonly verdict: 'within' | 'loss_above_allowance' | 'gain' | 'cannot_tell';
  readonly reason: Bilingual | null;
};

const REASONS = {
  no_quantity: {
    zh: '有的投入或产出没有数量。',
    en: 'An input or an output has no quantity.',
  },
  one_sided: {
    zh: '只看得到投入或只看得到产出。',
    en: 'Only inputs or only outputs are visible.',
  },
  dimensions: {
    zh: '投入与产出的计量单位不属于同一量纲，无法相减。',
    en: 'Inputs and outputs are measured in different dimensions.',
  },
  packages: {
    zh: '不同产品的件数、箱数不能相减，须按重量或体积计量。',
    en: 'Pieces or cartons of different products cannot be held against each other: weigh them.',
  },
  nothing: { zh: '投入为零。', en: 'The inputs are nothing.' },
} as const satisfies Record<string, Bilingual>;

type Side = {
  products: Set<string>;
  sums: Map<string, { unit: string; value: Decimal }>;
  isWhole: boolean;
  count: number;
};

/** The balances of transformations that were read whole, by the time of their first events. */
export function massBalances(runs: Iterable<Run>, allowance: LossAllowance): MassBalance[] {
  const balances = [...runs].map((run) => massBalance(run, allowance));
  return balances.sort(
    (one, other) =>
      (one.from < other.from ? -1 : one.from > other.from ? 1 : 0) ||
      (one.transformation < other.transformation ? -1 : 1),
  );
}

/**
 * Says 'cannot tell' where a quantity is missing or units differ in dimension, and never guesses.
 */
export function massBalance(run: Run, allowance: LossAllowance): MassBalance {
  const inputs = sideOf(run, 'input');
  const outputs = sideOf(run, 'output');
  const { from, to } = extentOf(run);
  const shown = {
    transformation: run.uses[0]?.event.transformation_id ?? run.uses[0]?.event.id ?? '',
    events: [...new Set(run.uses.map(({ event }) => event.id))].sort(),
    from: isoOf(from) ?? '',
    to: isoOf(to) ?? '',
    of: [...inputs.products].sort(),
    inputs: shownSums(inputs),
    outputs: shownSums(outputs),
  };
  const unknown = reasonOf(inputs, outputs);
  if (unknown) {
    return {
      ...shown,
      loss: null,
      allowed: null,
      verdict: 'cannot_tell',
      reason: REASONS[unknown],
    };
  }
  const [taken, given] = [onlyOf(inputs), onlyOf(outputs)];
  const { unit } = taken;
  const loss = taken.value.minus(given.value);
  const allowed = allowedOf(run, allowance);
  const verdict = loss.isNegative() ? 'gain' : loss.gt(allowed) ? 'loss_above_allowance' : 'within';
  const percent = loss.times(100).div(taken.value).toDecimalPlaces(4).toString();
  return {
    ...shown,
    loss: { unit, quantity: loss.toString(), percent },
    allowed: { unit, quantity: allowed.toString() },
    verdict: loss.isZero() ? 'within' : verdict,
    reason: null,
  };
}

/** From its first event to its last; of uses there are too many for the arguments of a call. */
function extentOf({ uses }: Run): Span {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { event } of uses) {
    from = Math.min(from, event.at);
    to = Math.max(to, event.at);
  }
  return { from, to };
}

function sideOf({ uses }: Run, role: 'input' | 'output'): Side {
  const side: Side = { products: new Set(), sums: new Map(), isWhole: true, count: 0 };
  for (const { mention } of uses.filter((use) => use.mention.role === role)) {
    side.count++;
    side.products.add(productClass(mention.item));
    const amount = amountOf(mention);
    if (amount === null) {
      side.isWhole = false;
      continue;
    }
    const { measure, unit, value } = amount;
    const sum = side.sums.get(measure)?.value ?? new Decimal(0);
    side.sums.set(measure, { unit, value: sum.plus(value) });
  }
  return side;
}

function reasonOf(inputs: Side, outputs: Side): keyof typeof REASONS | null {
  if (inputs.count === 0 || outputs.count === 0) return 'one_sided';
  if (!inputs.isWhole || !outputs.isWhole) return 'no_quantity';
  const measures = new Set([...inputs.sums.keys(), ...outputs.sums.keys()]);
  if (measures.size > 1) return 'dimensions';
  const products = new Set([...inputs.products, ...outputs.products]);
  if (products.size > 1 && ![...measures].every(isMeasure)) return 'packages';
  return onlyOf(inputs).value.isZero() ? 'nothing' : null;
}

function onlyOf({ sums }: Side): { unit: string; value: Decimal } {
  const [only] = sums.values();
  return only ?? { unit: '', value: new Decimal(0) };
}

const shownSums = ({ sums }: Side): Sum[] =>
  [...sums.values()]
    .map(({ unit, value }) => ({ unit, quantity: value.toString() }))
    .sort((one, other) => (one.unit < other.unit ? -1 : 1));

/** The product classes that go into some transformations. */
export const classesOf = (runs: Iterable<Run>): string[] => [
  ...new Set([...runs].flatMap((run) => [...sideOf(run, 'input').products])),
];

function allowedOf({ uses }: Run, { by_class, otherwise }: LossAllowance): Decimal {
  let allowed = new Decimal(0);
  for (const { mention } of uses.filter((use) => use.mention.role === 'input')) {
    const percent = by_class.get(productClass(mention.item)) ?? otherwise;
    const value = amountOf(mention)?.value ?? new Decimal(0);
    allowed = allowed.plus(value.times(percent).div(100));
  }
  return allowed;
}
