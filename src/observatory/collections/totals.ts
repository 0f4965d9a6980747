import { z } from 'zod';
import { bilingual, Decimal, limits, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { itemKinds } from './schema.ts';
import { type AcceptedRow, type CollectionHead, readAccepted, readHead } from './views.ts';

const summed = ['amount', 'quantity', 'count'] as const;

/** What all accepted reports come to; of a percentage or a choice there is no sum. */
export const totals = z
  .object({
    collection_id: z.string(),
    units: z.int(),
    items: z.array(
      z.object({
        code: z.string(),
        name: bilingual,
        kind: z.enum(itemKinds),
        unit: z.string().nullable(),
        /** Units that answered it. */
        answered: z.int(),
        /** Sums of the bounds; both the same where all is known. */
        low: z.string(),
        high: z.string(),
      }),
    ),
  })
  .meta({ id: 'CollectionTotals' });
export type Totals = z.output<typeof totals>;

type Item = CollectionHead['items'][number];
type Sum = { answered: number; low: Decimal; high: Decimal };

function addTo(sum: Sum, value: AcceptedRow['values'][string] | undefined): Sum {
  if (value === undefined) return sum;
  const { low, high } = typeof value === 'string' ? { low: value, high: value } : value;
  return { answered: sum.answered + 1, low: sum.low.plus(low), high: sum.high.plus(high) };
}

const isSummed = ({ kind }: Item) => summed.some((one) => one === kind);

/** Sums over the newest accepted report of each unit. @throws collections.collection_unknown */
export async function totalsOf(tx: Tx, collection_id: string): Promise<Totals> {
  const head = await readHead(tx, collection_id);
  if (!head) throw fault('collections.collection_unknown');
  const items = head.items.filter(isSummed);
  let sums = items.map((): Sum => ({ answered: 0, low: new Decimal(0), high: new Decimal(0) }));
  let units = 0;
  let after: string | undefined;
  do {
    const rows = await readAccepted(tx, { collection_id, limit: limits.page_rows, after });
    for (const { values } of rows) {
      sums = sums.map((sum, at) => addTo(sum, values[items[at]?.code ?? '']));
    }
    units += rows.length;
    after = rows.length === limits.page_rows ? rows.at(-1)?.unit : undefined;
  } while (after !== undefined);
  return {
    collection_id,
    units,
    items: items.map((item, at) => {
      const { answered, low, high } = sums[at] as Sum;
      return { ...item, answered, low: low.toFixed(), high: high.toFixed() };
    }),
  };
}
