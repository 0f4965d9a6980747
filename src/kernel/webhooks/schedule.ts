import type { Bytes, Clock } from '../clock.ts';
import { limits } from '../limits.ts';

/**
 * How long to wait behind the n-th failed attempt: the schedule that Standard Webhooks recommends
 * ("Deliverability and reliability"), three days in all.
 */
const waits_s = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

export const attemptsAtMost = waits_s.length + 1;

/**
 * When to try again, or null where that was the last time. A fifth more or less, so that those who
 * failed together do not come back together; and not before the receiver asked for, within a day.
 * @param attempts how many have failed, this one included
 */
export function nextAttempt(
  { now, random }: Clock,
  attempts: number,
  retry_after_s: number | null,
): Date | null {
  const wait_s = waits_s[attempts - 1];
  if (wait_s === undefined) return null;
  const [chance = 128] = random(new Uint8Array(1) as Bytes);
  const spread_s = wait_s * (0.8 + 0.4 * (chance / 255));
  const asked_s = Math.min(retry_after_s ?? 0, limits.webhook_retry_after_s);
  return new Date(now().getTime() + Math.max(spread_s, asked_s) * 1_000);
}

/** What `Retry-After` says, in seconds (RFC 9110, 10.2.3): a number of them, or a date. */
export function readRetryAfter(text: string | null, now: Date): number | null {
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1_000));
}
