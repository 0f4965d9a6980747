import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from '../config.ts';
import { dropCluster, hasCluster, openEmbedded } from '../db/embedded.ts';
import { takeFolder } from '../db/lock.ts';
import { type MigrationSource, migrationsOf } from '../db/migrate.ts';
import type { Database } from '../db/place.ts';
import { openServer } from '../db/server.ts';
import { bringVaultKey } from '../secrets.ts';
import { readSealKey } from '../trust/seal-key.ts';
import { type Asked, type CheckedBackup, checkBackup } from './check.ts';
import { backupFault } from './faults.ts';
import { type Finding, isDamage } from './finding.ts';
import type { BackupKey } from './key.ts';
import { loadBackup, migrationsBefore } from './load.ts';
import type { BackupSecrets } from './manifest.ts';
import { openDirect } from './snapshot.ts';
import { endRestore, markRestore, unfinishedRestore } from './unfinished.ts';

export type RestoreOrder = {
  file: string;
  key: BackupKey | null;
  asked: Asked;
  config: Config;
  modules: readonly MigrationSource[];
  now: string;
  /** Restores a backup whose facts do not hold, as it is. */
  accept_findings: boolean;
  /** Told of what does not hold before anything is refused for it. */
  onFindings(findings: readonly Finding[]): void;
  /** Keys that were kept apart from a backup in plain. */
  secrets: BackupSecrets | null;
  without_secrets: boolean;
};

/** How many people's authenticator codes, and how many webhooks' secrets. */
type Lost = { people: number; webhooks: number };

export type Restored = {
  into: string;
  rows: number;
  facts: CheckedBackup['facts'];
  findings: number;
  /** Migrations that ran on top of those of the backup. */
  migrated: number;
  /** What does not open under the key of this installation. */
  lost: Lost;
  /** Whether facts go on being sealed under the key of the backup. */
  same_seal_key: boolean;
};

/** Files that may lie in an empty data folder: who holds it, and what a killed restore has left. */
const ours = ['running.json', 'restoring.json'];

function refuseTakenFolder(folder: string): void {
  if (unfinishedRestore(folder) !== null) return;
  const found = existsSync(folder) ? readdirSync(folder).filter((one) => !ours.includes(one)) : [];
  if (found.length > 0 || hasCluster(folder)) throw backupFault('backup.folder_taken', { folder });
}

