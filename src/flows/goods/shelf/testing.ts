import { documentOf, openRepository } from '../binding/testing.ts';
import { judgeEpcis } from '../epcis/read.ts';
import type { Place } from '../index.ts';
import { addPlace } from '../places.ts';
import { captureDocument } from '../repository/captures.ts';
import { listStock } from '../stock.ts';
import { changeKeeping } from './keeping.ts';
import type { Catalogue, CatalogueProduct } from './names.ts';

export const gtin = '06901234000016';
export const gln = '6901234000009';
export const dock = `https://id.gs1.org/414/${gln}`;
export const lotOf = (lot: string) => `https://id.gs1.org/01/${gtin}/10/${lot}`;
export const dumplings = '00000000-0000-7000-8000-00000000d0d0';

/** A catalogue that can be written in: what it does not have, no event can name. */
export function openCatalogue() {
  const products: CatalogueProduct[] = [];
  const catalogue: Catalogue = async (_tx, { gtins, ids }) =>
    products.filter((one) => gtins.includes(one.gtin ?? '') || ids.includes(one.id));
  const list = (more: Partial<CatalogueProduct> = {}) =>
    products.push({
      ...{ id: dumplings, owner_id: '', gtin, name: '水饺', unit: 'KGM' },
      packing: [{ unit: 'CT', base_quantity: '10' }],
      ...more,
    });
  return { catalogue, list, products };
}

let serial = 0;
/** An event in a warehouse, at a minute of one morning. */
export function warehouseEvent(minute: number, bizStep: string, more: object = {}) {
  serial += 1;
  const at = new Date(Date.UTC(2026, 2, 2, 2, 0, 0) + minute * 60_000).toISOString();
  return {
    type: 'ObjectEvent',
    eventID: `urn:uuid:wms-${serial}`,
    eventTime: at,
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep,
    readPoint: { id: dock },
    bizLocation: { id: dock },
    ...more,
  };
}
export const kilos = (lot: string, quantity: number, uom = 'KGM') => ({
  quantityList: [{ epcClass: lotOf(lot), quantity, uom }],
});
export const declaredWrong = <Event extends object>(event: Event) => ({
  ...event,
  errorDeclaration: { declarationTime: '2026-03-02T09:00:00Z', reason: 'did_not_occur' },
});

/** A firm with a place whose stock its own events move. */
export async function openWarehouse() {
  const { catalogue, list, products } = openCatalogue();
  list();
  const repository = await openRepository({ maker: 'supplier', rival: 'core' }, catalogue);
  const { as } = repository;
  const place: Place = await as('maker', (tx) =>
    addPlace(tx, { name_zh: '一号冷库', kind: 'cold_store', gln }),
  );
  const keep = (kept_by: 'platform' | 'events') =>
    as('maker', (tx) =>
      changeKeeping(tx, place.id, { kept_by, reason: '上线仓库系统' }, catalogue),
    );
  const capture = (events: readonly object[], who: 'maker' | 'rival' = 'maker') =>
    as(who, (tx) =>
      captureDocument(tx, judgeEpcis(Buffer.from(documentOf(events))), 'rollback', catalogue),
    );
  const stock = (who: 'maker' | 'rival' = 'maker') =>
    as(who, async (tx) =>
      (await listStock(tx, { limit: 200 })).items
        .map((row) => `${row.lot} ${row.disposition} ${Number(row.quantity)}`)
        .sort(),
    );
  return { ...repository, catalogue, list, products, place, keep, capture, stock };
}
