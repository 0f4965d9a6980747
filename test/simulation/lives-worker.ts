import { runLong } from '../long-run.ts';
import { type Lives, liveAll } from './lives.ts';
import type { Ended } from './processes.ts';
import { parts } from './registry.ts';

/** A process that lives its share of a run and tells of each life: see `processes.ts`. */
const share = JSON.parse(process.argv[2] as string) as Lives;
const halt = new AbortController();
process.once('message', () => halt.abort());

const code = await runLong(async (nursery) => {
  await liveAll(nursery, parts, { ...share, halt: halt.signal }, (number, life) => {
    process.send?.({ number, life } satisfies Ended);
  });
});
process.exitCode = halt.signal.aborted ? 130 : code;
process.disconnect?.();
