import type { Part } from '../classification/index.ts';

/**
 * A performance obligation 履约义务 of a sale: what is promised, and its stand-alone price 单独售价. A
 * price that was estimated (CAS 14, article 21: market, cost plus margin, residual) has bounds;
 * one that nobody knows is `null`. Only ratios of prices count, so any unit will do.
 */
export type Priced = { readonly price: Part | null };

/** A price with how much of the obligation counts: both with bounds. */
type Weighed = { price: Part; counts: Part };

/**
 * Which part of a bundle's price counts, by allocating the transaction price in proportion to the
 * stand-alone prices (CAS 14, article 20; IFRS 15, paragraph 76): Σ pₖwₖ ÷ Σ pₖ, for every price
 * and every wₖ within its bounds.
 *
 * The bounds are reached, not estimated. For fixed w the ratio moves one way with each price, so
 * its least value has each price at one end: the high one where wₖ is below the ratio, the low one
 * where it is above. Sorted by w there are n + 1 such choices.
 * @param counts how much of each obligation counts, in the same order, 0 to 1
 */
export function partOfBundle(obligations: readonly Priced[], counts: readonly Part[]): Part {
  const known: Weighed[] = [];
  const unknown: Part[] = [];
  // Prices that are all nought say as little as none.
  const isPriced = obligations.some(({ price }) => price !== null && price.high > 0);
  obligations.forEach(({ price }, at) => {
    const part = counts[at] as Part;
    if (price === null || !isPriced) unknown.push(part);
    else known.push({ price, counts: part });
  });
  const low = leastRatio(known.map((one) => ({ ...one.price, counts: one.counts.low })));
  const high = leastRatio(known.map((one) => ({ ...one.price, counts: 1 - one.counts.high })));
  // An obligation of unknown price may be anything from nothing to nearly everything.
  const lows = [low, ...unknown.map((one) => one.low)].filter((one) => one !== null);
  const highs = [high === null ? null : 1 - high, ...unknown.map((one) => one.high)].filter(
    (one) => one !== null,
  );
  return { low: Math.min(...lows), high: Math.max(...highs) };
}

type End = { low: number; high: number; counts: number };

/** The least of Σ pₖwₖ ÷ Σ pₖ; null where there is nothing with a price above zero. */
function leastRatio(items: readonly End[]): number | null {
  const sorted = items.toSorted((one, other) => one.counts - other.counts);
  let least: number | null = null;
  for (let heavy = 0; heavy <= sorted.length; heavy++) {
    let [weighed, all] = [0, 0];
    sorted.forEach(({ low, high, counts }, at) => {
      const price = at < heavy ? high : low;
      weighed += price * counts;
      all += price;
    });
    if (all <= 0) continue;
    const ratio = weighed / all;
    if (least === null || ratio < least) least = ratio;
  }
  return least;
}

/**
 * Allocates an amount in proportion to prices, in whole minor units that add up to it: what
 * rounding leaves goes to the greatest remainders, the first obligation first among equals.
 * @param prices at least one above zero, none below
 */
export function allocate(net_minor: number, prices: readonly number[]): number[] {
  const all = prices.reduce((sum, price) => sum + price, 0);
  if (!(all > 0)) throw new RangeError('a bundle has a stand-alone price above zero');
  const exact = prices.map((price) => (net_minor * price) / all);
  const parts = exact.map(Math.floor);
  let left = net_minor - parts.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((amount, at) => ({ at, rest: amount - Math.floor(amount) }))
    .toSorted((one, other) => other.rest - one.rest || one.at - other.at);
  for (let next = 0; left > 0; next = (next + 1) % order.length, left--) {
    const { at } = order[next] as { at: number };
    parts[at] = (parts[at] as number) + 1;
  }
  return parts;
}
