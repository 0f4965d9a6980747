import type { Score } from './use-index.ts';

/** Scores come best first, so that those of one place stand together. */
export function groupsOf(scores: readonly Score[]): Score[][] {
  const groups: Score[][] = [];
  for (const score of scores) {
    const last = groups.at(-1);
    if (last?.[0]?.tie_group === score.tie_group) last.push(score);
    else groups.push([score]);
  }
  return groups;
}
