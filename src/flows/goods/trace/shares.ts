import { Decimal } from '../../../kernel/index.ts';
import { byMoment, type History, type Run, type Use } from './history.ts';
import { type Amount, amountOf, measured } from './measured.ts';
import type { Moment } from './moments.ts';

/** The bad lot, and how much of it there was; null where nobody knows. */
export type Origin = {
  readonly item: string;
  readonly quantity: string | null;
  readonly uom: string;
  /** Since when it is bad; ever, if absent. */
  readonly since?: Moment;
};

/**
 * How much of the origin is in an item, in the origin's unit. `proportional`: were everything mixed
 * evenly, each output of a transformation getting as much as its part of the outputs; null where
 * quantities are missing or do not compare. `low` and `high`: whatever the mixing was.
 */
export type Share = {
  readonly item: string;
  readonly low: string;
  readonly proportional: string | null;
  /** Null where nobody knows how much of the origin there was. */
  readonly high: string | null;
};

export type Shares = {
  readonly unit: string;
  /** Of the origin itself (what is left of it) and of all that it went into, by item. */
  readonly shares: readonly Share[];
  /** What went into transformations that have no output yet. */
  readonly in_process: readonly Share[];
  /** Items of which more was used than there was, by the events. */
  readonly overdrawn: readonly string[];
};

type Interval = { low: Decimal; proportional: Decimal | null; high: Decimal };
/** What an item holds of the origin, and how much there is of the item; null where unknown. */
type Pool = { holds: Interval; left: Amount | null; isOrigin: boolean };
type Going = {
  origin: Amount;
  since: Moment;
  total: Decimal | null;
  pools: Map<string, Pool>;
  /** What an output is to get of what went in before it. */
  due: Map<Use, Interval>;
  waiting: Map<string, Interval>;
  overdrawn: Set<string>;
};

const ZERO = new Decimal(0);
/** How much there may be where nobody knows how much there was. */
const ENDLESS = new Decimal(Number.POSITIVE_INFINITY);
const NONE: Interval = { low: ZERO, proportional: ZERO, high: ZERO };

/**
 * Shares are cut to so many decimals of the unit, and the last output gets the rest: so what went
 * in is what came out, to the last digit.
 */
const DECIMALS = 18;

/**
 * Follows the amount of a bad lot through all transformations of a history, in the order of time.
 * An input goes to the outputs that came out at its moment or later. Whatever the events say, the
 * proportional shares of all items and of what is in process add up to the origin, less what was
 * used of it while it was good.
 */
export function sharesOf(history: History, origin: Origin): Shares {
  const amount = measured(origin.quantity ?? '0', origin.uom);
  const total = origin.quantity === null ? null : amount.value;
  const holds = { low: total ?? ZERO, proportional: total, high: total ?? ENDLESS };
  const first: Pool = { holds, left: null, isOrigin: true };
  const going: Going = {
    origin: amount,
    since: origin.since ?? Number.NEGATIVE_INFINITY,
    total,
    pools: new Map([[origin.item, first]]),
    due: new Map(),
    waiting: new Map(),
    overdrawn: new Set(),
  };
  for (const batch of inOrder(history)) takeBatch(going, batch);
  const shown = (map: Iterable<[string, Interval]>) =>
    [...map]
      .filter(([, { high }]) => !high.isZero())
      .map(([item, one]) => shownShare(item, one))
      .sort((one, other) => (one.item < other.item ? -1 : 1));
  const pools = [...going.pools].map(([item, pool]): [string, Interval] => [item, pool.holds]);
  return {
    unit: amount.unit,
    shares: shown(pools),
    in_process: shown(going.waiting),
    overdrawn: [...going.overdrawn].sort(),
  };
}

const shownShare = (item: string, { low, proportional, high }: Interval): Share => ({
  item,
  low: low.toString(),
  proportional: proportional?.toString() ?? null,
  high: high.isFinite() ? high.toString() : null,
});

/** What went into and came out of one transformation at one instant. */
type Batch = { run: Run; at: Moment; inputs: Use[]; outputs: Use[] };

/** By moment; at one instant what is made comes before what uses it. */
function* inOrder(history: History): Generator<Batch> {
  const batches = new Map<string, Batch>();
  for (const run of history.runs.values()) {
    for (const use of run.uses) {
      const { at } = use.event;
      const key = `${at} ${run.key}`;
      const batch = batches.get(key) ?? { run, at, inputs: [], outputs: [] };
      batches.set(key, batch);
      (use.mention.role === 'input' ? batch.inputs : batch.outputs).push(use);
    }
  }
  const waiting = [...batches].sort(
    ([key, one], [otherKey, other]) => one.at - other.at || (key < otherKey ? -1 : 1),
  );
  for (let from = 0; from < waiting.length; ) {
    const at = waiting[from]?.[1].at;
    const now = waiting.slice(from).filter(([, batch]) => batch.at === at);
    from += now.length;
    const left = now.map(([, batch]) => batch);
    while (left.length > 0) {
      const next = left.findIndex((batch) => !left.some((other) => feeds(other, batch)));
      yield* left.splice(Math.max(0, next), 1);
    }
  }
}

const feeds = (one: Batch, other: Batch): boolean =>
  one !== other &&
  one.outputs.some(({ mention: made }) =>
    other.inputs.some(({ mention: used }) => used.item === made.item),
  );

