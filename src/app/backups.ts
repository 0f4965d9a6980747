import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Backups, type Config, type Logger, type Making, parseBackupKey } from '../kernel/index.ts';
import type { Platform } from './platform.ts';

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
const findingsExit = 3;

/**
 * One backup in a process of its own: hashing and encrypting would hold up requests here. It ends
 * with this one.
 */
const makeApart: Making = (file, signal) =>
  new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as ('ignore' | 'pipe' | 'ipc')[];
    const child = spawn(process.execPath, [cli, 'backup', '--out', file, '--json'], {
      stdio,
      signal,
    });
    let [answer, said] = ['', ''];
    child.stdout?.on('data', (chunk) => (answer += chunk));
    child.stderr?.on('data', (chunk) => (said = (said + chunk).slice(-2_000)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0 && code !== findingsExit) return reject(new Error(said.trim()));
      const { bytes, sha256, findings } = JSON.parse(answer);
      resolve({ bytes, sha256, findings: findings.length });
    });
  });

/** The backups that the configuration plans; null where it plans none, or there can be none. */
export async function planBackups(
  { store, database }: Platform,
  { backups, backup_key }: Config,
  log: Logger,
  say: (line: string) => void,
): Promise<Backups | null> {
  if (backups === null) return null;
  if (database.place === 'pglite') {
    say('⚠ PGlite 没有定时备份 no backups by themselves on PGlite');
    return null;
  }
  if (backup_key) await parseBackupKey(backup_key);
  else say('⚠ 备份未加密 backups are not encrypted: set JINGWEI_BACKUP_KEY');
  return new Backups(store, { ...backups, encrypted: backup_key !== null }, makeApart, log);
}
