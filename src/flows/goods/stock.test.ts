import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import type { BusinessStep, EventItem } from './events.ts';
import { heldSettlement, holdStock, holdsFirst, settleHeldStock } from './held-stock.ts';
import { goods } from './index.ts';
import { proposePicking } from './picking.ts';
import { addPlace, type Place } from './places.ts';
import { reconcileStock } from './reconciliation.ts';
import { countStock, listStock, recordEvents, stockCount, sumMovements } from './stock.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore([goods]);
});
afterAll(() => opened.close());

const product_id = '00000000-0000-7000-8000-00000000d0d0';

async function openStore() {
  const { as, parties } = await openTestChain(opened.store, { maker: 'core', dealer: 'dealer' });
  const place = await as('maker', (tx) =>
    addPlace(tx, { name_zh: '一号冷库', kind: 'cold_store' }),
  );
  const move = (tx: Tx, step: BusinessStep, items: Partial<EventItem>[], reason?: string) =>
    recordEvents(
      tx,
      [
        {
          id: tx.newId(),
          step,
          at: tx.now,
          zone_offset: '+08:00',
          owner_id: tx.actor.party,
          place_id: place.id,
          place_gln: null,
          transactions: [],
          source_id: null,
          destination_id: null,
          reason: reason ?? null,
          items: items.map((item) => ({
            product_id,
            product_name: '水饺',
            gtin: null,
            lot: 'A',
            best_before: null,
            quantity: '1',
            unit: 'CT',
            disposition: 'sellable_accessible',
            sscc: null,
            ...item,
          })),
        },
      ],
      [],
    );
  return { as, parties, place, move };
}

const total = async (tx: Tx) =>
  (await listStock(tx, { limit: 200 })).items.map((row) => `${row.lot}:${Number(row.quantity)}`);

test('goods come in and leave; the shelf never goes below zero without a reason', async () => {
  const { as, move } = await openStore();
  await as('maker', (tx) => move(tx, 'receiving', [{ quantity: '100' }]));
  await as('maker', (tx) => move(tx, 'shipping', [{ quantity: '30' }, { quantity: '20' }]));
  expect(await as('maker', total)).toEqual(['A:50']);
  await expect(
    as('maker', (tx) => move(tx, 'shipping', [{ quantity: '50.5' }])),
  ).rejects.toMatchObject({ code: 'goods.stock_short' });
  expect(await as('maker', total)).toEqual(['A:50']);
  await as('maker', (tx) => move(tx, 'shipping', [{ quantity: '60' }], '实物先出,入库单后补'));
  expect(await as('maker', total)).toEqual(['A:-10']);
  expect(await as('maker', reconcileStock)).toEqual([]);
});

test('the oldest lots are proposed first, and those too old are named', async () => {
  const { as, move, place } = await openStore();
  await as('maker', (tx) =>
    move(tx, 'receiving', [
      { lot: 'LATE', best_before: '2026-12-01', quantity: '10' },
      { lot: 'SOON', best_before: '2026-05-01', quantity: '10' },
      { lot: 'OLD', best_before: '2026-03-10', quantity: '10' },
      { lot: 'NONE', quantity: '10' },
    ]),
  );
  const found = await as('maker', (tx) =>
    proposePicking(tx, {
      place_id: place.id,
      product_id,
      unit: 'CT',
      quantity: '35',
      days_left_min: 30,
    }),
  );
  expect(found.lots.map((lot) => [lot.lot, lot.quantity])).toEqual([
    ['SOON', '10'],
    ['LATE', '10'],
    ['NONE', '10'],
  ]);
  expect(found).toMatchObject({ missing: '5', too_old: ['OLD'] });
});

test('a count wins over the books and leaves its reason', async () => {
  const { as, move, place } = await openStore();
  await as('maker', (tx) => move(tx, 'receiving', [{ quantity: '10' }]));
  const count = (counted: string) =>
    as('maker', (tx) =>
      countStock(
        tx,
        place as Place,
        stockCount.parse({
          place_id: place.id,
          reason: '月末盘点',
          lines: [{ product_id, product_name: '水饺', lot: 'A', unit: 'CT', counted }],
        }),
      ),
    );
  await count('7');
  expect(await as('maker', total)).toEqual(['A:7']);
  await expect(count('7')).rejects.toMatchObject({ code: 'goods.nothing_changes' });
  expect(await as('maker', reconcileStock)).toEqual([]);
});

test('another party sees none of it', async () => {
  const { as, move } = await openStore();
  await as('maker', (tx) => move(tx, 'receiving', [{ quantity: '10' }]));
  expect(await as('dealer', total)).toEqual([]);
});

