import { useQuery } from '@tanstack/react-query';
import { allPages } from '../../kernel/api/all-pages.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useSession } from '../../kernel/session.ts';

const PRODUCTS_PER_CALL = 200;
const MOST_PRODUCTS = 5_000;

/** The own catalogue: what is made is a product of it. */
export function useOwnProducts() {
  const { party } = useSession();
  return useQuery({
    queryKey: ['product.list', 'own', party.id],
    queryFn: async ({ signal }) => {
      const query = { owner_id: party.id, limit: PRODUCTS_PER_CALL };
      const read = (from: { after?: string }) =>
        ask('product.list', { query: { ...query, ...from }, signal });
      return (await allPages(read, MOST_PRODUCTS)).rows;
    },
  });
}
