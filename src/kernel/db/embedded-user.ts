import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** PostgreSQL refuses to run as root; started by root it runs as this user instead. */
export type ServerUser = { uid: number; gid: number; name: string };

const candidates = ['postgres', 'jingwei', 'nobody'];
const sharedRoot = '/var/lib/jingwei';

function findUser(name: string): ServerUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** The user to run PostgreSQL as, or null where this process is an ordinary user already. */
export function serverUser(): ServerUser | null {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null;
  const existing = findUser('postgres') ?? findUser('jingwei');
  if (existing) return existing;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', 'jingwei'], { stdio: 'ignore' });
  } catch {
    // A system without useradd: `nobody` is there everywhere.
  }
  for (const name of candidates) {
    const user = findUser(name);
    if (user) return user;
  }
  throw new Error('PostgreSQL cannot run as root, and this system has no other user to run it as.');
}

/** Whether `user` may walk down to `path`: each folder above must let it pass. */
function reachable(path: string, user: ServerUser): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const open = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
      if (!open) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * Where the cluster lies: inside the data folder, or, where the server's user cannot get there (a
 * checkout in root's home), under /var/lib/jingwei in a folder named after the data folder.
 */
export function clusterFolder(dataFolder: string, user: ServerUser | null): string {
  const inside = join(dataFolder, 'postgres');
  if (user === null || reachable(dataFolder, user)) return inside;
  return join(sharedRoot, shortHash(dataFolder), 'postgres');
}

/** The binaries' folder, copied to where the server's user can reach it when it cannot. */
export function binariesFolder(installed: string, version: string, user: ServerUser | null) {
  if (user === null || reachable(join(installed, 'bin', 'postgres'), user)) return installed;
  const copy = join(sharedRoot, `postgresql-${version}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(copy, { recursive: true });
    cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}

/** Makes a private folder that the server's user owns. */
export function ownFolder(folder: string, user: ServerUser | null): void {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
}

export function socketFolder(temporary: string, dataFolder: string): string {
  return join(temporary, `jingwei-${shortHash(dataFolder)}`);
}
