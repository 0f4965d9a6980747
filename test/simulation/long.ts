import { parseArgs } from 'node:util';
import { anySeed, runLong } from '../long-run.ts';
import { liveAll, stepsOfLife } from './lives.ts';
import { parts } from './registry.ts';

/**
 * `npm run simulate:long -- --seed S --steps N`: life after life, until one breaks or all are
 * lived. `--life L` lives the L-th alone, as a broken run says.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: anySeed() },
    steps: { type: 'string', default: '50000' },
    life: { type: 'string' },
  },
});
const seed = Number(values.seed);
const lives = Math.ceil(Number(values.steps) / stepsOfLife);
const [first, last] = values.life ? [Number(values.life), Number(values.life)] : [0, lives - 1];

process.exitCode = await runLong(async (nursery, rate) => {
  console.log(`seed ${seed}`);
  const lived = await liveAll(nursery, parts, { seed, first, last }, ({ steps, trace }) => {
    console.log(`${steps} steps, ${rate(steps)}, trace ${trace.slice(0, 16)}`);
  });
  console.log(Object.fromEntries([...lived.commands].toSorted()));
  console.log(`seed ${seed}: ${lived.steps} steps, all sound, trace ${lived.trace}`);
});
