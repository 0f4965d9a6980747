import { parseArgs } from 'node:util';
import { type Config, Fault, holderOf, type Logger, openLog, readConfig } from '../kernel/index.ts';
import { verbs } from './cli-verbs.ts';
import { openPlatform } from './platform.ts';
import type { Answer, PlatformVerb, Values, Verb } from './verb.ts';

const usage = () =>
  [
    'npm run -s jingwei -- <verb> [options]      (--json prints JSON)',
    '',
    ...Object.entries(verbs).map(([name, verb]) => `  ${name.padEnd(16)} ${verb.usage}`),
    '',
    '  start            npm start [-- --empty | --demo]',
  ].join('\n');

function findVerb(words: readonly string[]): { verb: Verb; rest: string[] } | null {
  for (const length of [2, 1]) {
    const verb = verbs[words.slice(0, length).join(' ')];
    if (verb) return { verb, rest: words.slice(length) as string[] };
  }
  return null;
}

function print(answer: Answer, json: boolean): void {
  // Whoever reads may have read enough: `… | head`.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') throw new Error(`standard output: ${code}`);
    process.exit();
  });
  if (json) process.stdout.write(`${JSON.stringify(answer.json)}\n`);
  else process.stdout.write(`${answer.lines.join('\n')}\n`);
  if (answer.exit_code) process.exitCode = answer.exit_code;
}

/**
 * The command line works beside a running server and without one: it joins the PostgreSQL of the
 * data folder, or starts it for the time that it needs it. PGlite serves one process alone.
 */
async function run(words: string[]): Promise<void> {
  const found = findVerb(words);
  if (!found) {
    process.stderr.write(`${usage()}\n`);
    process.exitCode = words.length === 0 || words[0] === 'help' ? 0 : 2;
    return;
  }
  const { verb } = found;
  const { values: given, positionals } = parseArgs({
    args: found.rest,
    options: { ...verb.options, json: { type: 'boolean' } },
    allowPositionals: verb.operand !== undefined,
  });
  const values = given as Values;
  if (verb.operand && positionals[0] !== undefined) values[verb.operand] ??= positionals[0];
  const config = readConfig();
  const log = openLog(config.log_level);
  if ('runBare' in verb) print(await verb.runBare({ config, log }, values), values.json === true);
  else await runOnPlatform(verb, values, config, log);
}

async function runOnPlatform(verb: PlatformVerb, values: Values, config: Config, log: Logger) {
  const holder = holderOf(config.data_folder);
  if (holder && config.database === 'pglite') {
    throw new Error(
      `PGlite serves one process alone, and process ${holder.pid} has it: stop the server first.`,
    );
  }
  const platform = await openPlatform(config, log);
  try {
    print(await verb.run(platform, values), values.json === true);
  } finally {
    await platform.database.close({ leave: holder !== null });
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof Fault) {
    process.stderr.write(`${error.messages.zh}\n${error.messages.en}  [${error.code}]\n`);
    for (const one of error.errors) process.stderr.write(`  ${one.path}: ${one.zh} ${one.en}\n`);
  } else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
