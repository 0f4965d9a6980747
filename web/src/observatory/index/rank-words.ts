import { useFormat } from '../../kernel/format/format.ts';
import { useIndexTexts } from './texts.ts';

/** Ranks and scores in words; a score has no more digits than anybody can use. */
export function useRankWords() {
  const t = useIndexTexts();
  const format = useFormat();
  return {
    place: (place: number, count: number) =>
      t(count > 1 ? 'place_tied' : 'place', {
        place: format.count(place),
        count: format.count(count),
      }),
    range: ({ low, high }: { low: number; high: number }) =>
      t(low === high ? 'rank_point' : 'rank_range', { low, high }),
    value: (index: number) => format.decimal(index.toFixed(1)),
  };
}
