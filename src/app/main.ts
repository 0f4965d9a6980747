import { parseArgs } from 'node:util';
import { loadReader } from '../flows/data/index.ts';
import { startSubscriptions } from '../flows/goods/index.ts';
import {
  type Backups,
  Fault,
  type Logger,
  limits,
  machineClock,
  machineClocks,
  openDoorkeeper,
  openLog,
  openMetrics,
  openProviders,
  openServer,
  type Running,
  readConfig,
  readProviders,
  startBackups,
  startForgetting,
  startSealing,
  startWebhooks,
  stop,
  takeFolder,
  Watch,
} from '../kernel/index.ts';
import { loadMeasurer } from '../observatory/indicator/index.ts';
import { loadReleaser, startPublishing } from '../observatory/publishing/index.ts';
import { planBackups } from './backups.ts';
import { buildConsole, consoleFolder } from './console.ts';
import { dropHalfDemo, introduce, loadDemo } from './demo.ts';
import { modules } from './modules.ts';
import { openPlatform, type Platform, version } from './platform.ts';

const say = (line: string) => process.stderr.write(`  ${line}\n`);

function healthOf({ database, migrations }: Platform, watch: Watch, backups: Backups | null) {
  const backup = backups?.lastBackup() ?? null;
  return {
    ...watch.state(),
    database: database.place,
    durable: database.durable,
    version,
    migrations,
    // Its size is nobody's business who is not signed in: how the whole platform grows.
    backup: backup && { at: backup.at, ok: backup.ok },
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
  const providers = openProviders(readProviders(config.oidc_file));
  process.stderr.write(`\n  Jingwei 经纬 ${version}\n\n`);
  const giveBack = takeFolder(config.data_folder, config.port);
  say(`打开数据库… opening the database (${config.database})`);
  const doorkeeper = await openDoorkeeper(
    config.port,
    config.host,
    machineClock.now().toISOString(),
  );
  const platform = await openPlatform(
    config,
    log,
    (database) => dropHalfDemo(database, config.data_folder),
    () => doorkeeper.say('migrating'),
  );
  doorkeeper.say('starting');
  say(`数据库就绪 database ready: ${platform.database.place}, ${platform.migrations} migrations`);
  if (!platform.database.durable) say('⚠ 断电可能丢失数据 not safe against power loss (PGlite)');
  // A server's database may be a production's: there the demo comes only when it is asked for.
  const wantsDemo = !flags.empty && (flags.demo || platform.database.place !== 'server');
  const [people] = await Promise.all([
    wantsDemo ? loadDemo(platform, config.data_folder, say) : null,
    flags['api-only'] ? false : buildConsole(say),
  ]);
  const backups = await planBackups(platform, config, log, say);
  const metrics = openMetrics(true);
  const sealing = startSealing(platform.store, platform.seal_key, log, (result) =>
    metrics.jobEnded('sealing', result),
  );
  const senders = startSenders(platform, log);
  const watch = new Watch({
    database: platform.database,
    log,
    clocks: machineClocks,
    sealLag: sealing.lagMs,
    lastBackup: () => backups?.lastBackup() ?? null,
  });
  const server = await openServer(platform.store, {
    modules,
    log,
    https: config.https,
    origin: config.origin,
    providers,
    console_folder: flags['api-only'] ? null : consoleFolder,
    health: () => healthOf(platform, watch, backups),
    watch,
    metrics,
    metrics_token: config.metrics_token,
    sealLagMs: sealing.lagMs,
    jwks: platform.webhook_keys.jwks,
  });
  const { database } = platform;
  const forgetting = startForgetting(platform.store, log);
  const jobs = [sealing, ...senders, forgetting, ...(backups ? [startBackups(backups, log)] : [])];
  stopOnSignal({ server, jobs, watch, database, giveBack });
  await doorkeeper.close();
  await server.listen({ port: config.port, host: config.host });
  loadThreads(log);
  greet(people, config.port);
}

/** Ahead of their first job, which would wait for them otherwise. */
function loadThreads(log: Logger): void {
  loadReader().catch((error) => log.warn({ error }, 'the reader of documents did not load'));
  loadMeasurer().catch((error) => log.warn({ error }, 'the maker of indices did not load'));
  loadReleaser().catch((error) => log.warn({ error }, 'the maker of releases did not load'));
}

/**
 * What leaves by itself: facts and events to the systems of others, releases at their hour to all
 * members.
 */
function startSenders({ store, webhook_keys: keys }: Platform, log: Logger) {
  return [
    startWebhooks({ store, keys }, log),
    startSubscriptions({ store, keys }, log),
    startPublishing(store, log),
  ];
}

function greet(people: Awaited<ReturnType<typeof loadDemo>>, port: number): void {
  if (people) for (const line of introduce(people)) say(line);
  process.stderr.write('\n');
  say(`请打开 open  http://localhost:${port}\n`);
}

/** The first signal stops cleanly; the second, or limits.stop_ms, at once. */
function stopOnSignal(running: Running): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    say('正在停止… stopping');
    setTimeout(() => process.exit(1), limits.stop_ms).unref();
    stop(running).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

start().catch((error: unknown) => {
  const { zh, en } = error instanceof Fault ? error.messages : { zh: '', en: '' };
  const said = zh ? `${zh}\n  ${en}` : error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n  ${said}\n\n`);
  process.exit(1);
});
