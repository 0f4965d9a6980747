import { useQuery } from '@tanstack/react-query';
import type { StockRow } from '../generated/api.ts';
import { allPages } from '../kernel/api/all-pages.ts';
import { ask } from '../kernel/api/ask.ts';
import { useSession } from '../kernel/session.ts';

const ROWS_PER_CALL = 200;

/** What lies at one of the own places, up to about `most` rows; no place, nothing. */
export function useShelf(place_id: string, most: number, disposition?: StockRow['disposition']) {
  const { party } = useSession();
  const shelf = { owner_id: party.id, place_id, ...(disposition ? { disposition } : {}) };
  return useQuery({
    queryKey: ['stock.list', 'at', shelf, most],
    queryFn: ({ signal }) => {
      const query = { ...shelf, limit: ROWS_PER_CALL };
      return allPages((from) => ask('stock.list', { query: { ...query, ...from }, signal }), most);
    },
    enabled: place_id !== '',
  });
}
