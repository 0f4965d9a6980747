import { z } from 'zod';

export const backupFormat = 'jingwei-backup/1';
export const headName = 'head.json';
export const secretsName = 'secrets.json';
export const manifestName = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const count = z.int().min(0);

/** The first entry of a backup: what it is of, and the columns of each table in it. */
export const head = z.strictObject({
  format: z.literal(backupFormat),
  /** Of Jingwei, and of PostgreSQL. */
  version: z.string(),
  postgres: z.string(),
  made_at: z.iso.datetime(),
  migrations: z.array(z.strictObject({ id: z.string(), hash: sha256, applied_at: z.string() })),
  /** In the order in which they load: each behind those that its foreign keys name. */
  tables: z.array(z.strictObject({ name, columns: z.array(name).min(1) })),
});
export type Head = z.output<typeof head>;

/** A piece of a table: an entry of the archive, `sha256` of its bytes as they are stored. */
const part = z.strictObject({ name: z.string(), rows: count, sha256 });

/** `sha256` of all rows of a table as COPY text, in the order of its primary key. */
const content = z.strictObject({
  name,
  rows: count,
  text_bytes: count,
  sha256,
  parts: z.array(part),
});
export type TableContent = z.output<typeof content>;

/** The last entry of a backup: without it the backup is cut short. */
export const manifest = z.strictObject({
  format: z.literal(backupFormat),
  head_sha256: sha256,
  tables: z.array(content),
  /** The newest checkpoint of each chain (C2SP tlog-checkpoint), and the key that it names. */
  checkpoints: z.array(z.strictObject({ chain_id: z.uuid(), note: z.string(), key: z.string() })),
  /** `sha256` of the entry with the keys, in an encrypted backup. */
  secrets_sha256: sha256.nullable(),
});
export type Manifest = z.output<typeof manifest>;

/**
 * What the database does not hold and a restored installation needs: the key of the vault (32
 * bytes, base64url) and the key that seals facts (PKCS #8, PEM); null where the maker had none.
 */
export const secretsEntry = z.strictObject({
  vault_key: z.base64url().nullable(),
  seal_key: z.string().nullable(),
});
export type BackupSecrets = z.output<typeof secretsEntry>;

/** `tables/fact/00001.copy.zst`: COPY text, compressed by Zstandard (RFC 8878). */
export const partName = (table: string, number: number) =>
  `tables/${table}/${String(number).padStart(5, '0')}.copy.zst`;

export function tableOfPart(entry: string): string | null {
  return /^tables\/([a-z][a-z0-9_]{0,62})\/\d{5,}\.copy\.zst$/.exec(entry)?.[1] ?? null;
}
