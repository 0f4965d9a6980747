import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Order, OrderLine, Picking } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useSession } from '../../kernel/session.ts';
import { inLots, leftToSend, type SentLine } from './defaults.ts';

export type DespatchProposal = {
  /** The place that the goods leave from; null where the seller keeps no stock here. */
  from_place_id: string | null;
  lines: readonly SentLine[];
  /** What the shelf does not hold, by line. */
  missing: readonly { line: OrderLine; quantity: string }[];
};

/** Enough places to find a shelf; a firm with more chooses one in the form. */
const MOST_PLACES = 5;

type Picked = { line: OrderLine; picking: Picking };

async function pickAt(place_id: string, lines: readonly OrderLine[]): Promise<Picked[]> {
  return Promise.all(
    lines.map(async (line) => {
      const quantity = leftToSend(line).toFixed();
      if (!line.product_id) return { line, picking: { lots: [], missing: quantity, too_old: [] } };
      const query = { place_id, product_id: line.product_id, unit: line.unit, quantity };
      return { line, picking: await ask('stock.pick', { query }) };
    }),
  );
}

function proposalOf(place_id: string, picked: readonly Picked[]): DespatchProposal {
  return {
    from_place_id: place_id,
    lines: picked.flatMap(({ line, picking }) => inLots(line, picking)),
    missing: picked
      .filter(({ picking }) => Number(picking.missing) > 0)
      .map(({ line, picking }) => ({ line, quantity: picking.missing })),
  };
}

/**
 * Everything that is promised and still here, first expired first out. A seller whose shelves hold
 * none of it keeps its stock elsewhere: then the goods leave without a place.
 */
export async function proposeDespatch(
  order: Order,
  places: readonly string[],
): Promise<DespatchProposal> {
  const lines = order.lines.filter((line) => leftToSend(line).gt(0));
  const found: DespatchProposal[] = [];
  for (const place of places.slice(0, MOST_PLACES)) {
    const proposal = proposalOf(place, await pickAt(place, lines));
    if (proposal.missing.length === 0) return proposal;
    if (proposal.lines.length > 0) found.push(proposal);
  }
  const [best] = found.toSorted((a, b) => a.missing.length - b.missing.length);
  return (
    best ?? {
      from_place_id: null,
      lines: lines.map((line) => ({
        order_line_no: line.line_no,
        quantity: leftToSend(line).toFixed(),
      })),
      missing: [],
    }
  );
}

/** The proposal for an order, from `place` or from the first own place that holds the goods. */
export function useDespatchProposal(
  order: Order,
  enabled: boolean,
  place?: string,
): UseQueryResult<DespatchProposal> {
  const { party } = useSession();
  return useQuery({
    queryKey: ['despatch-proposal', order.id, order.version, place ?? null],
    enabled,
    queryFn: async () => {
      if (place !== undefined) return proposeDespatch(order, place ? [place] : []);
      const query = { owner_id: party.id };
      const { items } = await ask('place.list', { query });
      return proposeDespatch(
        order,
        items.map(({ id }) => id),
      );
    },
  });
}
