import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BackupSecrets,
  type Config,
  type Database,
  type Logger,
  machineClock,
  migrate,
  openDatabase,
  openStore,
  openVault,
  readPrefixFormats,
  readSealKey,
  readSecrets,
  readWebhookKeys,
  type Store,
  type WebhookKeys,
} from '../kernel/index.ts';
import { modules } from './modules.ts';

export const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

export const migrationSources = modules.flatMap(({ name, migrations }) =>
  migrations ? [{ name, migrations }] : [],
);

/** A database that is open, migrated and ready for commands. */
export type Platform = {
  store: Store;
  database: Database;
  migrations: number;
  /** The private key that seals facts. */
  seal_key: KeyObject;
  webhook_keys: WebhookKeys;
};

/**
 * Opens the database that the configuration names and brings it to this version's form.
 * @param migrating told once the database is there
 * @param prepare is done before it is migrated
 */
export async function openPlatform(
  config: Config,
  log: Logger,
  prepare: (database: Database) => Promise<void> = async () => {},
  migrating: () => void = () => {},
): Promise<Platform> {
  const seal_key = readSealKey(config.data_folder, config.seal_key);
  const prefix_formats = readPrefixFormats(config.prefix_formats_file);
  const webhook_keys = await readWebhookKeys(config.data_folder, config.webhook_key);
  const database = await openDatabase(config, log);
  try {
    await prepare(database);
    migrating();
    const at = machineClock.now().toISOString();
    const migrations = await migrate(database, migrationSources, at);
    const key = vaultKey(config);
    const vault = key && openVault(key, machineClock);
    const store = openStore(database, machineClock, () => {}, false, vault);
    store.call_rules = config.call_rules;
    store.resolver = config.resolver;
    store.prefix_formats = prefix_formats;
    return { store, database, migrations, seal_key, webhook_keys };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Servers share a key by their environment: a file of one would be strange to the next. */
function vaultKey(config: Config): Uint8Array | null {
  if (config.secret_key) return config.secret_key;
  if (config.database === 'server') return null;
  return Buffer.from(readSecrets(config.data_folder).vault_key, 'base64url');
}

/** The keys that the database does not hold, as an encrypted backup takes them along. */
export function secretsOf(config: Config): BackupSecrets {
  const key = vaultKey(config);
  const seal_key = ownSealKey(config)?.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { vault_key: key && Buffer.from(key).toString('base64url'), seal_key: seal_key ?? null };
}

/** The key that seals this installation's facts, where it has one: asking must not make one. */
export function ownSealKey({ data_folder, seal_key }: Config): KeyObject | null {
  const has = seal_key !== null || existsSync(join(data_folder, 'seal-key.pem'));
  return has ? readSealKey(data_folder, seal_key) : null;
}
