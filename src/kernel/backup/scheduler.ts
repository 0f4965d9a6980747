import { existsSync, mkdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isLost } from '../db/lost.ts';
import type { Store } from '../db/tx.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import {
  type BackupRun,
  type Claim,
  claimRun,
  endRun,
  forgetRuns,
  lastRuns,
  markRemoved,
  outdatedFiles,
  signRun,
} from './runs.ts';
import { dueAt, type Schedule, spanMs } from './schedule.ts';

export type BackupPlan = {
  folder: string;
  schedule: Schedule;
  /** How many of its own backups stay. */
  keep: number;
  encrypted: boolean;
};

/** Of the newest backup that this installation made by its plan. */
export type LastBackup = {
  at: string | null;
  size_bytes: number | null;
  /** Whether the newest try went well, and none is missing. */
  ok: boolean;
  overdue: boolean;
};

/** Makes one backup in `file`, in a process of its own or in this one; less than whole on abort. */
export type Making = (
  file: string,
  signal: AbortSignal,
) => Promise<{ bytes: number; sha256: string; findings: number }>;

type BackupStore = Pick<Store, 'database' | 'clock' | 'newId'>;

/** `jingwei-20261125T020000Z-3f9c21d8.jwb[.age]`: when it was due; of which installation. */
function fileOf(due: Date, id: string, encrypted: boolean): string {
  const stamp = due.toISOString().replace(/[-:]|\.\d+/g, '');
  return `jingwei-${stamp}-${id.slice(-8)}.jwb${encrypted ? '.age' : ''}`;
}

/**
 * Makes backups when they are due, removes those that newer ones have taken the place of, and knows
 * what the last one was. Of several servers on one database one makes each: the key of the run's
 * row is the guard. Only files that a row names, in the size that it names, are ever removed.
 */
export class Backups {
  readonly #store: BackupStore;
  readonly #plan: BackupPlan;
  readonly #make: Making;
  readonly #log: Logger;
  readonly #since: Date;
  #last: LastBackup = { at: null, size_bytes: null, ok: true, overdue: false };

  constructor(store: BackupStore, plan: BackupPlan, make: Making, log: Logger) {
    this.#store = store;
    this.#plan = plan;
    this.#make = make;
    this.#log = log;
    this.#since = store.clock.now();
    mkdirSync(plan.folder, { recursive: true, mode: 0o700 });
  }

  lastBackup(): LastBackup {
    return this.#last;
  }

  /** Makes what is due, where nobody else does. @returns whether it made one */
  async makeDue(signal: AbortSignal): Promise<boolean> {
    const { database, clock, newId } = this.#store;
    const due = dueAt(this.#plan.schedule, clock.now());
    const newest = await this.#look();
    if (newest?.state === 'done' && newest.due_at >= due.toISOString()) return false;
    const file = fileOf(due, newId(), this.#plan.encrypted);
    const claim = await claimRun(database.owner, due, file, clock.now());
    if (!claim) return false;
    const made = await this.#makeOne(claim, signal);
    if (made) await this.#removeOutdated();
    await this.#look();
    return made;
  }

  async #makeOne(claim: Claim, signal: AbortSignal): Promise<boolean> {
    const { database, clock } = this.#store;
    const sign = setInterval(() => {
      signRun(database.owner, claim, clock.now()).catch(() => {});
    }, limits.backup_sign_ms).unref();
    const { file, tries } = claim;
    const path = join(this.#plan.folder, file);
    try {
      // Whole, maybe, but its maker did not live to say so.
      if (tries > 1) await rm(path, { force: true });
      const made = await this.#make(path, signal);
      if (made.findings > 0) {
        this.#log.error({ file, findings: made.findings }, 'facts do not hold: run verify');
      }
      return await endRun(database.owner, claim, clock.now(), made);
    } catch (error) {
      if (isLost(error)) this.#log.warn({ error, file }, 'the backup broke with the database');
      else this.#log.error({ error, file }, 'the backup failed; it is tried again');
      await endRun(database.owner, claim, clock.now(), { error: String(error) });
      return false;
    } finally {
      clearInterval(sign);
    }
  }

  async #removeOutdated(): Promise<void> {
    const { database, clock } = this.#store;
    for (const { due_at, file, size_bytes } of await outdatedFiles(
      database.owner,
      this.#plan.keep,
    )) {
      const path = join(this.#plan.folder, file);
      // It may lie in the folder of another server, or be somebody's file by now.
      if (!existsSync(path) || statSync(path).size !== size_bytes) continue;
      await rm(path);
      await markRemoved(database.owner, due_at, clock.now());
    }
    await forgetRuns(database.owner, clock.now());
  }

  async #look(): Promise<BackupRun | null> {
    const { newest, done } = await lastRuns(this.#store.database.owner);
    const span = spanMs(this.#plan.schedule);
    const good = new Date(done?.due_at ?? this.#since).getTime();
    // One that is due now may take a while: it is missing once a second one is due.
    const overdue = this.#store.clock.now().getTime() - good > 2 * span;
    this.#last = {
      at: done?.ended_at ?? null,
      size_bytes: done?.size_bytes ?? null,
      ok: newest?.state !== 'failed' && !overdue,
      overdue,
    };
    return newest;
  }
}

/** Looks again and again for what is due, beside the running server. */
export function startBackups(backups: Backups, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  async function run(): Promise<void> {
    while (!signal.aborted) {
      await backups.makeDue(signal).catch((error: unknown) => {
        if (isLost(error)) log.info({ error }, 'backups wait for the database');
        else log.error({ error }, 'backups could not be looked after; it is tried again');
      });
      await pause(limits.backup_poll_ms, undefined, { signal }).catch(() => {});
    }
  }
  const running = run();
  return {
    /** Breaks off what is under way: it is made again by whoever is there next. */
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
