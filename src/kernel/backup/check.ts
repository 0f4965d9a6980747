import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Database } from '../db/place.ts';
import { limits } from '../limits.ts';
import type { Checkpoint } from '../trust/signed-note.ts';
import { type Entry, readArchive, sha256Of } from './archive.ts';
import { countRows } from './copy-text.ts';
import { backupFault } from './faults.ts';
import { type Finding, finding } from './finding.ts';
import type { BackupKey } from './key.ts';
import {
  type BackupSecrets,
  type Head,
  head,
  headName,
  type Manifest,
  manifest,
  manifestName,
  secretsEntry,
  secretsName,
  tableOfPart,
} from './manifest.ts';
import { SealCheck, trustOf } from './seal-check.ts';
import { withSnapshot } from './snapshot.ts';

const decompress = promisify(zstdDecompress);

/** Unpacks a part. @throws where it is no Zstandard frame, or larger than any part may be. */
export const unpack = (bytes: Uint8Array) =>
  decompress(bytes, { maxOutputLength: limits.backup_entry_bytes });

/** Whose seals count, beside those of the key in the backup itself. */
export type Asked = { keys: readonly (KeyObject | string)[]; kept: readonly Checkpoint[] };
export const askedNothing: Asked = { keys: [], kept: [] };

export type CheckedBackup = {
  head: Head;
  tables: readonly Manifest['tables'][number][];
  secrets: BackupSecrets | null;
  checkpoints: Manifest['checkpoints'];
  facts: { sealed: number; pending: number };
  findings: Finding[];
};

type Seen = { sha256: string; rows: number };

/** An archive as it is read, entry by entry. */
class Reading {
  readonly #head: Head;
  readonly #headHash: string;
  readonly #asked: Asked;
  readonly #columns: ReadonlyMap<string, readonly string[]>;
  readonly #parts = new Map<string, Seen>();
  readonly #texts = new Map<string, { hash: ReturnType<typeof createHash>; bytes: number }>();
  readonly findings: Finding[] = [];
  #check: SealCheck | null = null;
  #manifest: Manifest | null = null;
  #secrets: { value: BackupSecrets; sha256: string } | null = null;

  constructor(file: string, { name, bytes }: Entry, asked: Asked) {
    this.#head = parsed(file, name, headName, bytes, head);
    this.#headHash = sha256Of(bytes);
    this.#asked = asked;
    this.#columns = new Map(this.#head.tables.map((table) => [table.name, table.columns]));
  }

  async take(file: string, { name, bytes }: Entry): Promise<void> {
    if (this.#manifest || this.#parts.has(name)) this.findings.push(finding('unlisted', name));
    else if (name === manifestName) {
      this.#manifest = parsed(file, name, manifestName, bytes, manifest);
    } else if (name === secretsName) {
      const value = parsed(file, name, secretsName, bytes, secretsEntry);
      this.#secrets = { value, sha256: sha256Of(bytes) };
    } else await this.#takePart(name, bytes);
  }

  async #takePart(name: string, bytes: Buffer): Promise<void> {
    const table = tableOfPart(name) ?? '';
    const columns = this.#columns.get(table);
    if (!columns) {
      this.findings.push(finding('unlisted', name));
      return;
    }
    const unpacked = unpack(bytes);
    const sha256 = sha256Of(bytes);
    try {
      const text = await unpacked;
      this.#parts.set(name, { sha256, rows: countRows(text) });
      const whole = this.#texts.get(table) ?? { hash: createHash('sha256'), bytes: 0 };
      this.#texts.set(table, whole);
      whole.hash.update(text);
      whole.bytes += text.length;
      this.#seals().take(table, columns, text);
    } catch (error) {
      this.#parts.set(name, { sha256, rows: 0 });
      this.findings.push(finding('damaged', name, (error as Error).message));
    }
  }

