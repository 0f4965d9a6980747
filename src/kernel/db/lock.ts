import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Holder = { pid: number; since: string; port: number | null };

function startOf(pid: number): string | null {
  try {
    // Field 22 of /proc/pid/stat: a process number that came back is not the same process.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function alive({ pid, since }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = startOf(pid);
  return started === null ? process.platform !== 'linux' : started === since;
}

/** The live process that holds the data folder, or null. */
export function holderOf(folder: string): Holder | null {
  const file = join(folder, 'running.json');
  if (!existsSync(file)) return null;
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    return alive(holder) ? holder : null;
  } catch {
    return null; // A file cut short by a power failure holds nobody.
  }
}

/**
 * Takes the data folder for this process: two processes on one PGlite folder lose rows silently.
 * Returns how to give it back. Throws when another live process holds it.
 */
export function takeFolder(folder: string, port: number | null): () => void {
  const holder = holderOf(folder);
  if (holder && holder.pid !== process.pid) {
    throw new Error(
      `Jingwei already runs on ${folder} (process ${holder.pid}). ` +
        `Stop it first, or set JINGWEI_DATA to another folder. 此数据目录已有进程在使用。`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'running.json');
  const mine: Holder = { pid: process.pid, since: startOf(process.pid) ?? '', port };
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
  return () => rmSync(file, { force: true });
}
