import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadReader } from '../../src/flows/data/index.ts';
import { anySeed, runLong } from '../long-run.ts';
import { parts } from '../simulation/registry.ts';
import { fuzz } from './fuzz.ts';

/** `npm run fuzz:long -- --seed S --requests N`: asks until something breaks or all is asked. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: anySeed() },
    requests: { type: 'string', default: '100000' },
  },
});
const [seed, requests] = [Number(values.seed), Number(values.requests)];
setFlagsFromString('--expose-gc');
Object.assign(globalThis, { gc: runInNewContext('gc') });

process.exitCode = await runLong(async (nursery, rate) => {
  console.log(`seed ${seed}`);
  await loadReader();
  const database = await nursery.open();
  const { statuses, reached } = await fuzz(database, parts, seed, requests, (done, so_far) => {
    console.log(`${done} requests, ${rate(done)}, ${so_far.heaps_mb.at(-1)} MB`);
  });
  console.log(Object.fromEntries([...statuses].toSorted()));
  console.log(`seed ${seed}: ${requests} requests, ${reached.size} routes reached, none broke`);
});
