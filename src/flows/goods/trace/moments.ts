import { assert } from '../../../kernel/index.ts';

/**
 * Milliseconds since 1970. Bounds between two instants are halves: `after(t)` lies behind t and
 * before all that follows, so that every span can be half-open.
 */
export type Moment = number;

export const after = (at: Moment): Moment => at + 0.5;
export const before = (at: Moment): Moment => at - 0.5;

/** @throws an assertion where the text is no instant */
export function momentOf(text: string): Moment {
  const at = Date.parse(text);
  assert(Number.isFinite(at), `no instant: ${text}`);
  return at;
}

/** A bound as text: of what begins the first instant within, of what ends the last; null: none. */
export function isoOf(at: Moment, bound: 'begins' | 'ends' = 'begins'): string | null {
  const whole = bound === 'begins' ? Math.ceil(at) : Math.floor(at);
  return Number.isFinite(at) ? new Date(whole).toISOString() : null;
}

/** [from, to) */
export type Span = { readonly from: Moment; readonly to: Moment };

/** Their common part; undefined where there is none. */
export function common(one: Span, other: Span): Span | undefined {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from < to ? { from, to } : undefined;
}

/** The union with one more span, in order and disjoint; the same array where nothing is added. */
export function withSpan(spans: readonly Span[], more: Span): readonly Span[] {
  if (spans.some(({ from, to }) => from <= more.from && more.to <= to)) return spans;
  const apart = spans.filter(({ from, to }) => to < more.from || more.to < from);
  const joined = spans.filter(({ from, to }) => to >= more.from && more.to >= from);
  const from = Math.min(more.from, ...joined.map((span) => span.from));
  const to = Math.max(more.to, ...joined.map((span) => span.to));
  return [...apart, { from, to }].sort((one, other) => one.from - other.from);
}

export const holds = (spans: readonly Span[], at: Moment): boolean =>
  spans.some(({ from, to }) => from <= at && at < to);
