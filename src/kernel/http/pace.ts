import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Tx } from '../db/tx.ts';
import { type Fault, fault } from '../faults.ts';
import { placeOf } from '../identity/visit.ts';
import { limits } from '../limits.ts';
import { credentialOf } from './cookies.ts';

const windowMs = 60_000;

type Window = { count: number; began: number; ends: number };

/** Counts by key in windows of a minute; the oldest keys go first where there are too many. */
class Windows {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  of(key: string): Window {
    const now = this.#clock.now().getTime();
    const known = this.#windows.get(key);
    // A window from the future was opened before the clock went back: it would hold for too long.
    if (known && known.began <= now && known.ends > now) return known;
    const fresh = { count: 0, began: now, ends: now + windowMs };
    this.#windows.delete(key);
    this.#windows.set(key, fresh);
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= limits.paced_keys) break;
      this.#windows.delete(oldest);
    }
    return fresh;
  }

  /** Marks a key; the mark lasts while it is made again within limits.good_minutes. */
  keep(key: string): void {
    const window = this.of(key);
    window.count = 1;
    window.ends = this.#clock.now().getTime() + limits.good_minutes * 60_000;
  }

  secondsLeft({ ends }: Window): number {
    return Math.max(1, Math.ceil((ends - this.#clock.now().getTime()) / 1_000));
  }
}

export function tooMany(seconds: number): Fault {
  const held = fault('kernel.too_many', { seconds });
  held.retry_after_s = seconds;
  return held;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

/**
 * How fast this process lets anybody go. What a credential claims counts against nobody until it
 * has been found true: otherwise one who writes another's name on it would use their budget up.
 */
export class Pace {
  readonly #windows: Windows;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#windows = new Windows(clock);
  }

  /** Holds a place that keeps failing back, but not the credentials that were good there. */
  admit(request: FastifyRequest): void {
    const failures = this.#windows.of(`failures ${placeOf(request.ip)}`);
    if (failures.count < limits.failures_per_minute) return;
    const shown = credentialOf(request)?.text;
    if (shown && this.#windows.of(`good ${hashOf(shown)}`).count > 0) return;
    throw tooMany(this.#windows.secondsLeft(failures));
  }

  /** Counts what failed for want of a credential, or of anything there. */
  failed(request: FastifyRequest, status: number): void {
    const nowhere = status === 404 && request.routeOptions.url === undefined;
    if (status === 401 || nowhere) this.#windows.of(`failures ${placeOf(request.ip)}`).count += 1;
  }

  /** Counts a request against its key or session and against its party. @throws kernel.too_many */
  spend({ chain, actor }: Pick<Tx, 'chain' | 'actor'>, shown: string, reply: FastifyReply): void {
    this.#windows.keep(`good ${hashOf(shown)}`);
    const bearer = actor.key ?? actor.user ?? '';
    const budgets = [
      [this.#windows.of(`bearer ${bearer}`), limits.requests_per_minute],
      [this.#windows.of(`party ${chain} ${actor.party}`), limits.party_requests_per_minute],
    ] as const;
    let tightest: readonly [Window, number] = budgets[0];
    for (const budget of budgets) {
      budget[0].count += 1;
      const left = ([window, limit]: readonly [Window, number]) => limit - window.count;
      if (left(budget) < left(tightest)) tightest = budget;
    }
    const [window, limit] = tightest;
    const seconds = this.#windows.secondsLeft(window);
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', Math.max(0, limit - window.count));
    reply.header('ratelimit-reset', seconds);
    if (window.count > limit) throw tooMany(seconds);
  }
}
