import { sql } from 'kysely';
import { asSealer } from '../db/as-sealer.ts';
import { isLost } from '../db/lost.ts';
import type { Store } from '../db/tx.ts';
import { listChainIds } from '../identity/chains.ts';
import { after } from '../identity/doorstep.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { inSpan } from '../operating/tracing.ts';
import { eraseDueAccounts } from './eraser.ts';

const past = (store: Store, days: number) =>
  after(store.clock.now().toISOString(), -days * 24 * 60);

/**
 * Takes rows away in statements that hold nobody up, until none is left: a busy chain keeps more
 * answers in an hour than one statement takes.
 */
async function inBatches(remove: () => Promise<bigint>): Promise<number> {
  let gone = 0n;
  for (;;) {
    const some = await remove();
    gone += some;
    if (some < limits.forgotten_rows) return Number(gone);
  }
}

/** What a chain keeps for a time: the table, its key, and since when a row stands there. */
const keptByChain = [
  { table: 'shared_access', key: ['id'], since: 'looked_at', days: limits.shared_access_days },
  {
    table: 'idempotency_key',
    key: ['party_id', 'key'],
    since: 'recorded_at',
    days: limits.idempotency_days,
  },
] as const;

/**
 * Takes away what a chain has kept for long enough: who looked at shared data, and answers kept for
 * a repeat, which may name people.
 * @returns how many rows went
 */
async function clearChain(store: Store, chain: string): Promise<number> {
  let gone = 0;
  for (const { table, key, since, days } of keptByChain) {
    const keys = sql.join(key.map((column) => sql.ref(column)));
    const before = past(store, days);
    gone += await inBatches(async () => {
      const { numAffectedRows = 0n } = await asSealer(store.database, chain, (db) =>
        sql`delete from ${sql.table(table)} where chain_id = ${chain} and (${keys}) in (
          select ${keys} from ${sql.table(table)}
          where chain_id = ${chain} and ${sql.ref(since)} < ${before}
          order by ${sql.ref(since)} limit ${sql.lit(limits.forgotten_rows)})`.execute(db),
      );
      return numAffectedRows;
    });
  }
  return gone;
}

/**
 * The same for what happened to ways in, which is no chain's, past limits.security_log_days: a log
 * of the network is kept for six months at least (网络安全法, of 2016 第二十一条第三项).
 */
async function clearSecurityLog(store: Store): Promise<number> {
  const before = past(store, limits.security_log_days);
  return inBatches(async () => {
    const { numAffectedRows = 0n } = await asSealer(store.database, null, (db) =>
      sql`delete from security_event where id in (
        select id from security_event where happened_at < ${before}
        order by happened_at limit ${sql.lit(limits.forgotten_rows)})`.execute(db),
    );
    return numAffectedRows;
  });
}

/** All that is due to be forgotten, in every chain. */
export async function forgetWhatIsDue(
  store: Store,
  log?: Logger,
): Promise<{ accounts: number; lines: number }> {
  const accounts = await eraseDueAccounts(store, log);
  let lines = await clearSecurityLog(store);
  for (let from: string | null = null; ; ) {
    const ids: string[] = await listChainIds(store, from);
    for (const chain of ids) lines += await clearChain(store, chain);
    from = ids.at(-1) ?? null;
    if (from === null) return { accounts, lines };
  }
}

/**
 * Forgets in the background, once at the start and then every hour. Several servers may do so on
 * one database: each step is done once in effect.
 */
export function startForgetting(store: Store, log: Logger): { stop(): Promise<void> } {
  let stopping = false;
  let wake = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limits.forget_ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        const done = await inSpan('forgetting', {}, () => forgetWhatIsDue(store, log));
        if (done.accounts + done.lines > 0) log.info(done, 'forgot what was due');
      } catch (error) {
        if (isLost(error)) log.info({ error }, 'forgetting waits for the database');
        else log.error({ error }, 'what is due could not be forgotten; it is tried again');
      }
      if (!stopping) await pause();
    }
  }

  const running = run();
  return {
    async stop(): Promise<void> {
      stopping = true;
      wake();
      await running;
    },
  };
}
