import { type Product, packingOf, productsNamed } from '../../flows/commerce/index.ts';
import type { SheetPreview, SheetRow } from '../../flows/data/index.ts';
import { countStock, listPlaces, type Place, stockCount } from '../../flows/goods/index.ts';
import { Decimal, Fault, limits, type Tx } from '../../kernel/index.ts';
import type { SheetWork } from './effects.ts';
import { fault } from './faults.ts';

/** One count takes so many lines. */
const COUNT_LINES = 1_000;

type Row = { row: number; values: SheetRow<'stock'> };
type Counted = ReturnType<typeof stockCount.parse>['lines'][number];

/** Products by what a sheet calls them; the sender's own come before those of others. */
async function productFinder(tx: Tx, rows: readonly Row[]) {
  const distinct = (values: (string | null)[]) => [
    ...new Set(values.filter((one) => one !== null)),
  ];
  const codes = distinct(rows.map(({ values }) => values.code));
  const gtins = distinct(rows.map(({ values }) => values.gtin?.padStart(14, '0') ?? null));
  const products = await productsNamed(tx, { codes, gtins });
  return ({ values }: Row): Product => {
    const { code } = values;
    const gtin = values.gtin?.padStart(14, '0') ?? null;
    const named = products.filter((one) => (gtin === null ? one.code === code : one.gtin === gtin));
    const own = named.filter((one) => one.owner_id === tx.actor.party);
    const [found, second] = own.length > 0 ? own : named;
    if (!found) throw fault('trade.product_unknown', { code: code ?? gtin });
    if (second) throw fault('trade.product_unclear', { code: code ?? gtin });
    return found;
  };
}

function placeOf(places: readonly Place[], name: string | null): Place {
  const found = places.find((one) => [one.name_zh, one.name_en, one.gln].includes(name));
  if (!found) throw fault('trade.place_unknown', { name });
  return found;
}

type Packing = Awaited<ReturnType<typeof packingOf>>;

/** What was counted, in the unit that the product's stock is kept in. */
function countedLine({ row, values }: Row, product: Product, packing: Packing): Counted {
  const { unit, quantity, lot, best_before } = values;
  const pack = packing.get(product.id)?.find((one) => one.unit === unit);
  if (unit !== null && unit !== product.unit && !pack) {
    throw fault('trade.unit_differs', { line: row, unit, ordered: product.unit });
  }
  const counted = new Decimal(quantity ?? 0).times(pack?.base_quantity ?? 1).toFixed();
  return {
    product_id: product.id,
    product_name: product.name_zh,
    lot: lot ?? '',
    disposition: 'sellable_accessible',
    unit: product.unit,
    ...(best_before ? { best_before } : {}),
    counted,
  };
}

/** Two rows of one lot lie in two corners of one place: together they are what is there. */
function summed(lines: readonly Counted[]): Counted[] {
  const sums = new Map<string, Counted>();
  for (const line of lines) {
    const key = `${line.product_id}|${line.lot}`;
    const before = sums.get(key);
    const counted = new Decimal(before?.counted ?? 0).plus(line.counted).toFixed();
    sums.set(key, { ...before, ...line, counted });
  }
  return [...sums.values()];
}

/** A count that finds what the books say is done, with nothing to write. */
async function count(tx: Tx, place: Place, lines: readonly Counted[]): Promise<void> {
  try {
    const reason = '表格盘点 Count by sheet';
    await countStock(tx, place, stockCount.parse({ place_id: place.id, reason, lines }));
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'goods.nothing_changes') throw error;
  }
}

/**
 * A stock sheet counts: the rows of one place are one count. Rows that name no product or no place
 * fail by themselves.
 */
export async function stockWork(tx: Tx, preview: SheetPreview<'stock'>): Promise<SheetWork[]> {
  const find = await productFinder(tx, preview.good_rows);
  const { items: places } = await listPlaces(tx, {
    limit: limits.page_rows,
    owner_id: tx.actor.party,
  });
  const byPlace = Map.groupBy(preview.good_rows, ({ values }) => values.place);
  return [...byPlace].flatMap(([name, rows]) => {
    const works: SheetWork[] = [];
    const good: { row: Row; product: Product }[] = [];
    for (const row of rows) {
      try {
        placeOf(places, name);
        good.push({ row, product: find(row) });
      } catch (error) {
        works.push({ row: row.row, take: () => Promise.reject(error) });
      }
    }
    for (let at = 0; at < good.length; at += COUNT_LINES) {
      const part = good.slice(at, at + COUNT_LINES);
      works.push({
        row: part[0]?.row.row ?? 1,
        async take() {
          const place = placeOf(places, name);
          const packing = await packingOf(tx, [...new Set(part.map((one) => one.product.id))]);
          const lines = part.map(({ row, product }) => countedLine(row, product, packing));
          await count(tx, place, summed(lines));
          return { subject_id: place.id, orders: [], rows: part.length, notes: [] };
        },
      });
    }
    return works;
  });
}
