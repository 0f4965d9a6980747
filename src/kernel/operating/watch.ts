import type { Database } from '../db/place.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { type Cause, type CauseCode, causeOf, type HealthStatus, statusOf } from './causes.ts';
import { openClockWatch, type TwoClocks } from './clock-watch.ts';

export type WatchOptions = {
  database: Database;
  log: Logger;
  clocks: TwoClocks;
  /** How long ago the last look began that left no fact unsealed, in ms. */
  sealLag(): number;
  /** Of the backups made by plan; null where none are. */
  lastBackup?(): { ok: boolean; overdue: boolean } | null;
};

/**
 * What this process knows of its own health. It asks the database once a second on a connection of
 * its own: a pool that is all taken says nothing about the database, and one that hangs would never
 * be heard. A database that hangs is cut off, so that whoever waits for it gets an answer.
 */
export class Watch {
  readonly #options: WatchOptions;
  readonly #clock: ReturnType<typeof openClockWatch>;
  readonly #since = new Map<CauseCode, string>();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | null = null;
  #fullAgainAt = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#clock = openClockWatch(options.clocks);
    this.#timer = setInterval(() => this.#tick(), limits.watch_ms);
    this.#timer.unref();
  }

  /** Everything that is not well now, in the order in which it began. */
  state(): { status: HealthStatus; causes: Cause[] } {
    if (!this.#options.database.isUp()) this.note('database_gone', true);
    const found = [...this.#since].map(([code, since]) => causeOf(code, since));
    return { status: statusOf(found), causes: found };
  }

  has(code: CauseCode): boolean {
    return this.#since.has(code);
  }

  note(code: CauseCode, isSo: boolean): void {
    if (isSo === this.#since.has(code)) return;
    if (isSo) this.#since.set(code, this.#options.clocks.wall().toISOString());
    else this.#since.delete(code);
    this.#options.log.warn({ cause: code, over: !isSo }, 'the health of this server has changed');
  }

  /** A statement found the disk full; a write that tries it out ends the notice. */
  diskIsFull(): void {
    this.note('disk_full', true);
    this.#fullAgainAt = this.#options.clocks.steady_ms() + limits.disk_probe_ms;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  #tick(): void {
    this.note('clock_jumped', this.#clock.look());
    this.note('sealing_behind', this.#options.sealLag() > limits.seal_behind_ms);
    const { ok = true, overdue = false } = this.#options.lastBackup?.() ?? {};
    this.note('backup_overdue', overdue);
    this.note('backup_failed', !ok && !overdue);
    this.#looking ??= this.look().finally(() => {
      this.#looking = null;
    });
  }

  /** Asks the database: is it there, what time has it, and can it write again. */
  async look(): Promise<void> {
    const { database, clocks, log } = this.#options;
    try {
      const asked = clocks.wall().getTime();
      if (!database.isUp()) throw new Error('it is being started again');
      const theirs = await database.pulse.now();
      const took = clocks.wall().getTime() - asked;
      const apart = Math.abs(theirs - (asked + took / 2));
      this.note('clock_apart', apart > limits.clock_apart_ms + Math.abs(took) / 2);
      this.note('database_gone', false);
    } catch (error) {
      if (!this.has('database_gone')) log.warn({ error }, 'the database does not answer');
      this.note('database_gone', true);
      database.pulse.cut();
      return;
    }
    if (!this.has('disk_full') || clocks.steady_ms() < this.#fullAgainAt) return;
    await database.pulse.tryDisk().then(
      () => this.note('disk_full', false),
      () => this.diskIsFull(),
    );
  }
}
