import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../../kernel/index.ts';
import { documentOf } from '../binding/testing.ts';
import { judgeEpcis } from '../epcis/read.ts';
import { reconcileStock } from '../reconciliation.ts';
import { captureDocument } from '../repository/captures.ts';
import { rebuildFromEvents } from './rebuilding.ts';
import { declaredWrong, dumplings, kilos, openWarehouse, warehouseEvent } from './testing.ts';
import { sayNames } from './unknown.ts';

let house: Awaited<ReturnType<typeof openWarehouse>>;
beforeAll(async () => {
  house = await openWarehouse();
  await house.keep('events');
});
afterAll(() => house.close());

const rebuild = (told?: () => void) => rebuildFromEvents((work) => house.as('maker', work), told);
const damage = (text: string) => house.test.store.database.owner.query(text);
const ofLot = (lot: string, rows: readonly string[]) => rows.filter((row) => row.startsWith(lot));

/** Captures in a transaction that is not yet at its end when this returns. */
async function captureSlowly(events: readonly object[]) {
  const captured = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const ended = house.as('maker', async (tx: Tx) => {
    const judged = judgeEpcis(Buffer.from(documentOf(events)));
    await captureDocument(tx, judged, 'rollback', house.catalogue);
    await tx.settle();
    captured.resolve();
    await released.promise;
  });
  await captured.promise;
  return { release: () => released.resolve(), ended };
}

test('a rebuild puts right what is not as the events say, and leaves the rest alone', async () => {
  const wrong = warehouseEvent(4, 'receiving', kilos('D', 9));
  await house.capture([
    warehouseEvent(1, 'receiving', kilos('A', 100)),
    warehouseEvent(2, 'shipping', kilos('A', 30)),
    warehouseEvent(1, 'receiving', kilos('B', 12)),
    warehouseEvent(2, 'cycle_counting', kilos('B', 11)),
    warehouseEvent(3, 'shipping', kilos('B', 15)),
    warehouseEvent(1, 'receiving', kilos('C', 7)),
    wrong,
  ]);
  await house.capture([declaredWrong(wrong)]);
  const before = await house.stock();
  expect(await rebuild()).toEqual({ events: 7, entries: 0, rows: 0 });

  await damage(`delete from stock_movement where lot = 'A' and quantity < 0`);
  await damage(`update stock_movement set quantity = 10 where lot = 'B' and kind = 'counted'`);
  await damage(`update stock_movement set voided_by = null where lot = 'D'`);
  await damage(`delete from stock where lot = 'C'`);
  await damage(`update stock set quantity = 5 where lot = 'D'`);
  // What A lacked is added to its row, which had counted it all the while.
  expect(await rebuild()).toEqual({ events: 7, entries: 3, rows: 1 });
  expect(await house.stock()).toEqual(before);

  await damage(`update stock set quantity = quantity + 1 where lot in ('A', 'C')`);
  expect(await rebuild()).toEqual({ events: 7, entries: 0, rows: 2 });
  expect(await house.stock()).toEqual(before);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});

test('what is declared wrong while a rebuild is at work counts no more', async () => {
  const event = warehouseEvent(5, 'receiving', kilos('V', 40));
  await house.capture([event]);
  await damage(`delete from stock_movement where lot = 'V'`);
  const declaring = await captureSlowly([declaredWrong(event)]);
  await rebuild(declaring.release);
  await declaring.ended;
  expect(ofLot('V', await house.stock())).toEqual([]);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});

test('goods that are named while an event of theirs is being captured do not wait on', async () => {
  const name = 'https://id.gs1.org/01/06901234000023';
  const goods = { epcClass: `${name}/10/N`, quantity: 3, uom: 'KGM' };
  const capturing = await captureSlowly([
    warehouseEvent(6, 'receiving', { quantityList: [goods] }),
  ]);
  const known = { product_id: dumplings, product_name: '水饺', unit: 'KGM', packing: [] };
  const naming = house.as('maker', (tx) => sayNames(tx, [{ name, ...known }]));
  await Promise.race([naming, pause(200)]);
  capturing.release();
  await Promise.all([capturing.ended, naming]);
  expect(ofLot('N', await house.stock())).toEqual(['N sellable_accessible 3']);
});

test('what is declared wrong as the name that it waits for is learnt counts no more', async () => {
  const strange = '06901234000030';
  const goods = (lot: string, quantity: number) => ({
    quantityList: [
      { epcClass: `https://id.gs1.org/01/${strange}/10/${lot}`, quantity, uom: 'KGM' },
    ],
  });
  const waiting = warehouseEvent(7, 'receiving', goods('W', 5));
  await house.capture([waiting]);
  house.list({ id: '00000000-0000-7000-8000-00000000d0d1', gtin: strange });
  // The first event behind the catalogue's entry learns the name, and enters what waited for it.
  const learning = await captureSlowly([warehouseEvent(8, 'receiving', goods('X', 2))]);
  const declaring = house.capture([declaredWrong(waiting)]);
  await Promise.race([declaring, pause(200)]);
  learning.release();
  await Promise.all([learning.ended, declaring]);
  const rows = await house.stock();
  expect(ofLot('X', rows)).toEqual(['X sellable_accessible 2']);
  expect(ofLot('W', rows)).toEqual([]);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});
