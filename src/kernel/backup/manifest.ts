import { z } from 'zod';

export const backupFormat = 'jingwei-backup/1';
export const manifestName = 'manifest.json';
export const secretsName = 'secrets.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const count = z.int().min(0);

/** A piece of a table: an entry of the archive, `sha256` of its bytes as they are stored. */
const part = z.strictObject({ name: z.string(), rows: count, sha256 });

/** A table: `sha256` of all its rows as COPY text, in the order of its primary key. */
const table = z.strictObject({
  name,
  columns: z.array(name).min(1),
  rows: count,
  text_bytes: count,
  sha256,
  parts: z.array(part),
});

/** The last entry of a backup: without it the backup is cut short. */
export const manifest = z.strictObject({
  format: z.literal(backupFormat),
  /** Of Jingwei, and of PostgreSQL. */
  version: z.string(),
  postgres: z.string(),
  made_at: z.iso.datetime(),
  migrations: z.array(z.strictObject({ id: z.string(), hash: sha256, applied_at: z.string() })),
  tables: z.array(table),
  /** The newest checkpoint of each chain. */
  checkpoints: z.array(
    z.strictObject({ chain_id: z.uuid(), size: count, note: z.string(), key: z.string() }),
  ),
  /** Roles that its policies and grants name; they are made by whoever restores. */
  roles: z.array(z.string()),
  /** `sha256` of the entry with the keys, in an encrypted backup. */
  secrets: sha256.nullable(),
});
export type Manifest = z.output<typeof manifest>;
export type ManifestTable = Manifest['tables'][number];

/**
 * What the database does not hold and a restored installation needs: the key of the vault (32 bytes,
 * base64url; null where there is none) and the key that seals facts (PKCS #8, PEM).
 */
export const secretsEntry = z.strictObject({
  vault_key: z.string().nullable(),
  seal_key: z.string(),
});
export type BackupSecrets = z.output<typeof secretsEntry>;
