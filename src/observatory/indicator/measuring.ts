import { limits, openThread } from '../../kernel/index.ts';
import type { Explained, IndexAnswer, IndexAsked, Measured } from './asked.ts';
import type { Comparison } from './comparison.ts';
import { fault, tooLong } from './faults.ts';

const SPARE_MS = 2_000;

const thread = openThread<IndexAsked, IndexAnswer>(
  new URL('./measuring-worker.ts', import.meta.url),
  {
    wait_ms: limits.index_wait_ms,
    // The work looks at the clock itself; what does not come to that ends with its thread.
    work_ms: limits.index_work_ms + SPARE_MS,
    queue: limits.index_queue,
    memory_mb: limits.index_memory_mb,
  },
  {
    busy: () => fault('indicator.busy'),
    heavy: tooLong,
  },
);

/** Loads the thread ahead of its first index, which would wait for it otherwise. */
export const loadMeasurer = thread.load;

type AnswerTo<What extends IndexAsked['what']> = {
  measure: Measured;
  explain: Explained;
  compare: Comparison;
}[What];

/**
 * Works out what was asked beside the event loop, within limits.index_work_ms.
 * @throws indicator.busy, indicator.too_long, and what `answerIndex` throws
 */
export async function askIndex<Asked extends IndexAsked>(
  asked: Asked,
): Promise<AnswerTo<Asked['what']>> {
  return (await thread.ask(() => ({ job: asked }))) as AnswerTo<Asked['what']>;
}