  /** The key in an encrypted backup is the one that sealed it; keys that were given come first. */
  #seals(): SealCheck {
    const { keys, kept } = this.#asked;
    const pem = this.#secrets?.value.seal_key;
    const own = pem ? [createPrivateKey(pem)] : [];
    this.#check ??= new SealCheck(trustOf(keys.length > 0 ? keys : own, kept));
    return this.#check;
  }

  end(): CheckedBackup {
    const said = this.#manifest;
    if (said === null) this.findings.push(finding('cut_short', ''));
    else this.#compare(said);
    const hasSeals = this.#columns.has('seal');
    const sealed = this.#seals().end(hasSeals ? this.#head.made_at : null);
    return {
      head: this.#head,
      tables: said?.tables ?? [],
      secrets: this.#secrets?.value ?? null,
      checkpoints: sealed.checkpoints,
      facts: sealed.facts,
      findings: [...this.findings, ...sealed.findings],
    };
  }

  #compare(said: Manifest): void {
    const damaged = (at: string, reason: string) =>
      this.findings.push(finding('damaged', at, reason));
    if (said.head_sha256 !== this.#headHash) damaged(headName, 'sha256');
    if (said.secrets_sha256 !== (this.#secrets?.sha256 ?? null)) damaged(secretsName, 'sha256');
    const names = this.#head.tables.map(({ name }) => name);
    if (said.tables.map(({ name }) => name).join() !== names.join())
      damaged(manifestName, 'tables');
    for (const table of said.tables) {
      for (const part of table.parts) {
        const seen = this.#parts.get(part.name);
        this.#parts.delete(part.name);
        if (!seen) this.findings.push(finding('missing', part.name));
        else if (seen.sha256 !== part.sha256) damaged(part.name, 'sha256');
        else if (seen.rows !== part.rows) damaged(part.name, 'rows');
      }
      const text = this.#texts.get(table.name);
      const sha256 = (text?.hash ?? createHash('sha256')).digest('hex');
      const rows = table.parts.reduce((sum, part) => sum + part.rows, 0);
      const bytes = text?.bytes ?? 0;
      if (sha256 !== table.sha256 || rows !== table.rows || bytes !== table.text_bytes) {
        damaged(table.name, 'sha256');
      }
    }
    for (const name of this.#parts.keys()) this.findings.push(finding('unlisted', name));
  }
}

type Schema<T> = { safeParse(value: unknown): { success: boolean; data?: T } };

function parsed<T>(file: string, name: string, wanted: string, bytes: Buffer, schema: Schema<T>) {
  try {
    const { success, data } = schema.safeParse(JSON.parse(bytes.toString()));
    if (name === wanted && success) return data as T;
  } catch {
    // It is no JSON: said below.
  }
  throw backupFault('backup.not_one', { file, reason: `${name} ≠ ${wanted}` });
}

/**
 * Reads a backup to its end: each part and table against the list of hashes, and the facts against
 * the sealed roots. What does not hold is a finding, and never stops the reading.
 * @throws backup.not_one, backup.key_needed, backup.wrong_key where it cannot be read at all
 */
export async function checkBackup(
  file: string,
  key: BackupKey | null,
  asked: Asked = askedNothing,
): Promise<CheckedBackup> {
  let reading: Reading | null = null;
  for await (const entry of readArchive(file, key)) {
    if (reading) await reading.take(file, entry);
    else reading = new Reading(file, entry, asked);
  }
  if (!reading) throw backupFault('backup.not_one', { file, reason: 'empty' });
  return reading.end();
}

/** The same of the facts in a database, as they are at one moment. */
export async function checkDatabase(
  database: Pick<Database, 'owner' | 'place'>,
  now: string,
  asked: Asked,
): Promise<Pick<CheckedBackup, 'facts' | 'findings' | 'checkpoints'>> {
  return withSnapshot(database, async ({ tables, rowsOf }) => {
    const check = new SealCheck(trustOf(asked.keys, asked.kept));
    for (const table of tables) {
      if (!SealCheck.reads(table.name)) continue;
      for await (const text of rowsOf(table)) check.take(table.name, table.columns, text);
    }
    return check.end(tables.some(({ name }) => name === 'seal') ? now : null);
  });
}
