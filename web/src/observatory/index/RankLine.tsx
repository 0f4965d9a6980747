import { placeOfRanks } from './rank-scale.ts';

type Rank = { low: number; high: number; own: number };
type Props = { rank: Rank; count: number; look?: 'first' | 'second' };

/** The ranks that a unit can have, from the best at the left; its dot is the recipe's own. */
export function RankLine({ rank, count, look = 'first' }: Props) {
  const { left, width, dot } = placeOfRanks(rank, count);
  return (
    <span className={`rank-line is-${look}`} aria-hidden="true">
      <span className="rank-range" style={{ left: `${left}%`, width: `${width}%` }} />
      <span className="rank-dot" style={{ left: `${dot}%` }} />
    </span>
  );
}
