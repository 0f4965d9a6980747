import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Fault } from '../faults.ts';
import { parseCredential } from '../identity/credential.ts';
import { coarseAddress } from '../identity/visit.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { credentialOf } from './cookies.ts';

/** Without good reason nobody is refused so: the rest (a stock that is short) is everyday trade. */
const telling = new Set([400, 401, 403, 413, 415, 422, 429]);

type Line = { code: string; status: number; route: string; place: string; claims: string | null };

/**
 * Writes down what was refused for want of a right or for its form (OWASP ASVS 5.0, 16.3.2 and
 * 16.3.3): which rule, where, from about where, and whose credential it claimed to be. The same
 * again within a minute is counted and not written, so that nobody fills the disk by asking.
 */
export class Refusals {
  readonly #log: Logger;
  readonly #clock: Pick<Clock, 'now'>;
  #minute = 0;
  readonly #seen = new Map<string, { line: Line; again: number }>();
  #others = 0;

  constructor(log: Logger, clock: Pick<Clock, 'now'>) {
    this.#log = log;
    this.#clock = clock;
  }

  note(request: FastifyRequest, { code, status }: Fault): void {
    if (!telling.has(status)) return;
    this.#turn();
    const line: Line = {
      code,
      status,
      route: `${request.method} ${request.routeOptions.url ?? '—'}`,
      place: coarseAddress(request.ip),
      claims: parseCredential(credentialOf(request)?.text ?? '')?.id ?? null,
    };
    const key = JSON.stringify(line);
    const known = this.#seen.get(key);
    if (known) known.again += 1;
    else if (this.#seen.size >= limits.refusals_per_minute) this.#others += 1;
    else {
      this.#seen.set(key, { line, again: 0 });
      this.#log.info({ ...line, request: request.id }, 'refused');
    }
  }

  /** A new minute begins with what the last one left unsaid. */
  #turn(): void {
    const minute = Math.floor(this.#clock.now().getTime() / 60_000);
    if (minute === this.#minute) return;
    this.#minute = minute;
    for (const { line, again } of this.#seen.values()) {
      if (again > 0) this.#log.info({ ...line, again }, 'refused again');
    }
    if (this.#others > 0) this.#log.warn({ others: this.#others }, 'refused others as well');
    this.#seen.clear();
    this.#others = 0;
  }
}
