import type { MeasuredIndex } from '../../../generated/api.ts';
import { groupsOf } from '../groups.ts';
import type { Score } from '../use-index.ts';
import type { Area } from './areas.ts';
import type { Matching } from './matching.ts';
import { type Doubt, doubtOf, shadeOf } from './shade.ts';

export type WithoutIndex = MeasuredIndex['without_index'][number];

/** A unit on the map, coloured as its whole tie group is and never by its own rank. */
export type Mark = { unit: string; name: string; area: Area } & (
  | { score: Score; tied: number; ink: number; isDark: boolean; doubt: Doubt }
  | { score: null; reason: WithoutIndex['reason'] }
);

/** Best first, as the scores come; those without an index behind them. */
export function marksOf(
  scores: readonly Score[],
  without: readonly WithoutIndex[],
  { areas }: Pick<Matching, 'areas'>,
): Mark[] {
  const groups = groupsOf(scores);
  const marks: Mark[] = [];
  for (const [at, group] of groups.entries()) {
    for (const score of group) {
      const { unit, name, rank } = score;
      const area = areas.get(unit);
      const shown = { ...shadeOf(at + 1, groups.length), doubt: doubtOf(rank, scores.length) };
      if (area) marks.push({ unit, name, area, score, tied: group.length, ...shown });
    }
  }
  for (const { unit, name, reason } of without) {
    const area = areas.get(unit);
    if (area) marks.push({ unit, name, area, score: null, reason });
  }
  return marks;
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** The place of the mark that a key leads to, in the order of ranks; undefined for other keys. */
export function nextMark(marks: readonly Mark[], at: number, key: string): number | undefined {
  const next = STEPS[key]?.(at, marks.length - 1);
  return next !== undefined && marks[next] ? next : undefined;
}
