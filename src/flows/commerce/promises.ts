import { Decimal } from '../../kernel/index.ts';
import type { OrderLine, Schedule } from './schema.ts';

/** Whether a line is still held against its first promise: not once the two called it off. */
export function isHeldToPromise(line: Pick<OrderLine, 'state' | 'first_promise'>): boolean {
  return line.first_promise !== null && line.state !== 'cancelled' && line.state !== 'refused';
}

/** Goods that arrived and were accepted, on a day. */
export type Arrival = { quantity: string; on: string };

/** How one promised part of a line was kept. */
export type PromiseKept = {
  quantity: string;
  promised_on: string;
  /** The day on which the whole part had arrived, or null while it has not. */
  full_on: string | null;
  /** What had arrived of it by the promised day. */
  in_time: string;
  outcome: 'on_time_in_full' | 'late' | 'in_part' | 'not_due';
};

/**
 * Holds arrivals against the **first** promise, part by part in order of days: goods that arrive
 * fill the earliest part first. A part counts as on time in full only when all of it was accepted
 * by its promised day (OTIF); 'late' arrived in full afterwards; 'in_part' is overdue and not full.
 *
 * @param today the business date of the question: a part promised for later is 'not_due'.
 */
export function keptPromises(
  promise: Schedule,
  arrivals: readonly Arrival[],
  today: string,
): PromiseKept[] {
  const parts = [...promise].sort((a, b) => (a.on < b.on ? -1 : 1));
  const days = [...arrivals].sort((a, b) => (a.on < b.on ? -1 : 1));
  let before = new Decimal(0);
  return parts.map((part) => {
    const from = before;
    const to = before.plus(part.quantity);
    before = to;
    const full_on = dayOf(days, to);
    const arrivedInTime = days
      .filter((day) => day.on <= part.on)
      .reduce((sum, day) => sum.plus(day.quantity), new Decimal(0));
    const in_time = Decimal.max(0, Decimal.min(arrivedInTime, to).minus(from));
    return {
      quantity: part.quantity,
      promised_on: part.on,
      full_on,
      in_time: in_time.toFixed(),
      outcome: outcomeOf(part.on, full_on, today),
    };
  });
}

function dayOf(days: readonly Arrival[], target: Decimal): string | null {
  let sum = new Decimal(0);
  for (const day of days) {
    sum = sum.plus(day.quantity);
    if (sum.gte(target)) return day.on;
  }
  return null;
}

function outcomeOf(promised: string, full: string | null, today: string): PromiseKept['outcome'] {
  if (full !== null) return full <= promised ? 'on_time_in_full' : 'late';
  return promised < today ? 'in_part' : 'not_due';
}
