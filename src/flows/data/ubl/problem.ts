export type { Problem } from '../../../kernel/index.ts';

/** A sender mends a few faults at a time; past this many a list helps nobody and costs memory. */
export const MOST_PROBLEMS = 200;
