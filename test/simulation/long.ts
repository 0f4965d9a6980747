import { parseArgs } from 'node:util';
import { anySeed, openRate, runLong } from '../long-run.ts';
import { liveAll, stepsOfLife } from './lives.ts';
import { liveApart } from './processes.ts';
import { parts } from './registry.ts';
import type { Life } from './run.ts';
import { openTally } from './tally.ts';

/**
 * `npm run simulate:long -- --seed S --steps N`: life after life, until one breaks or all are
 * lived. `--processes P` shares them among so many. `--life L` lives the L-th alone, as a broken
 * run says; `--from L` begins with it, for a run that is done in parts: a life depends on the seed
 * and its number, on no other life.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: anySeed() },
    steps: { type: 'string', default: '50000' },
    processes: { type: 'string', default: '1' },
    life: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed);
const count = values.life ? 1 : Math.ceil(Number(values.steps) / stepsOfLife);
const first = Number(values.life ?? values.from);
const lives = { seed, first, last: first + count - 1 };
const processes = Math.min(Number(values.processes), count);

const tally = openTally(first);
const rate = openRate();
const ended = (number: number, life: Life) => {
  if (!tally.add(number, life)) return;
  const { steps, trace } = tally.sum();
  console.log(`${steps} steps, ${rate(steps)}, trace ${trace.slice(0, 16)}`);
};

console.log(`seed ${seed}, lives ${first} to ${lives.last}`);
if (processes > 1) {
  process.exitCode = await liveApart(processes, lives, ended).then(
    () => 0,
    (error: Error) => {
      console.error(error.message);
      return 1;
    },
  );
} else {
  process.exitCode = await runLong(async (nursery) => {
    await liveAll(nursery, parts, lives, ended);
  });
}
if (process.exitCode === 0) {
  const { steps, commands, trace } = tally.sum();
  console.log(Object.fromEntries([...commands].toSorted()));
  console.log(`seed ${seed}: ${steps} steps, all sound, trace ${trace}`);
}
