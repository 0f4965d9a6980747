import { assert, Decimal, daysBetween } from '../../kernel/index.ts';

export type Instalment = { paid_on: string; amount_minor: bigint };

export type LateDebt = {
  due_on: string;
  /** What was owed on the due date: without what was credited, and without what is in dispute. */
  owed_minor: bigint;
  daily_rate: string;
  /** What was paid of it, in any order. */
  instalments: readonly Instalment[];
};

/**
 * Simple interest on what was still owed on each day after the due date, up to and with `as_of`:
 * 100,000.00 for 30 days at 0.05 % is 1,500.00 (Decree 802, article 17). The day of payment counts.
 * Rounded once, over the whole time: accruing every day or once at the end comes to the same.
 *
 * @returns minor units
 */
export function lateInterest(debt: LateDebt, as_of: string): bigint {
  const days = daysBetween(debt.due_on, as_of);
  if (days <= 0) return 0n;
  let amountDays = debt.owed_minor * BigInt(days);
  for (const { paid_on, amount_minor } of debt.instalments) {
    // A payment saves the days that come after it; one made in time saves all of them.
    const saved = Math.min(days, Math.max(0, daysBetween(paid_on, as_of)));
    amountDays -= amount_minor * BigInt(saved);
  }
  // What is contested after it was paid is owed by nobody, and earns nothing.
  if (amountDays <= 0n) return 0n;
  const interest = new Decimal(amountDays.toString()).times(debt.daily_rate);
  assert(interest.isFinite(), 'a rate is a number');
  return BigInt(interest.toFixed(0));
}
