import { runLong } from '../long-run.ts';
import { liveAll } from './lives.ts';
import type { Ended } from './processes.ts';
import { parts } from './registry.ts';

/** A process that lives its share of a run and tells of each life: see `processes.ts`. */
process.exitCode = await runLong(async (nursery) => {
  await liveAll(nursery, parts, JSON.parse(process.argv[2] as string), (number, life) => {
    process.send?.({ number, life } satisfies Ended);
  });
});
process.disconnect?.();
