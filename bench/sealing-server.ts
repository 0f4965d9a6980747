import { modules } from '../src/app/modules.ts';
import { openPlatform } from '../src/app/platform.ts';
import { openLog, openServer, startSealing } from '../src/kernel/index.ts';
import { config } from './chain.ts';

/**
 * The server as a child process whose sealing can be stopped and started again: messages 'seal',
 * 'rest' and 'stop', each answered when it is done. Says its address first.
 */
const folder = process.argv[2] ?? '';
const log = openLog('warn');
const platform = await openPlatform(config(folder), log);
const server = await openServer(platform.store, {
  modules,
  log,
  https: false,
  console_folder: null,
  health: () => ({ status: 'ok' }),
});
const base = await server.listen({ port: 0, host: '127.0.0.1' });
let sealing: ReturnType<typeof startSealing> | null = null;

process.on('message', async (wanted: 'seal' | 'rest' | 'stop') => {
  await sealing?.stop();
  sealing = wanted === 'seal' ? startSealing(platform.store, platform.seal_key, log) : null;
  if (wanted === 'stop') {
    await server.close();
    await platform.database.close();
  }
  process.send?.(wanted, () => wanted === 'stop' && process.exit(0));
});
process.send?.(base);
