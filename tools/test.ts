import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from '../src/app/console.ts';
import { ensureChromium } from './test/chromium.ts';
import { countLine, countTests } from './test/report.ts';

const root = join(import.meta.dirname, '..');
const say = (line: string): void => console.log(line);

/** `npm test`: brings what the tests need, runs them all, and ends with one line that counts. */
async function main(): Promise<number> {
  const browser = ensureChromium(say);
  // The browser tests open the console as it is served: it must be the one of these sources.
  if (existsSync(join(root, 'web/vite.config.ts'))) await buildConsole(say);
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-report-'));
  try {
    const file = join(folder, 'report.json');
    const status = runVitest(file, browser ? { JINGWEI_CHROMIUM: browser } : {});
    return conclude(status, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runVitest(report: string, env: NodeJS.ProcessEnv): number {
  return run(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    env,
  );
}

function conclude(status: number, file: string): number {
  const count = existsSync(file)
    ? countTests(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  // An error outside of every test fails the run as well, and must not end in "0 failed".
  if (status !== 0 && count.failed === 0) count.failed = 1;
  say(countLine(count));
  return count.failed === 0 ? 0 : 1;
}

function run(command: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

process.exitCode = await main();
