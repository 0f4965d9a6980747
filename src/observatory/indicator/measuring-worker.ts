import { limits, machineClock, serveThread } from '../../kernel/index.ts';
import { answerIndex, type IndexAsked } from './asked.ts';

/** Makes indices in a thread of its own: some thousand re-runs take a second. */
serveThread((asked: IndexAsked) => {
  const until = machineClock.now().getTime() + limits.index_work_ms;
  return answerIndex(asked, () => machineClock.now().getTime() > until);
});
