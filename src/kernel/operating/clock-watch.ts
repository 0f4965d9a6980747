import { limits } from '../limits.ts';

/** The time of day, which somebody may set, and one that only ever goes on, in ms. */
export type TwoClocks = { wall(): Date; steady_ms(): number };

export const machineClocks: TwoClocks = {
  wall: () => new Date(),
  steady_ms: () => performance.now(),
};

/**
 * Finds a jump of the time of day: between two looks it has gone on by another span than the steady
 * clock. Slewing (NTP corrects up to 500 ppm, RFC 5905 §11.3) stays far below the bound.
 */
export function openClockWatch(clocks: TwoClocks) {
  const offset = () => clocks.wall().getTime() - clocks.steady_ms();
  let known = offset();
  let noticeEnds = Number.NEGATIVE_INFINITY;
  return {
    /** Whether the clock has jumped within limits.clock_notice_ms. */
    look(): boolean {
      const now = offset();
      if (Math.abs(now - known) > limits.clock_jump_ms) {
        noticeEnds = clocks.steady_ms() + limits.clock_notice_ms;
      }
      known = now;
      return clocks.steady_ms() < noticeEnds;
    },
  };
}
