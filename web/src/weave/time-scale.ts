import { addDays, dateInZone, daysBetween } from '../../../src/kernel/dates.ts';

export type Tick = { x: number; date: string };

export type TimeScale = {
  x: (instant: string) => number;
  ticks: readonly Tick[];
};

type Range = { from: string; to: string; zone: string; start: number; end: number };

/** Days between ticks: what people count in, from days over weeks to quarters. */
const STEPS = [1, 2, 3, 5, 7, 14, 28, 56, 91, 182, 364];
const LEAST_TICK_DISTANCE = 76;
const SECONDS_PER_DAY = 86_400;

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Time to pixels, linear in days of the chain's zone. The last day is drawn whole, so that what
 * happens on it does not lie on the edge.
 */
export function timeScale({ from, to, zone, start, end }: Range): TimeScale {
  const days = daysBetween(from, to) + 1;
  const pixelsPerDay = (end - start) / days;
  const x = (instant: string) =>
    start + (daysBetween(from, dateInZone(instant, zone)) + dayShare(instant, zone)) * pixelsPerDay;
  const step =
    STEPS.find((candidate) => candidate * pixelsPerDay >= LEAST_TICK_DISTANCE) ?? STEPS.at(-1) ?? 1;
  const ticks = Array.from({ length: Math.ceil(days / step) }, (_, index) => ({
    x: start + index * step * pixelsPerDay,
    date: addDays(from, index * step),
  }));
  return { x, ticks };
}

/** How much of its day has passed at an instant, from 0 to 1. */
function dayShare(instant: string, zone: string): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  const [hours = 0, minutes = 0, seconds = 0] = clock
    .format(new Date(instant))
    .split(':')
    .map(Number);
  return (hours * 3600 + minutes * 60 + seconds) / SECONDS_PER_DAY;
}
