import type { Bilingual } from '../kernel/bilingual.ts';
import { type Flow, flowColour } from '../kernel/flows.ts';

export type KnotTone = 'normal' | 'late' | 'broken';

/** A fact on its thread, or a promise: a knot that is not tied yet. */
export type Knot = {
  id: string;
  flow: Flow;
  /** Instant, UTC. */
  at: string;
  kind: 'fact' | 'promise';
  tone: KnotTone;
  title: Bilingual;
  detail: Bilingual | null;
  fact_id: string | null;
};

/** One thing that led to another, by the ids of their knots. */
export type Tie = { from: string; to: string; tone: KnotTone };

/** A stretch of a thread that ran later than promised. */
export type LateSpan = { flow: Flow; from: string; to: string; tone: 'late' };

/** What GET /api/v1/orders/{id}/weave answers; `from` and `to` are business dates. */
export type WeaveData = {
  now: string;
  from: string;
  to: string;
  knots: readonly Knot[];
  ties: readonly Tie[];
  spans: readonly LateSpan[];
};

/** Late and broken knots leave the colour of their flow, so that they are seen first. */
export function knotColour({ flow, tone }: Knot): string {
  return tone === 'normal' ? flowColour(flow) : 'var(--late-mark)';
}
