import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { Database } from '../db/place.ts';
import { limits } from '../limits.ts';
import { type Entry, hashOfFile, sha256Of, writeArchive } from './archive.ts';
import { countRows } from './copy-text.ts';
import { backupFault } from './faults.ts';
import type { Finding } from './finding.ts';
import type { BackupKey } from './key.ts';
import {
  type BackupSecrets,
  backupFormat,
  type Head,
  headName,
  type Manifest,
  manifestName,
  partName,
  secretsName,
  type TableContent,
} from './manifest.ts';
import { SealCheck, trustOf } from './seal-check.ts';
import { type Snapshot, type TableShape, withSnapshot } from './snapshot.ts';

const compress = promisify(zstdCompress);
const fast = { params: { [constants.ZSTD_c_compressionLevel]: limits.backup_zstd_level } };

export type BackupOrder = {
  file: string;
  /** null writes in plain, and leaves the secrets out. */
  key: BackupKey | null;
  secrets: BackupSecrets;
  version: string;
  now: string;
};

export type MadeBackup = {
  file: string;
  bytes: number;
  sha256: string;
  encrypted: boolean;
  tables: number;
  rows: number;
  facts: { sealed: number; pending: number };
  /** What does not hold in the database itself; the backup has it as it is. */
  findings: Finding[];
};

type Add = (entry: Entry) => Promise<void>;

/** Writes a table's rows as parts, and lets `see` look at each piece of them. */
async function writeTable(
  rows: AsyncIterable<Buffer>,
  name: string,
  add: Add,
  see: (text: Buffer) => void,
): Promise<TableContent> {
  const hash = createHash('sha256');
  const table: TableContent = { name, rows: 0, text_bytes: 0, sha256: '', parts: [] };
  for await (const text of rows) {
    const packed = compress(text, fast); // Off this thread, which hashes and checks meanwhile.
    hash.update(text);
    see(text);
    const bytes = await packed;
    const part = { name: partName(name, table.parts.length + 1), rows: countRows(text) };
    table.parts.push({ ...part, sha256: sha256Of(bytes) });
    table.rows += part.rows;
    table.text_bytes += text.length;
    await add({ name: part.name, bytes });
  }
  return { ...table, sha256: hash.digest('hex') };
}

const jsonEntry = (name: string, value: unknown): Entry => ({
  name,
  bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`),
});

async function writeAll(snapshot: Snapshot, { key, secrets, version, now }: BackupOrder, add: Add) {
  const shape = ({ name, columns }: TableShape) => ({ name, columns });
  const head: Head = {
    format: backupFormat,
    version,
    postgres: snapshot.postgres,
    made_at: now,
    migrations: snapshot.migrations,
    tables: snapshot.tables.map(shape),
  };
  const headEntry = jsonEntry(headName, head);
  await add(headEntry);
  const secretEntry = key && jsonEntry(secretsName, secrets);
  if (secretEntry) await add(secretEntry);
  const check = new SealCheck(trustOf([]));
  const tables: TableContent[] = [];
  for (const table of snapshot.tables) {
    const see = (text: Buffer) => check.take(table.name, table.columns, text);
    tables.push(await writeTable(snapshot.rowsOf(table), table.name, add, see));
  }
  const hasSeals = snapshot.tables.some(({ name }) => name === 'seal');
  const { findings, checkpoints, facts } = check.end(hasSeals ? now : null);
  const manifest: Manifest = {
    format: backupFormat,
    head_sha256: sha256Of(headEntry.bytes),
    tables,
    checkpoints,
    secrets_sha256: secretEntry ? sha256Of(secretEntry.bytes) : null,
  };
  await add(jsonEntry(manifestName, manifest));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { findings, facts, tables: tables.length, rows };
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

/** Removes what a killed process has left of this same backup. */
async function clearLeftovers(file: string): Promise<void> {
  const name = basename(file);
  for (const left of await readdir(dirname(file))) {
    const [, pid] = left.startsWith(`${name}.`) ? (/\.(\d+)\.partial$/.exec(left) ?? []) : [];
    if (pid && isGone(Number(pid))) await rm(join(dirname(file), left), { force: true });
  }
}

/** A name is safe once its folder is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/**
 * Writes everything in the database as it is at one moment into a new file. It has its name only
 * once it is whole, on the disk, and read back: what dies leaves `<file>.<pid>.partial` at most.
 * @throws backup.file_taken, backup.pglite, backup.sees_not_all, backup.not_written
 */
export async function makeBackup(
  database: Pick<Database, 'owner' | 'place'>,
  order: BackupOrder,
): Promise<MadeBackup> {
  const { file, key, now } = order;
  if (existsSync(file)) throw backupFault('backup.file_taken', { file });
  await clearLeftovers(file);
  const partial = `${file}.${process.pid}.partial`;
  try {
    return await withSnapshot(database, async (snapshot) => {
      let said: Awaited<ReturnType<typeof writeAll>> | undefined;
      const written = await writeArchive(partial, key, now, async (add) => {
        said = await writeAll(snapshot, order, add);
      });
      if (!said || (await hashOfFile(partial)) !== written.sha256) {
        throw backupFault('backup.not_written', { file });
      }
      if (existsSync(file)) throw backupFault('backup.file_taken', { file });
      await rename(partial, file);
      await syncFolder(dirname(file));
      return { file, ...written, encrypted: key !== null, ...said };
    });
  } finally {
    await rm(partial, { force: true });
  }
}
