import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { backupFault } from '../backup/faults.ts';
import { unfinishedRestore } from '../backup/unfinished.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { openEmbedded } from './embedded.ts';
import { openPglite } from './pglite.ts';
import type { Database } from './place.ts';
import { openServer } from './server.ts';

/** Opens the database that the configuration names; PGlite where the embedded server cannot run. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.database_url) return openServer(config.database_url, config.database_app_url);
  if (unfinishedRestore(config.data_folder)) {
    throw backupFault('backup.unfinished', { folder: config.data_folder });
  }
  mkdirSync(config.data_folder, { recursive: true });
  const folder = join(config.data_folder, 'pglite');
  if (config.database === 'pglite') return openPglite(folder);
  try {
    return await openEmbedded(config.data_folder);
  } catch (error) {
    if (!isMissingBinary(error)) throw error;
    log.warn({ error: String(error) }, 'embedded PostgreSQL cannot run here: using PGlite');
    return openPglite(folder);
  }
}

/** No binary for this platform: any other failure must be seen, not papered over. */
function isMissingBinary(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND' || code === 'ENOEXEC';
}
