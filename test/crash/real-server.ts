import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LastBackup } from '../../src/kernel/index.ts';

const root = join(import.meta.dirname, '..', '..');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export type Health = {
  status: string;
  database: string;
  causes: { code: string }[];
  backup?: Pick<LastBackup, 'at' | 'ok'> | null;
};

/** What a server says of itself, or null where nobody answers. */
async function healthAt(url: string): Promise<Health | null> {
  try {
    const reply = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
    return (await reply.json()) as Health;
  } catch {
    return null;
  }
}

/** The server's process: started and ended as an operator would, or killed. */
function serverProcess(url: string, env: NodeJS.ProcessEnv) {
  let child: ChildProcess | null = null;
  let said = '';

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  }

  async function untilHealthy(seconds = 60): Promise<void> {
    for (let tries = 0; tries < seconds * 10; tries++) {
      if ((await healthAt(url))?.status === 'ok') return;
      if (child === null || child.exitCode !== null) break;
      await pause(100);
    }
    throw new Error(`The server is not there.\n${said.slice(-4_000)}`);
  }

  return {
    /** All that it has written to standard error, its log among it. */
    said: () => said,
    process: () => child,
    async start(): Promise<void> {
      const args = ['src/app/main.ts', '--empty', '--api-only'];
      const stdio = ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'];
      const started = spawn(process.execPath, args, { cwd: root, env, stdio });
      started.stderr.on('data', (chunk) => {
        said = (said + chunk).slice(-2_000_000);
      });
      child = started;
      await untilHealthy();
    },
    untilHealthy,
    /** SIGKILL: no handler runs, nothing is flushed. */
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/**
 * The platform as an operator runs it: a process of its own on a data folder of its own.
 * @param settings further variables of its environment
 */
export async function realServer(settings: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-crash-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, JINGWEI_DATA: folder, PORT: String(port), ...settings };
  return {
    url,
    folder,
    health: () => healthAt(url),
    ...serverProcess(url, env),
    /** Runs the command line on the same folder. */
    async jingwei(...args: string[]): Promise<string> {
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, ['src/app/cli.ts', ...args], {
        cwd: root,
        env,
      });
      return stdout.trim();
    },
    databaseProcess: () => postmasterOf(folder),
    /** SIGKILL of PostgreSQL's first process, of this folder and no other. */
    killDatabase(): void {
      process.kill(postmasterOf(folder), 'SIGKILL');
    },
    /** SIGSTOP of all of this folder's PostgreSQL: it is there and does not answer. */
    holdDatabase() {
      const first = postmasterOf(folder);
      const held = [first, ...childrenOf(first)];
      for (const pid of held) process.kill(pid, 'SIGSTOP');
      return {
        goOn(): void {
          for (const pid of held) process.kill(pid, 'SIGCONT');
        },
      };
    },
    remove(): void {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1];
      return Number(stat?.split(' ')[1]) === pid ? [Number(name)] : [];
    } catch {
      return []; // Not a process, or gone by now.
    }
  });
}

/** The process that holds the cluster of a data folder, found by its command line. */
function postmasterOf(folder: string): number {
  const known = join(folder, 'postgres', 'postmaster.pid');
  if (existsSync(known)) return Number(readFileSync(known, 'utf8').split('\n')[0]);
  throw new Error(`No PostgreSQL runs in ${folder}: ${readdirSync(folder)}`);
}

export type RealServer = Awaited<ReturnType<typeof realServer>>;
