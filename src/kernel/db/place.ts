import type pg from 'pg';
import type { Pulse } from './pulse.ts';

/**
 * A database that is open: three places, one dialect.
 *
 * `app` logs in as an ordinary role under row-level security and is all that modules ever reach;
 * `owner` migrates, steps into the role that seals facts, and is used by nothing else.
 */
export type Database = {
  place: 'embedded' | 'server' | 'pglite';
  /** Whether an acknowledged write survives a power cut. */
  durable: boolean;
  app: pg.Pool;
  owner: pg.Pool;
  /** Put before each transaction's context: PGlite has no log-in, so its role is set instead. */
  role_prelude: string;
  /** Whether the embedded server was running already: then another process stops it. */
  joined: boolean;
  /** Whether it is there: false while an embedded server that died is brought back. */
  isUp(): boolean;
  pulse: Pulse;
  close(options?: { leave?: boolean }): Promise<void>;
};

export const appRole = 'jingwei_app';

/**
 * Reads every fact of a chain and writes its seals (migration 0005), and sees which webhooks are
 * due (0008). The owner steps into it.
 */
export const sealerRole = 'jingwei_sealer';

/** Reads every row of every table for a backup and writes none (migration 0007). */
export const keeperRole = 'jingwei_keeper';
