import {
  type Config,
  type Database,
  type Logger,
  machineClock,
  migrate,
  openDatabase,
  openStore,
  type Store,
} from '../kernel/index.ts';
import { modules } from './modules.ts';

/** A database that is open, migrated and ready for commands. */
export type Platform = { store: Store; database: Database; migrations: number };

/**
 * Opens the database that the configuration names and brings it to this version's form.
 * @param afresh drops what is there first: only for a demo that was cut while it loaded.
 */
export async function openPlatform(config: Config, log: Logger, afresh = false): Promise<Platform> {
  const database = await openDatabase(config, log);
  try {
    if (afresh) await database.owner.query('drop schema public cascade; create schema public');
    const sources = modules.flatMap(({ name, migrations }) =>
      migrations ? [{ name, migrations }] : [],
    );
    const migrations = await migrate(database, sources, machineClock.now().toISOString());
    return { store: openStore(database, machineClock), database, migrations };
  } catch (error) {
    await database.close();
    throw error;
  }
}