async function someTable(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query(
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm')
        and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      limit 1`,
  );
  return rows[0]?.relname ?? null;
}

/**
 * The key of the vault that belongs to the backup must be the one of the installation: otherwise
 * no authenticator code and no secret of a webhook opens.
 * @returns how many those are, where the operator says that they know
 */
function lostOf(order: RestoreOrder, checked: CheckedBackup): Lost {
  const rowsOf = (table: string) => checked.tables.find(({ name }) => name === table)?.rows ?? 0;
  const lost = { people: rowsOf('totp'), webhooks: rowsOf('webhook') };
  const key = (order.secrets ?? checked.secrets)?.vault_key ?? null;
  const { secret_key, database } = order.config;
  const isSet = secret_key ? key === Buffer.from(secret_key).toString('base64url') : false;
  const comes = key !== null && (secret_key ? isSet : database === 'embedded');
  if ((lost.people === 0 && lost.webhooks === 0) || comes) return { people: 0, webhooks: 0 };
  if (order.without_secrets) return lost;
  throw backupFault(key === null ? 'backup.no_secrets' : 'backup.server_secrets', lost);
}

/** Puts the keys of the backup into the data folder, where the environment names no others. */
function bringSecrets(order: RestoreOrder, checked: CheckedBackup, anew: boolean): boolean {
  const { config } = order;
  const secrets = order.secrets ?? checked.secrets;
  const vault_key = secrets?.vault_key;
  if (anew && vault_key && !config.secret_key) bringVaultKey(config.data_folder, vault_key);
  if (!secrets?.seal_key) return false;
  const file = join(config.data_folder, 'seal-key.pem');
  if (config.seal_key === null && (anew || !existsSync(file))) {
    mkdirSync(config.data_folder, { recursive: true });
    writeFileSync(file, secrets.seal_key, { mode: 0o600 });
  }
  const publicText = (text: Parameters<typeof createPublicKey>[0]) =>
    createPublicKey(text).export({ format: 'pem', type: 'spki' });
  const mine = readSealKey(config.data_folder, config.seal_key);
  return publicText(mine) === publicText(createPrivateKey(secrets.seal_key));
}

async function fill(
  database: Database,
  order: RestoreOrder,
  checked: CheckedBackup,
  again: boolean,
) {
  const client = await openDirect(database.owner);
  try {
    const table = await someTable(client);
    if (table !== null && !again) {
      const { rows } = await client.query('select current_database() as name');
      throw backupFault('backup.database_taken', { database: rows[0].name, table });
    }
    // The same restore was killed between its last word to the database and the end.
    if (table !== null) await client.query('drop schema public cascade; create schema public');
    const { file, key, now } = order;
    const migrations = migrationsOf(order.modules);
    return await loadBackup(client, { file, key, checked, migrations, now });
  } finally {
    await client.end();
  }
}

async function intoFolder(order: RestoreOrder, checked: CheckedBackup) {
  const folder = order.config.data_folder;
  const giveBack = takeFolder(folder, null);
  try {
    if (unfinishedRestore(folder) !== 'loading') {
      markRestore(folder, 'begun');
      await dropCluster(folder);
    }
    const same_seal_key = bringSecrets(order, checked, true);
    const database = await openEmbedded(folder);
    try {
      markRestore(folder, 'loading');
      const migrated = await fill(database, order, checked, true);
      endRestore(folder);
      return { migrated, same_seal_key };
    } finally {
      await database.close();
    }
  } finally {
    giveBack();
  }
}

async function intoServer(order: RestoreOrder, checked: CheckedBackup) {
  const { database_url, database_app_url } = order.config;
  const database = await openServer(database_url ?? '', database_app_url);
  try {
    const migrated = await fill(database, order, checked, false);
    return { migrated, same_seal_key: bringSecrets(order, checked, false) };
  } finally {
    await database.close();
  }
}

/**
 * Restores a backup into the empty data folder, or the empty database, that the configuration
 * names. The file is read to its end and checked before anything is written.
 * @throws backup.folder_taken, backup.database_taken; backup.damaged, backup.unsound; what
 *   `checkBackup` and `loadBackup` throw; backup.no_secrets, backup.server_secrets; backup.pglite
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { file, key, config } = order;
  if (config.database === 'pglite') throw backupFault('backup.pglite');
  const isFolder = config.database === 'embedded';
  if (isFolder) refuseTakenFolder(config.data_folder);
  const checked = await checkBackup(file, key, order.asked);
  const { findings, facts, tables } = checked;
  const count = findings.length;
  order.onFindings(findings);
  if (findings.some(isDamage)) throw backupFault('backup.damaged', { file, count });
  if (count > 0 && !order.accept_findings) throw backupFault('backup.unsound', { file, count });
  migrationsBefore(checked.head, migrationsOf(order.modules));
  const lost = lostOf(order, checked);
  const done = await (isFolder ? intoFolder : intoServer)(order, checked);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const into = isFolder ? config.data_folder : 'DATABASE_URL';
  return { into, rows, facts, findings: count, lost, ...done };
}

/** The keys in a data folder (secrets.json, seal-key.pem), kept apart from a backup in plain. */
export function readKeptSecrets(folder: string): BackupSecrets {
  const { vault_key } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
  const seal_key = readFileSync(join(folder, 'seal-key.pem'), 'utf8');
  return { vault_key: vault_key ?? null, seal_key };
}
