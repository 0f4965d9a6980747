import { sql } from 'kysely';
import { z } from 'zod';
import { convertQuantity, Decimal, findUnit, type Tx } from '../../../kernel/index.ts';
import { canonicalIdentity, readIdentity } from '../epcis/identity/identity.ts';

/** A product as its catalogue has it: one `unit` of `packing` holds so many of its own units. */
export type CatalogueProduct = {
  id: string;
  owner_id: string;
  gtin: string | null;
  name: string;
  unit: string;
  packing: readonly { unit: string; base_quantity: string }[];
};

/**
 * Asks a catalogue for products by GTIN (14 digits) or by id. Goods know no catalogue: whoever
 * composes the two brings it along.
 */
export type Catalogue = (
  tx: Tx,
  names: { gtins: readonly string[]; ids: readonly string[] },
) => Promise<CatalogueProduct[]>;

/** What an item of an event is called without its lot and serial number; `thing`: it had one. */
export type ItemName = {
  name: string;
  lot: string;
  kind: 'goods' | 'container';
  thing?: true;
};

const OF_PRODUCT = /^(urn:uuid:[0-9a-f-]{36})(?:\?lot=(.*))?$/;
const MOST_LOT = 20;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads an item's name: of a GTIN its lot stands apart, and an SSCC is no goods but holds some. */
export function nameOfItem(item: string): ItemName {
  const identity = readIdentity(item);
  if (identity?.ok) {
    const { key, value, qualifiers } = identity.value;
    if (key === '00') return { name: canonicalIdentity(item), lot: '', kind: 'container' };
    if (key === '01') {
      const of = (qualifier: string) => qualifiers.find(([one]) => one === qualifier)?.[1];
      const thing = of('21') === undefined ? {} : { thing: true as const };
      return {
        name: `https://id.gs1.org/01/${value}`,
        lot: of('10') ?? '',
        kind: 'goods',
        ...thing,
      };
    }
  }
  const [, product, lot = ''] = OF_PRODUCT.exec(item) ?? [];
  // Our own class of goods without a GTIN; see `epcClass`.
  if (product !== undefined && decoded(lot).length <= MOST_LOT) {
    return { name: product, lot: decoded(lot), kind: 'goods' };
  }
  return { name: canonicalIdentity(item), lot: '', kind: 'goods' };
}

/** Whether an item is a container, without reading the names of goods, of which there are more. */
export const isContainer = (item: string): boolean =>
  /\/(?:00|sscc)\/|:sscc:/i.test(item) && nameOfItem(item).kind === 'container';

/** What a name stands for; without a product it is none of the owner's goods. */
export type StockName = {
  name: string;
  product_id: string | null;
  product_name: string | null;
  unit: string | null;
  packing: CatalogueProduct['packing'];
};

const packingForm = z.array(z.object({ unit: z.string(), base_quantity: z.string() }));

/** The names among these that the actor has, locked against nobody. */
export async function findNames(tx: Tx, names: readonly string[]): Promise<Map<string, StockName>> {
  if (names.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('stock_name')
    .select(['name', 'product_id', 'product_name', 'unit', 'packing'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where(sql<boolean>`name = any(${names}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [row.name, { ...row, packing: packingForm.parse(row.packing) }]),
  );
}

const GTIN = /^https:\/\/id\.gs1\.org\/01\/(\d{14})$/;
const PRODUCT = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** So many names a catalogue is asked for at once. */
const NAMES_OF_QUESTION = 200;

/** What names are, where a catalogue has one product for each; own ones before those of others. */
export async function lookUpNames(
  tx: Tx,
  catalogue: Catalogue,
  names: readonly string[],
): Promise<StockName[]> {
  const found: StockName[] = [];
  for (let at = 0; at < names.length; at += NAMES_OF_QUESTION) {
    found.push(...(await lookUpSome(tx, catalogue, names.slice(at, at + NAMES_OF_QUESTION))));
  }
  return found;
}

async function lookUpSome(
  tx: Tx,
  catalogue: Catalogue,
  names: readonly string[],
): Promise<StockName[]> {
  const gtins = names.flatMap((name) => GTIN.exec(name)?.[1] ?? []);
  const ids = names.flatMap((name) => PRODUCT.exec(name)?.[1] ?? []);
  if (gtins.length + ids.length === 0) return [];
  const products = await catalogue(tx, { gtins, ids });
  return names.flatMap((name) => {
    const gtin = GTIN.exec(name)?.[1];
    const id = PRODUCT.exec(name)?.[1];
    const found = products.filter((one) =>
      gtin === undefined ? one.id === id : one.gtin === gtin,
    );
    const own = found.filter(({ owner_id }) => owner_id === tx.actor.party);
    const [only, second] = own.length > 0 ? own : found;
    return only === undefined || second !== undefined ? [] : [nameOf(name, only)];
  });
}

export const nameOf = (name: string, { id, unit, packing, ...product }: CatalogueProduct) => ({
  ...{ name, product_id: id, product_name: product.name, unit, packing },
});

/** Keeps what names stand for; one that is known already is said anew. */
export function keepNames(tx: Tx, names: readonly StockName[]): void {
  if (names.length === 0) return;
  const rows = names
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((one) => ({
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      said_at: tx.now,
      ...one,
      packing: JSON.stringify(one.packing),
    }));
  tx.write(
    tx.db
      .insertInto('stock_name')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['chain_id', 'owner_id', 'name']).doUpdateSet(({ ref }) => ({
          product_id: ref('excluded.product_id'),
          product_name: ref('excluded.product_name'),
          unit: ref('excluded.unit'),
          packing: ref('excluded.packing'),
          said_at: ref('excluded.said_at'),
        })),
      ),
  );
}

/** Calls the actor's goods of a product by its new name, here and in events to come. */
export function renameGoods(tx: Tx, product_id: string, product_name: string): void {
  for (const table of ['stock', 'stock_name'] as const) {
    tx.write(
      tx.db
        .updateTable(table)
        .set({ product_name })
        .where('chain_id', '=', tx.chain)
        .where('owner_id', '=', tx.actor.party)
        .where('product_id', '=', product_id),
    );
  }
}

/** Stock and its sums are written with ten decimals. */
const PLACES = 10;
const dimension = (unit: string) => findUnit(unit)?.dimension;

/**
 * A quantity in the unit that the product's stock is kept in, or undefined where nobody has said
 * how many of the one make the other. Without a unit it counts trade items (EPCIS 2.0, 7.3.3.3):
 * of goods that are kept by the piece or the package, each is one.
 */
export function inStockUnit(
  { unit, packing }: Pick<StockName, 'unit' | 'packing'>,
  quantity: string,
  uom: string | null,
): string | undefined {
  if (unit === null) return undefined;
  const plain = (value: string | Decimal) => new Decimal(value).toDecimalPlaces(PLACES).toFixed();
  if (uom === unit) return plain(quantity);
  const pack = packing.find((one) => one.unit === uom);
  if (pack) return plain(new Decimal(quantity).times(pack.base_quantity));
  const kept = dimension(unit);
  if (uom === null) {
    return kept === 'count' || kept === 'package' ? plain(quantity) : undefined;
  }
  if (kept === 'package' && dimension(uom) === 'count') {
    const pieces = convertQuantity(quantity, uom, 'C62');
    return pieces === undefined ? undefined : plain(pieces);
  }
  const converted = convertQuantity(quantity, uom, unit);
  return converted === undefined ? undefined : plain(converted);
}
