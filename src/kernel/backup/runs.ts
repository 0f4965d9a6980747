import type pg from 'pg';
import { limits } from '../limits.ts';

/** What came of a backup that was due. */
export type BackupRun = {
  due_at: string;
  state: 'running' | 'done' | 'failed';
  file: string;
  ended_at: string | null;
  size_bytes: number | null;
  findings: number | null;
  error: string | null;
};

type Asked = Pick<pg.Pool, 'query'>;

const before = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString();

/** A due backup that this server makes, and which try at it this is. */
export type Claim = { due: string; file: string; tries: number };

/**
 * Takes a due backup for this server: one of all that ask gets it, the others null. Who failed may
 * try again after a while, and who has been silent for long is taken for dead. The name stays that
 * of the first try, so that what a dead one has left is found.
 */
export async function claimRun(
  owner: Asked,
  due: Date,
  file: string,
  now: Date,
): Promise<Claim | null> {
  const failedBefore = before(now, limits.backup_retry_minutes * 60_000);
  const silentBefore = before(now, limits.backup_silent_minutes * 60_000);
  const { rows } = await owner.query(
    `insert into backup_run as r (due_at, state, tries, file, started_at, signed_at)
     values ($1, 'running', 1, $2, $3, $3)
     on conflict (due_at) do update set state = 'running', tries = r.tries + 1,
       started_at = excluded.started_at, signed_at = excluded.signed_at, ended_at = null,
       error = null
      where r.state = 'failed' and r.ended_at < $4 or r.state = 'running' and r.signed_at < $5
     returning file, tries`,
    [due.toISOString(), file, now.toISOString(), failedBefore, silentBefore],
  );
  return rows[0] ? { due: due.toISOString(), ...rows[0] } : null;
}

/** Says that whoever makes a backup is alive. Of a run that another one took, nothing is said. */
export async function signRun(owner: Asked, { due, tries }: Claim, now: Date): Promise<void> {
  await owner.query(
    `update backup_run set signed_at = $3 where due_at = $1 and tries = $2 and state = 'running'`,
    [due, tries, now.toISOString()],
  );
}

export type RunEnd = { bytes: number; sha256: string; findings: number } | { error: string };

/** @returns false where another server has taken the run meanwhile */
export async function endRun(
  owner: Asked,
  { due, tries }: Claim,
  now: Date,
  end: RunEnd,
): Promise<boolean> {
  const made = 'error' in end ? null : end;
  const { rowCount } = await owner.query(
    `update backup_run set state = $3, ended_at = $4, size_bytes = $5, sha256 = $6, findings = $7,
       error = $8 where due_at = $1 and tries = $2 and state = 'running'`,
    [
      due,
      tries,
      made ? 'done' : 'failed',
      now.toISOString(),
      made?.bytes ?? null,
      made?.sha256 ?? null,
      made?.findings ?? null,
      'error' in end ? end.error.slice(0, 1_000) : null,
    ],
  );
  return rowCount === 1;
}

/** The newest run of all, and the newest that was done. */
export async function lastRuns(owner: Asked) {
  const read = async (where: string) => {
    const { rows } = await owner.query(
      `select due_at, state, file, ended_at, size_bytes::float8 as size_bytes, findings, error
         from backup_run where ${where} order by due_at desc limit 1`,
    );
    return (rows[0] ?? null) as BackupRun | null;
  };
  return { newest: await read('true'), done: await read(`state = 'done'`) };
}

/** Files of backups that newer ones have taken the place of, beyond the `keep` newest. */
export async function outdatedFiles(owner: Asked, keep: number) {
  const { rows } = await owner.query(
    `select due_at, file, size_bytes::float8 as size_bytes from backup_run
      where state = 'done' and removed_at is null order by due_at desc offset $1`,
    [keep],
  );
  return rows as { due_at: string; file: string; size_bytes: number }[];
}

export async function markRemoved(owner: Asked, due_at: string, now: Date): Promise<void> {
  await owner.query('update backup_run set removed_at = $2 where due_at = $1', [
    due_at,
    now.toISOString(),
  ]);
}

/** Forgets runs that nobody looks back to. */
export async function forgetRuns(owner: Asked, now: Date): Promise<void> {
  await owner.query(
    `delete from backup_run where due_at < $1 and (state = 'failed' or removed_at is not null)`,
    [before(now, limits.backup_run_days * 86_400_000)],
  );
}
