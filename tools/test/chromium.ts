import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** Path of the browser that browser tests run in; undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.JINGWEI_CHROMIUM) return env.JINGWEI_CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Installs Debian's Chromium where that can be done unasked: as root, with apt-get. Says what it
 * does, and where it cannot, says what is skipped.
 */
export function ensureChromium(say: (line: string) => void): string | undefined {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    say('No Chromium here: BROWSER TESTS ARE SKIPPED. Install one or set JINGWEI_CHROMIUM.');
    return undefined;
  }
  say(`No Chromium here: installing ${PACKAGES.join(' and ')} with apt-get.`);
  for (const command of [
    ['update', '-q'],
    ['install', '-qy', '--no-install-recommends', ...PACKAGES],
  ]) {
    const { status } = spawnSync('apt-get', command, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) break;
  }
  const installed = findChromium();
  if (!installed) say('Chromium could not be installed: BROWSER TESTS ARE SKIPPED.');
  return installed;
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