function takeBatch(going: Going, { run, at, inputs, outputs }: Batch): void {
  const later = run.uses
    .filter(({ event, mention }) => mention.role === 'output' && event.at >= at)
    .sort(byUse);
  for (const use of [...inputs].sort(byUse)) {
    const taken = draw(going, use);
    if (taken.high.isZero()) continue;
    if (later.length > 0) hand(going, taken, later);
    else going.waiting.set(run.key, sum(going.waiting.get(run.key) ?? NONE, taken));
  }
  for (const use of [...outputs].sort(byUse)) pour(going, use);
}

const byUse = (one: Use, other: Use): number =>
  byMoment(one.event, other.event) || (one.mention.item < other.mention.item ? -1 : 1);

/** Takes from an item what this use of it takes, and what of the origin goes with it. */
function draw(going: Going, { event, mention }: Use): Interval {
  const pool = going.pools.get(mention.item);
  if (pool === undefined) return NONE;
  const wanted = amountOf(mention);
  if (pool.isOrigin) {
    const isMeasured = wanted?.measure === going.origin.measure;
    const taken = drawOrigin(going, mention.item, pool, isMeasured ? wanted : null);
    return event.at < going.since ? NONE : taken;
  }
  const compares = wanted !== null && wanted.measure === pool.left?.measure;
  const { holds, left } = pool;
  if (!compares || left === null) {
    pool.left = null;
    if (holds.high.isZero()) return NONE;
    pool.holds = { low: ZERO, proportional: null, high: holds.high };
    return pool.holds;
  }
  if (wanted.value.gt(left.value)) going.overdrawn.add(mention.item);
  pool.left = { ...left, value: Decimal.max(ZERO, left.value.minus(wanted.value)) };
  if (wanted.value.gte(left.value)) {
    pool.holds = NONE;
    return holds;
  }
  const even = holds.proportional?.times(wanted.value).div(left.value);
  const proportional = even?.toDecimalPlaces(DECIMALS, Decimal.ROUND_DOWN) ?? null;
  const rest = holds.proportional && proportional && holds.proportional.minus(proportional);
  pool.holds = { low: ZERO, proportional: rest, high: holds.high };
  return { low: ZERO, proportional, high: holds.high };
}

/** Of the origin every part is wholly the origin, so that what is taken is known exactly. */
function drawOrigin(going: Going, item: string, pool: Pool, wanted: Amount | null): Interval {
  const { low, proportional, high } = pool.holds;
  if (wanted === null) {
    pool.holds = { low: ZERO, proportional: null, high };
    return pool.holds;
  }
  if (wanted.value.gt(high)) going.overdrawn.add(item);
  const taken = Decimal.min(wanted.value, high);
  pool.holds = {
    low: Decimal.max(ZERO, low.minus(taken)),
    proportional: proportional && Decimal.max(ZERO, proportional.minus(taken)),
    high: high.minus(taken),
  };
  return { low: taken, proportional: taken, high: taken };
}

/**
 * Divides what went in over the outputs. Where several different items came out, any of them may
 * hold all of it or none.
 */
function hand({ due }: Going, taken: Interval, outputs: readonly Use[]): void {
  const items = new Set(outputs.map(({ mention }) => mention.item));
  const parts = partsOf(taken.proportional, outputs);
  const met = new Set<string>();
  const last = new Map(outputs.map(({ mention }, at) => [mention.item, at]));
  outputs.forEach((use, at) => {
    const { item } = use.mention;
    // A lot that comes out in several events holds it once: at most from the first of them on, at
    // least from the last.
    const isFirst = !met.has(item);
    met.add(item);
    const isLast = last.get(item) === at;
    const part: Interval = {
      low: items.size === 1 && isLast ? taken.low : ZERO,
      proportional: parts?.[at] ?? null,
      high: isFirst ? taken.high : ZERO,
    };
    due.set(use, sum(due.get(use) ?? NONE, part));
  });
}

/** By the quantities of the outputs; one alone needs none. */
function partsOf(all: Decimal | null, outputs: readonly Use[]): Decimal[] | null {
  if (all === null) return null;
  if (outputs.length === 1) return [all];
  const amounts = outputs.map(({ mention }) => amountOf(mention));
  const measures = new Set(amounts.map((amount) => amount?.measure ?? null));
  const whole = amounts.reduce((total, amount) => total.plus(amount?.value ?? 0), ZERO);
  if (measures.has(null) || measures.size > 1 || whole.isZero()) return null;
  let rest = all;
  return amounts.map((amount, at) => {
    if (at === amounts.length - 1) return rest;
    const even = all.times(amount?.value ?? 0).div(whole);
    const part = even.toDecimalPlaces(DECIMALS, Decimal.ROUND_DOWN);
    rest = rest.minus(part);
    return part;
  });
}

function pour(going: Going, use: Use): void {
  const { item } = use.mention;
  const part = going.due.get(use) ?? NONE;
  const made = amountOf(use.mention);
  const pool = going.pools.get(item);
  if (pool === undefined) {
    // What is clean is followed too: the next batch of the lot may not be.
    going.pools.set(item, { holds: part, left: made, isOrigin: false });
    return;
  }
  const { left, isOrigin } = pool;
  const holds = sum(pool.holds, part);
  const high = going.total === null ? holds.high : Decimal.min(holds.high, going.total);
  pool.holds = { ...holds, high };
  if (isOrigin) return;
  const compares = left !== null && made !== null && left.measure === made.measure;
  pool.left = compares ? { ...left, value: left.value.plus(made.value) } : null;
}

const sum = (one: Interval, other: Interval): Interval => ({
  low: one.low.plus(other.low),
  proportional: one.proportional && other.proportional && one.proportional.plus(other.proportional),
  high: one.high.plus(other.high),
});