test('whatever happens, stock is the sum of its events', async () => {
  const { as, move } = await openStore();
  const step = fc.constantFrom<BusinessStep>('receiving', 'shipping', 'returning');
  const item = fc.record({
    lot: fc.constantFrom('A', 'B'),
    quantity: fc.integer({ min: 1, max: 40 }).map((n) => (n / 4).toString()),
  });
  const event = fc.record({ step, items: fc.array(item, { minLength: 1, maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
      for (const { step, items } of events) {
        await as('maker', (tx) => move(tx, step, items)).catch((error) => {
          expect(error).toMatchObject({ code: 'goods.stock_short' });
        });
      }
      expect(await as('maker', reconcileStock)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test('a lot is counted in one line, not in two', async () => {
  const { as, place } = await openStore();
  const line = { product_id, product_name: '水饺', lot: 'A', unit: 'CT', counted: '10' };
  const count = (lines: (typeof line)[]) =>
    as('maker', (tx) =>
      countStock(tx, place, stockCount.parse({ place_id: place.id, reason: '月末', lines })),
    );
  await count([{ ...line, counted: '15' }]);
  await expect(count([line, line])).rejects.toMatchObject({ code: 'goods.counted_twice' });
});

test('a recalled lot is held where it lies, and none is sold until that is settled', async () => {
  const { as, place, move } = await openStore();
  await as('maker', (tx) =>
    move(tx, 'receiving', [
      { quantity: '60' },
      { quantity: '8', disposition: 'damaged' },
      { lot: 'B' },
    ]),
  );
  const asked = {
    lots: [{ product_id, lot: 'A' }],
    gtins: new Map([[product_id, '09506000134352']]),
    reason: '异物',
    subject: place.id,
  };
  const held = await as('maker', (tx) => holdStock(tx, asked));
  // What is damaged is out of sale already; a release must not bring it into sale.
  expect(held.map(({ lot, quantity }) => `${lot}:${Number(quantity)}`)).toEqual(['A:60']);
  expect(await as('maker', (tx) => holdStock(tx, asked))).toEqual([]);
  await expect(as('maker', (tx) => move(tx, 'shipping', [{}]))).rejects.toMatchObject({
    code: 'goods.stock_short',
  });
  const picked = await as('maker', (tx) =>
    proposePicking(tx, {
      ...{ place_id: place.id, product_id, unit: 'CT', quantity: '5', days_left_min: 0 },
    }),
  );
  expect(picked.lots.map(({ lot }) => lot)).toEqual(['B']);

  const settle = (outcome: 'released' | 'destroyed', quantity: string) =>
    as('maker', (tx) =>
      settleHeldStock(
        tx,
        heldSettlement.parse({
          ...{ place_id: place.id, outcome, reason: '复检' },
          lines: [{ product_id, lot: 'A', unit: 'CT', quantity }],
        }),
        asked.gtins,
      ),
    );
  await settle('destroyed', '40');
  await settle('released', '20');
  await expect(settle('released', '1')).rejects.toMatchObject({ code: 'goods.not_held' });
  expect(await as('maker', total)).toEqual(['A:8', 'A:20', 'B:1']);
  expect(await as('maker', reconcileStock)).toEqual([]);
});

test('what is on hold goes back first, and goes back though it cannot be sold', async () => {
  const { as, place, move } = await openStore();
  await as('maker', (tx) => move(tx, 'receiving', [{ quantity: '60' }]));
  const asked = {
    lots: [{ product_id, lot: 'A' }],
    gtins: new Map(),
    reason: '召回',
    subject: place.id,
  };
  await as('maker', (tx) => holdStock(tx, asked));
  await as('maker', (tx) => move(tx, 'receiving', [{ quantity: '15' }]));
  const shared = { product_id, product_name: '水饺', gtin: null, best_before: null, sscc: null };
  const back = (quantity: string): EventItem => ({
    ...{ ...shared, lot: 'A', unit: 'CT', disposition: 'sellable_accessible', quantity },
  });
  await as('maker', async (tx) => {
    const items = await holdsFirst(tx, place.id, [back('50'), back('20')]);
    expect(items.map((one) => `${one.disposition}:${Number(one.quantity)}`)).toEqual([
      ...['recalled:50', 'recalled:10', 'sellable_accessible:10'],
    ]);
    await move(tx, 'shipping', items);
  });
  expect(await as('maker', total)).toEqual(['A:5']);
  expect(await as('maker', reconcileStock)).toEqual([]);
});

test('commands lock lots in one order: L1 before L10, as the database has it', async () => {
  const { as, place, move } = await openStore();
  const lots = ['L10', 'L1', 'l1', 'L2', '批1', 'L1-a'];
  await as('maker', (tx) =>
    move(
      tx,
      'receiving',
      lots.map((lot) => ({ lot })),
    ),
  );
  const held = await as('maker', (tx) =>
    holdStock(tx, {
      ...{ lots: lots.map((lot) => ({ product_id, lot })), gtins: new Map() },
      ...{ reason: '复检', subject: place.id },
    }),
  );
  const key = { owner_id: place.owner_id, place_id: place.id, product_id, unit: 'CT' };
  const rest = { product_name: '水饺', best_before: null, quantity: '1' };
  const moves = lots.map((lot) => ({ ...key, ...rest, lot, disposition: 'damaged' as const }));
  expect(sumMovements(moves).map(({ lot }) => lot)).toEqual(held.map(({ lot }) => lot));
  expect(held[0]?.lot).toBe('L1');
});
