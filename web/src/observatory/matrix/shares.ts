import type { IndustryMatrix } from '../../generated/api.ts';

type Sector = IndustryMatrix['sectors'][number];
export type Ribbon = { from: Sector; to: Sector; value: number };

const isService = ({ group }: Sector) => group === 'services' || group === 'repair';

/** Services and whom they go to: sectors that are no services, the widest ribbons first. */
export function serviceRibbons({ sectors, direct }: IndustryMatrix, most: number): Ribbon[] {
  const all = sectors.flatMap((from, i) =>
    isService(from)
      ? sectors.flatMap((to, j): Ribbon[] => {
          const value = (direct[i]?.[j] ?? 0) * to.output;
          return isService(to) || value <= 0 ? [] : [{ from, to, value }];
        })
      : [],
  );
  return all.toSorted((one, other) => other.value - one.value).slice(0, most);
}

/**
 * How dark a cell is, 0 to 1. By the square root: a few cells hold most, and a proportional scale
 * would leave the rest white.
 */
export function depthOf(value: number, largest: number): number {
  return largest > 0 ? Math.sqrt(Math.max(0, value) / largest) : 0;
}
