import type { Product } from '../flows/commerce/index.ts';
import { type Place, recordEvents } from '../flows/goods/index.ts';
import { addDays, dateInZone, offsetInZone, type Tx } from '../kernel/index.ts';
import { recordProduction } from '../services/stockroom/index.ts';
import { goodsSold } from './cast.ts';
import type { Lane } from './lane.ts';
import type { Shelf } from './shelf.ts';

const dayMs = 86_400_000;
const SHELF_LIFE_DAYS = 365;

/** What a carton takes of the maker's materials, by code, in the units in which they are bought. */
const dumplings = { 'MF-25': 0.16, 'ZX-01': 1, 'PM-01': 20 };
const tangyuan = { 'NM-25': 0.16, 'BT-50': 0.02, 'ZX-01': 1, 'PM-01': 16 };
const recipes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'SJ-PORK': { ...dumplings, 'PK-25': 0.09, 'PF-20': 0.03, 'BC-15': 0.2 },
  'SJ-CHIVE': { ...dumplings, 'JC-10': 0.3 },
  'SJ-SEA': { 'MF-10': 0.4, 'PW-25': 0.08, 'ZX-01': 1, 'PM-01': 20 },
  'TY-SESAME': { ...tangyuan, 'ZM-20': 0.06 },
  'TY-PEANUT': tangyuan,
  'ZZ-DATE': { 'NM-25': 0.14, 'BT-50': 0.01, 'ZX-01': 1, 'PM-01': 12 },
};

export type Kitchen = {
  maker: string;
  place: Place;
  zone: string;
  start: Date;
  days: number;
  /** How much of everything, against a chain of 24 dealers. */
  scale: number;
  /** The lane in which the materials come in: what is made waits for it. */
  buying: Lane;
  /** By code, and what lies there of them. */
  materials: ReadonlyMap<string, Product>;
  stores: Shelf;
};

type Batch = { product: Product; quantity: number; lot: string };

/** What lies in the stores of what these lots take; no more than there is. */
function drawMaterials(
  { maker, materials, stores }: Kitchen,
  { product, quantity }: Batch,
  at: Date,
) {
  return Object.entries(recipes[product.code] ?? {}).flatMap(([code, each]) => {
    const material = materials.get(code);
    if (!material) return [];
    const wanted = Math.max(1, Math.round(quantity * each));
    return stores.takeUpTo(maker, material.id, wanted, at).map(({ lot, quantity: drawn }) => ({
      ...{ product_id: material.id, lot, unit: material.unit, quantity: String(drawn) },
    }));
  });
}

/** Goods of which nobody tells what they were made of: before the play, or with empty stores. */
async function stockUp(tx: Tx, { place, zone }: Kitchen, batches: readonly Batch[]): Promise<void> {
  const best_before = addDays(dateInZone(tx.now, zone), SHELF_LIFE_DAYS);
  const items = batches.map(({ product, quantity, lot }) => ({
    ...{ product_id: product.id, product_name: product.name_zh, gtin: product.gtin, lot },
    ...{ best_before, quantity: String(quantity), unit: product.unit, sscc: null },
    disposition: 'sellable_accessible' as const,
  }));
  const event = {
    ...{ id: tx.newId(), at: tx.now, zone_offset: offsetInZone(tx.now, zone), items },
    ...{ owner_id: tx.actor.party, place_id: place.id, place_gln: place.gln, transactions: [] },
    ...{ source_id: null, destination_id: null, reason: null },
    step: 'commissioning' as const,
  };
  await recordEvents(tx, [event], []);
}

/** What the maker writes down at the end of a day: each batch with what it took. */
async function make(lane: Lane, kitchen: Kitchen, batches: readonly Batch[], at: Date) {
  const today = dateInZone(at.toISOString(), kitchen.zone);
  const place_id = kitchen.place.id;
  const drawn = batches.map((batch) => ({ batch, used: drawMaterials(kitchen, batch, at) }));
  const fromNothing = drawn.flatMap(({ batch, used }) => (used.length === 0 ? [batch] : []));
  await lane.as(kitchen.maker, async (tx) => {
    for (const { batch, used } of drawn) {
      if (used.length === 0) continue;
      const { product, quantity, lot } = batch;
      const best_before = addDays(today, SHELF_LIFE_DAYS);
      const made = [{ product_id: product.id, lot, quantity: String(quantity), best_before }];
      await recordProduction(tx, { place_id, order_number: `SC${lot}`, used, made });
    }
    if (fromNothing.length > 0) await stockUp(tx, kitchen, fromNothing);
  });
}

/** The maker's finished goods: made in lots every second day, a little more than is sold. */
export function planProduction(
  lane: Lane,
  kitchen: Kitchen,
  products: readonly Product[],
  shelf: Shelf,
): void {
  const { maker, place, start, days, scale, buying, zone } = kitchen;
  for (let day = 0; day < days; day += 2) {
    const at = new Date(start.getTime() + day * dayMs);
    lane.at(at, async () => {
      const today = dateInZone(at.toISOString(), zone);
      const batches = products.map((product, i): Batch => {
        const season = goodsSold[i]?.season[at.getUTCMonth()] ?? 1;
        const first = day === 0 ? 6 : 1;
        const quantity = Math.round(lane.dice.between(420, 560) * season * scale * first);
        return { product, quantity, lot: `SN${today.replaceAll('-', '').slice(2)}${i + 1}` };
      });
      if (day === 0) await lane.as(maker, (tx) => stockUp(tx, kitchen, batches));
      else {
        await buying.past(at);
        await make(lane, kitchen, batches, at);
      }
      for (const { product, quantity, lot } of batches) {
        shelf.put(maker, place.id, product.id, lot, quantity, at);
      }
    });
  }
}
