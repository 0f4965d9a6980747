import { parseArgs } from 'node:util';
import { anySeed, runLong } from '../long-run.ts';
import { liveAll, stepsOfLife } from './lives.ts';
import { parts } from './registry.ts';

/**
 * `npm run simulate:long -- --seed S --steps N`: life after life, until one breaks or all are
 * lived. `--life L` lives the L-th alone, as a broken run says; `--from L` begins with it, for a
 * run that is done in parts: a life depends on the seed and its number, on no other life.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: anySeed() },
    steps: { type: 'string', default: '50000' },
    life: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed);
const lives = values.life ? 1 : Math.ceil(Number(values.steps) / stepsOfLife);
const first = Number(values.life ?? values.from);
const last = first + lives - 1;

process.exitCode = await runLong(async (nursery, rate) => {
  console.log(`seed ${seed}, lives ${first} to ${last}`);
  const lived = await liveAll(nursery, parts, { seed, first, last }, ({ steps, trace }) => {
    console.log(`${steps} steps, ${rate(steps)}, trace ${trace.slice(0, 16)}`);
  });
  console.log(Object.fromEntries([...lived.commands].toSorted()));
  console.log(`seed ${seed}: ${lived.steps} steps, all sound, trace ${lived.trace}`);
});
