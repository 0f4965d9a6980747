import type { KeyObject } from 'node:crypto';
import {
  type Config,
  type Database,
  type Logger,
  machineClock,
  migrate,
  openDatabase,
  openStore,
  readSealKey,
  type Store,
} from '../kernel/index.ts';
import { modules } from './modules.ts';

/** A database that is open, migrated and ready for commands. */
export type Platform = {
  store: Store;
  database: Database;
  migrations: number;
  /** The private key that seals facts. */
  seal_key: KeyObject;
};

/**
 * Opens the database that the configuration names and brings it to this version's form.
 * @param afresh drops what is there first: only for a demo that was cut while it loaded.
 */
export async function openPlatform(config: Config, log: Logger, afresh = false): Promise<Platform> {
  const seal_key = readSealKey(config.data_folder, config.seal_key);
  const database = await openDatabase(config, log);
  try {
    if (afresh) await database.owner.query('drop schema public cascade; create schema public');
    const sources = modules.flatMap(({ name, migrations }) =>
      migrations ? [{ name, migrations }] : [],
    );
    const migrations = await migrate(database, sources, machineClock.now().toISOString());
    return { store: openStore(database, machineClock), database, migrations, seal_key };
  } catch (error) {
    await database.close();
    throw error;
  }
}
