import { limits, openThread } from '../../kernel/index.ts';
import {
  answerIndex,
  type Explained,
  type IndexAnswer,
  type IndexAsked,
  type Measured,
} from './asked.ts';
import type { Comparison } from './comparison.ts';
import { fault, tooLong } from './faults.ts';
import { STANDARD_RUNS } from './recipe.ts';
import { neverLate } from './uncertainty.ts';

/** All of it together stays below what a transaction may be idle for. */
const SPARE_MS = 500;

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

/** Whether it takes less time than asking the thread would, as far as can be told unread. */
function isSmall(asked: IndexAsked): boolean {
  const { units, framework } = asked;
  if (units.length + framework.length > limits.index_bytes_here) return false;
  const [head = '', ...rows] = units.split('\n');
  const cells = head.split(',').length * rows.length;
  return cells * runsOf(asked) <= limits.index_values_here;
}

function runsOf(asked: IndexAsked): number {
  if (asked.what === 'explain') return 1;
  const recipes = asked.what === 'compare' ? [asked.recipe, asked.other] : [asked.recipe];
  return recipes.reduce((sum, { uncertainty }) => {
    const { runs = STANDARD_RUNS } = (uncertainty ?? {}) as { runs?: unknown };
    return sum + (typeof runs === 'number' ? runs : Number.POSITIVE_INFINITY);
  }, 0);
}

/**
 * Works out what was asked within limits.index_work_ms; what is large beside the event loop.
 * @throws indicator.busy, indicator.too_long, and what `answerIndex` throws
 */
export async function askIndex<Asked extends IndexAsked>(
  asked: Asked,
): Promise<AnswerTo<Asked['what']>> {
  const answer = isSmall(asked)
    ? answerIndex(asked, neverLate)
    : await thread.ask(() => ({ job: asked }));
  return answer as AnswerTo<Asked['what']>;
}
