import { parseArgs } from 'node:util';
import {
  type Backups,
  Fault,
  limits,
  openLog,
  openServer,
  readConfig,
  startBackups,
  startSealing,
  takeFolder,
} from '../kernel/index.ts';
import { planBackups } from './backups.ts';
import { buildConsole, consoleFolder } from './console.ts';
import { demoWasCut, introduce, loadDemo } from './demo.ts';
import { modules } from './modules.ts';
import { openPlatform, type Platform, version } from './platform.ts';

const say = (line: string) => process.stderr.write(`  ${line}\n`);

function healthOf({ database, migrations }: Platform, backups: Backups | null) {
  const backup = backups?.lastBackup() ?? null;
  return {
    status: database.isUp() ? 'ok' : 'recovering',
    database: database.place,
    durable: database.durable,
    version,
    migrations,
    // Its size is nobody's business who is not signed in: how the whole platform grows.
    backup: backup && { at: backup.at, ok: backup.ok, overdue: backup.overdue },
    warnings: backup && !backup.ok ? [backup.overdue ? 'backup_overdue' : 'backup_failed'] : [],
  };
}

/** Everything that `npm start` does, in order. */
async function start(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      empty: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      'api-only': { type: 'boolean', default: false },
    },
  });
  const config = readConfig();
  const log = openLog(config.log_level);
  process.stderr.write(`\n  Jingwei 经纬 ${version}\n\n`);
  const giveBack = takeFolder(config.data_folder, config.port);
  say(`打开数据库… opening the database (${config.database})`);
  const platform = await openPlatform(config, log, demoWasCut(config.data_folder));
  say(`数据库就绪 database ready: ${platform.database.place}, ${platform.migrations} migrations`);
  if (!platform.database.durable) say('⚠ 断电可能丢失数据 not safe against power loss (PGlite)');
  // A server's database may be a production's: there the demo comes only when it is asked for.
  const wantsDemo = !flags.empty && (flags.demo || platform.database.place !== 'server');
  const [people] = await Promise.all([
    wantsDemo ? loadDemo(platform, config.data_folder, say) : null,
    flags['api-only'] ? false : buildConsole(say),
  ]);
  const backups = await planBackups(platform, config, log, say);
  const server = await openServer(platform.store, {
    modules,
    log,
    https: config.https,
    origin: config.origin,
    console_folder: flags['api-only'] ? null : consoleFolder,
    health: () => healthOf(platform, backups),
  });
  const sealing = startSealing(platform.store, platform.seal_key, log);
  const backing = backups && startBackups(backups, log);
  stopOnSignal({ server, sealing, backing, platform, giveBack });
  await server.listen({ port: config.port, host: config.host });
  if (people) for (const line of introduce(people)) say(line);
  process.stderr.write('\n');
  say(`请打开 open  http://localhost:${config.port}\n`);
}

type Running = {
  server: Awaited<ReturnType<typeof openServer>>;
  sealing: ReturnType<typeof startSealing>;
  backing: ReturnType<typeof startBackups> | null;
  platform: Platform;
  giveBack: () => void;
};

/** A clean stop: takes no new work, ends what runs, gives the data folder back. */
function stopOnSignal({ server, sealing, backing, platform, giveBack }: Running): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say('正在停止… stopping');
    setTimeout(() => process.exit(1), limits.stop_ms).unref();
    await server.close();
    await Promise.all([sealing.stop(), backing?.stop()]);
    await platform.database.close();
    giveBack();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

start().catch((error: unknown) => {
  const { zh, en } = error instanceof Fault ? error.messages : { zh: '', en: '' };
  const said = zh ? `${zh}\n  ${en}` : error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n  ${said}\n\n`);
  process.exit(1);
});
