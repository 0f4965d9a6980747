import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const consoleFolder = join(root, 'web', 'dist');
const stamp = join(consoleFolder, 'built-from.txt');

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name === 'dist' || entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** A mark of what the console is built from: its sources, and its libraries' versions. */
function sourceMark(): string {
  const hash = createHash('sha256');
  for (const file of [...filesUnder(join(root, 'web')), join(root, 'package-lock.json')].sort()) {
    hash.update(file.slice(root.length)).update(String(statSync(file).size));
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds the console where it is missing or stale. Returns whether it had to. */
export async function buildConsole(say: (line: string) => void): Promise<boolean> {
  const mark = sourceMark();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === mark) return false;
  say('正在构建控制台… building the console');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [
    vite,
    'build',
    '--config',
    join(root, 'web', 'vite.config.ts'),
    '--logLevel',
    'warn',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The console could not be built.\n${said}`);
  writeFileSync(stamp, mark);
  return true;
}
