import { afterAll, beforeAll, expect, test } from 'vitest';
import { countStock, stockCount } from '../stock.ts';
import { findPartings } from './partings.ts';
import { declaredWrong, dumplings, kilos, openWarehouse, warehouseEvent } from './testing.ts';
import { listThread, rowQuery } from './thread.ts';

let house: Awaited<ReturnType<typeof openWarehouse>>;
beforeAll(async () => {
  house = await openWarehouse();
  await house.keep('events');
});
afterAll(() => house.close());

const rowOf = (lot: string) =>
  rowQuery.parse({ place_id: house.place.id, product_id: dumplings, lot, unit: 'KGM' });
const partings = (lot: string) => house.as('maker', (tx) => findPartings(tx, rowOf(lot)));
const thread = (lot: string, limit = 50) =>
  house.as('maker', (tx) => listThread(tx, { limit, ...rowOf(lot) }));
const desadv = (number: string) => ({
  bizTransactionList: [{ type: 'desadv', bizTransaction: `urn:x:desadv:${number}` }],
});

test('a row reads like a bank statement: each event, and what was there after it', async () => {
  await house.capture([
    warehouseEvent(1, 'receiving', kilos('T', 100)),
    warehouseEvent(2, 'shipping', { ...kilos('T', 30), ...desadv('1') }),
    warehouseEvent(3, 'cycle_counting', kilos('T', 68)),
    warehouseEvent(4, 'shipping', kilos('T', 8)),
  ]);
  const { items } = await thread('T');
  const told = items.map((one) => [one.step, one.quantity, one.balance, one.parting]);
  expect(told).toEqual([
    ['shipping', '-8', '60', null],
    ['cycle_counting', '68', '68', '-2'],
    ['shipping', '-30', '70', null],
    ['receiving', '100', '100', null],
  ]);
  expect(items[2]?.document).toBe('urn:x:desadv:1');
  // Page by page the balance is the same as in one.
  const paged = [];
  let after: string | undefined;
  do {
    const page = await house.as('maker', (tx) =>
      listThread(tx, { limit: 1, ...rowOf('T'), ...(after ? { after } : {}) }),
    );
    paged.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  expect(paged).toEqual(items);
  const others = await house.as('rival', (tx) => listThread(tx, { limit: 50, ...rowOf('T') }));
  expect(others.items).toEqual([]);
  const theirs = await house.as('rival', (tx) => findPartings(tx, rowOf('T')));
  expect(theirs).toMatchObject({ since: null, quantity: '0', partings: [] });
});

test('the receiver recorded less than was shipped, which accounts for the count', async () => {
  const { maker, rival } = house.parties;
  const sides = {
    sourceList: [{ type: 'owning_party', source: `urn:uuid:${maker.id}` }],
    destinationList: [{ type: 'owning_party', destination: `urn:uuid:${rival.id}` }],
  };
  const sent = (minute: number, number: string, quantity: number) =>
    warehouseEvent(minute, 'shipping', { ...kilos('S', quantity), ...desadv(number), ...sides });
  await house.capture([
    warehouseEvent(1, 'receiving', kilos('S', 500)),
    warehouseEvent(60, 'cycle_counting', kilos('S', 500)),
    sent(100, 'S1', 40),
    sent(160, 'S2', 60),
    sent(220, 'S3', 25),
    warehouseEvent(300, 'cycle_counting', kilos('S', 385)),
  ]);
  const got = (minute: number, number: string, quantity: number) => ({
    ...warehouseEvent(minute, 'receiving', {
      ...kilos('S', quantity),
      ...desadv(number),
      ...sides,
    }),
    readPoint: { id: 'urn:rival:door' },
    bizLocation: { id: 'urn:rival:door' },
  });
  await house.capture([got(200, 'S1', 40), got(210, 'S2', 50)], 'rival');
  const found = await partings('S');
  expect(found).toMatchObject({ counts: 2, agreed: 1 });
  expect(found.partings).toMatchObject([
    {
      from: { balance: '500' },
      to: { counted: '385' },
      ...{ expected: '375', difference: '10', events: 3 },
      suspects: [{ why: 'other_side_differs', explains: true, quantity: '-60' }],
    },
  ]);
  const [one] = found.partings[0]?.suspects ?? [];
  expect(one?.en).toBe('60 were shipped here; the receiver recorded 50.');
});

test('told twice, voided after the count, late, below zero: each with its reason', async () => {
  const why = async (lot: string) =>
    (await partings(lot)).partings.map(({ suspects }) =>
      suspects.map((one) => `${one.why}${one.explains ? '!' : ''}`),
    );
  await house.capture([
    warehouseEvent(1, 'receiving', kilos('D', 100)),
    warehouseEvent(90, 'shipping', { ...kilos('D', 20), ...desadv('D') }),
    warehouseEvent(95, 'shipping', { ...kilos('D', 20), ...desadv('D') }),
    warehouseEvent(200, 'stock_taking', kilos('D', 80)),
  ]);
  expect(await why('D')).toEqual([['looks_twice!', 'other_side_silent']]);

  const taken = warehouseEvent(100, 'retail_selling', kilos('V', 15));
  await house.capture([
    warehouseEvent(1, 'receiving', kilos('V', 100)),
    taken,
    warehouseEvent(200, 'cycle_counting', kilos('V', 85)),
  ]);
  expect(await why('V')).toEqual([]);
  const { test: opened } = house;
  opened.clock.set(new Date('2026-03-02T12:00:00Z'));
  await house.capture([declaredWrong(taken)]);
  expect((await why('V'))[0]?.[0]).toBe('voided_after!');

  await house.capture([warehouseEvent(50, 'retail_selling', kilos('D', 7))]);
  expect((await why('D'))[0]).toContain('recorded_late');
  expect((await thread('D')).items.filter(({ is_late }) => is_late)).toHaveLength(1);

  await house.capture([
    warehouseEvent(1, 'receiving', kilos('N', 10)),
    warehouseEvent(5, 'shipping', kilos('N', 25)),
  ]);
  const [below] = (await partings('N')).partings;
  expect(below).toMatchObject({ to: null, expected: '-15', difference: null });
  expect(below?.suspects[0]?.why).toBe('below_zero');
});

test('a count by hand at a place that is kept by events says what was there', async () => {
  const count = (counted: string) =>
    house.as('maker', (tx) =>
      countStock(
        tx,
        house.place,
        stockCount.parse({
          place_id: house.place.id,
          reason: '抽盘',
          lines: [{ product_id: dumplings, product_name: '水饺', lot: 'H', unit: 'KGM', counted }],
        }),
      ),
    );
  await house.capture([warehouseEvent(1, 'receiving', kilos('H', 50))]);
  expect(await count('50')).toMatchObject({ changed: 0 });
  expect(await partings('H')).toMatchObject({ counts: 1, agreed: 1, partings: [] });
  // What the warehouse tells later of before changes what the count should have found.
  await house.capture([warehouseEvent(2, 'shipping', kilos('H', 5))]);
  expect(await partings('H')).toMatchObject({
    quantity: '50',
    partings: [{ expected: '45', difference: '5' }],
  });
});
