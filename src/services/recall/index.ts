import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { answerNotice, holdForNotice, holdForRecall, listLines } from './answers.ts';
export { acknowledgeNotice, listNotices, sendNotices } from './notices.ts';
export { openRecall } from './opening.ts';
export {
  gtinLotsOf,
  isSince,
  recalledLots,
  recallOfItems,
  recallsUntold,
  type Telling,
} from './recalled-items.ts';
export { newRecall, noticeAnswer, recallNotice } from './schema.ts';

/** Recall (S11): from a suspicion to the list of what is where, and to the end of it. */
export const recall: Module = {
  name: 'recall',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
