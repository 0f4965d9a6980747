import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..', '..', '..');

/** `npm run eyes:long -- --seed S --requests N`: the eyes test, asked as often as that. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(performance.timeOrigin) % 1_000_000) },
    requests: { type: 'string', default: '100000' },
  },
});
const env = { ...process.env, EYES_SEED: values.seed, EYES_REQUESTS: values.requests };
const command = ['node_modules/vitest/vitest.mjs', 'run', 'test/conformance/eyes.test.ts'];
console.log(`seed ${values.seed}, ${values.requests} requests`);
const { status } = spawnSync(process.execPath, command, { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
