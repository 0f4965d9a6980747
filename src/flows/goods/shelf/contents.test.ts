import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../../kernel/index.ts';
import { reconcileStock } from '../reconciliation.ts';
import { rebuildFromEvents } from './rebuilding.ts';
import { declaredWrong, kilos, lotOf, openWarehouse, warehouseEvent } from './testing.ts';
import { listUnknown, settlePacked } from './unknown.ts';

let house: Awaited<ReturnType<typeof openWarehouse>>;
beforeAll(async () => {
  house = await openWarehouse();
  await house.keep('events');
});
afterAll(() => house.close());

let serial = 0;
const check = (body: string) => {
  const sum = [...body].reduce((so_far, digit, at) => so_far + Number(digit) * (at % 2 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
};
/** A pallet that no test has used before. */
function pallet(): string {
  serial += 1;
  return `https://id.gs1.org/00/${check(`06901234${String(serial).padStart(9, '0')}`)}`;
}

const alone = (minute: number, step: string, ...pallets: string[]) =>
  warehouseEvent(minute, step, { epcList: pallets });
const packing = (minute: number, action: string, parentID: string, more: object) =>
  warehouseEvent(minute, action === 'ADD' ? 'packing' : 'unpacking', {
    ...{ type: 'AggregationEvent', action, parentID, ...more },
  });
const lots = (...all: [lot: string, quantity: number][]) => ({
  childQuantityList: all.map(([lot, quantity]) => ({ epcClass: lotOf(lot), quantity, uom: 'KGM' })),
});

const lookInto = (tx: Tx) => settlePacked(tx, house.catalogue);
const waiting = async () =>
  (await house.as('maker', (tx) => listUnknown(tx, { limit: 200 }))).items.map(
    ({ what, name }) => `${what} ${name}`,
  );
/** What lies there of the lots whose names begin so. */
const lying = async (of: string) =>
  (await house.stock()).filter((row) => row.startsWith(of)).map((row) => row.replace(/ .* /, ' '));
const stocked = (...all: [lot: string, quantity: number][]) =>
  all.map(([lot, quantity]) => warehouseEvent(1, 'receiving', kilos(lot, quantity)));

test('A pallet that goes out by its number alone takes with it what was packed on it', async () => {
  const one = pallet();
  await house.capture([
    ...stocked(['A1', 100], ['A2', 50]),
    alone(2, 'commissioning', one),
    packing(3, 'ADD', one, lots(['A1', 60], ['A2', 40])),
    packing(4, 'DELETE', one, lots(['A1', 10])),
    alone(5, 'shipping', one),
    packing(6, 'ADD', one, lots(['A1', 5])),
  ]);
  expect(await lying('A')).toEqual(['A1 50', 'A2 10']);
  expect(await waiting()).toEqual([]);
});

test('Giving a pallet its number, and taking it away, moves nothing', async () => {
  const one = pallet();
  await house.capture([
    ...stocked(['B1', 10]),
    warehouseEvent(2, 'commissioning', { epcList: [one], action: 'ADD' }),
    packing(3, 'ADD', one, lots(['B1', 10])),
    packing(4, 'DELETE', one, {}),
    warehouseEvent(5, 'decommissioning', { epcList: [one], action: 'DELETE' }),
  ]);
  expect(await lying('B')).toEqual(['B1 10']);
  expect(await waiting()).toEqual([]);
});

test('What is destroyed with its pallet is gone', async () => {
  const one = pallet();
  await house.capture([
    ...stocked(['C1', 10]),
    packing(3, 'ADD', one, lots(['C1', 4])),
    warehouseEvent(5, 'destroying', { epcList: [one], action: 'DELETE' }),
  ]);
  expect(await lying('C')).toEqual(['C1 6']);
});

test('A packing told late moves what went out; declared wrong, it brings it back', async () => {
  const one = pallet();
  const packed = packing(3, 'ADD', one, lots(['D1', 30]));
  await house.capture([...stocked(['D1', 100]), alone(5, 'shipping', one)]);
  expect(await lying('D')).toEqual(['D1 100']);
  expect(await waiting()).toEqual([`container ${one}`]);
  await house.capture([packed]);
  expect(await lying('D')).toEqual(['D1 70']);
  expect(await waiting()).toEqual([]);
  await house.capture([declaredWrong(packed)]);
  expect(await lying('D')).toEqual(['D1 100']);
  expect(await waiting()).toEqual([`container ${one}`]);
  await house.capture([packing(3, 'ADD', one, lots(['D1', 20]))]);
  expect(await lying('D')).toEqual(['D1 80']);
});

test('A pallet on a pallet, and things that went from one to another', async () => {
  const [upper, lower, other] = [pallet(), pallet(), pallet()];
  house.list({ id: '00000000-0000-7000-8000-00000000d0d1', gtin: '06901234000023', unit: 'EA' });
  const each = (n: number) => `https://id.gs1.org/01/06901234000023/10/E2/21/${n}`;
  await house.capture([
    warehouseEvent(1, 'receiving', { epcList: [each(1), each(2), each(3)] }),
    ...stocked(['E1', 10]),
    packing(2, 'ADD', upper, { childEPCs: [each(1), each(2)] }),
    packing(3, 'ADD', lower, { childEPCs: [upper], ...lots(['E1', 4]) }),
    // Nobody took it off the first one.
    packing(4, 'ADD', other, { childEPCs: [each(2), each(3)] }),
    alone(5, 'shipping', lower),
  ]);
  expect(await lying('E')).toEqual(['E1 6', 'E2 2']);
  await house.capture([alone(6, 'shipping', other)]);
  expect(await lying('E')).toEqual(['E1 6']);
});

test('What was received and unpacked at one instant was received', async () => {
  const one = pallet();
  await house.capture([
    packing(2, 'ADD', one, lots(['F1', 7])),
    alone(5, 'receiving', one),
    packing(5, 'DELETE', one, {}),
  ]);
  expect(await lying('F')).toEqual(['F1 7']);
});

test('A pallet is counted, held and left out like the goods on it', async () => {
  const [one, two, strange] = [pallet(), pallet(), pallet()];
  await house.capture([
    ...stocked(['G1', 100]),
    packing(2, 'ADD', one, lots(['G1', 30])),
    packing(2, 'ADD', two, lots(['G1', 25])),
    alone(5, 'cycle_counting', one, two),
    warehouseEvent(6, 'holding', { epcList: [two], disposition: 'damaged' }),
  ]);
  expect((await house.stock()).filter((row) => row.startsWith('G'))).toEqual([
    'G1 damaged 25',
    'G1 sellable_accessible 30',
  ]);
  // One that was only seen full: how much there is on it nobody has said.
  const seen = warehouseEvent(4, 'storing', {
    ...{ type: 'AggregationEvent', action: 'OBSERVE', parentID: strange },
    childQuantityList: [{ epcClass: lotOf('G1') }],
  });
  await house.capture([seen, alone(7, 'shipping', strange)]);
  expect(await waiting()).toContain(`container ${strange}`);
  expect(await house.as('maker', lookInto)).toBe(0);
});

type Said = {
  minute: number;
  pallet: 0 | 1;
  is: 'add' | 'take' | 'load' | 'unload' | 'ship' | 'receive';
  quantity: number;
  void: 'never' | 'before' | 'after';
};

/** What lies on a pallet by the plain rule, after all that is told of it; null: nobody knows. */
function onPallet(live: readonly Said[], which: 0 | 1, until: (minute: number) => boolean) {
  const ranked = live
    .filter(({ minute }) => until(minute))
    .sort((one, other) => one.minute - other.minute || rank(one) - rank(other));
  let amount: number | null = null;
  let isLoaded = false;
  for (const { is, pallet: of, quantity } of ranked) {
    if (is === 'load') isLoaded = true;
    if (is === 'unload') isLoaded = false;
    if (of !== which) continue;
    if (is === 'add') amount = (amount ?? 0) + quantity;
    if (is === 'take' && amount !== null) amount = amount > quantity ? amount - quantity : null;
  }
  return { amount, isLoaded };
}
const rank = ({ is }: Said) => (is === 'add' || is === 'load' ? 1 : 0);

function contentOf(live: readonly Said[], which: 0 | 1, minute: number): number | null {
  const ask = (until: (minute: number) => boolean): number | null | 'empty' => {
    const { amount, isLoaded } = onPallet(live, which, until);
    if (which === 1 || !isLoaded) return amount ?? 'empty';
    const upper = contentOf(live, 1, minute);
    return upper === null ? null : upper + (amount ?? 0);
  };
  const now = ask((at) => at <= minute);
  const told = now === 'empty' ? ask((at) => at < minute) : now;
  return told === 'empty' ? null : told;
}

function expected(said: readonly Said[]): number {
  const live = said.filter((one) => one.void === 'never');
  return live.reduce((sum, { is, pallet: of, minute }) => {
    if (is !== 'ship' && is !== 'receive') return sum;
    const content = contentOf(live, of, minute) ?? 0;
    return is === 'ship' ? sum - content : sum + content;
  }, 0);
}

const saying = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 1, max: 12 }),
    pallet: fc.constantFrom<0 | 1>(0, 1),
    is: fc.constantFrom<Said['is']>('add', 'add', 'take', 'load', 'unload', 'ship', 'receive'),
    quantity: fc.integer({ min: 1, max: 9 }),
    void: fc.constantFrom<Said['void']>('never', 'never', 'never', 'before', 'after'),
  }),
  { maxLength: 14 },
);

test('Stock of pallets is the same in whatever order packing and shipping are told', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(saying, fc.array(fc.nat(3), { minLength: 1 }), async (said, cuts) => {
      run += 1;
      const lot = `R${run}`;
      const both = [pallet(), pallet()] as const;
      const eventOf = ({ minute, pallet: of, is, quantity }: Said) => {
        if (is === 'ship') return alone(minute, 'shipping', both[of]);
        if (is === 'receive') return alone(minute, 'receiving', both[of]);
        const action = is === 'add' || is === 'load' ? 'ADD' : 'DELETE';
        const isOfPallet = is === 'load' || is === 'unload';
        return isOfPallet
          ? packing(minute, action, both[0], { childEPCs: [both[1]] })
          : packing(minute, action, both[of], lots([lot, quantity]));
      };
      const messages = said.flatMap((one) => {
        const event = eventOf(one);
        if (one.void === 'before') return [declaredWrong(event), event];
        return one.void === 'after' ? [event, declaredWrong(event)] : [event];
      });
      for (let at = 0, cut = 0; at < messages.length; cut++) {
        const size = 1 + (cuts[cut % cuts.length] ?? 0);
        const { capture } = await house.capture(messages.slice(at, at + size));
        expect(capture.errors).toEqual([]);
        at += size;
      }
      const [row] = (await house.stock()).filter((one) => one.startsWith(`${lot} `));
      expect(Number(row?.split(' ')[2] ?? 0), JSON.stringify(said)).toBe(expected(said));
      expect(await house.as('maker', reconcileStock)).toEqual([]);
    }),
    { numRuns: 40 },
  );
  const before = await house.stock();
  expect(await rebuildFromEvents((work) => house.as('maker', work))).toMatchObject({
    entries: 0,
    rows: 0,
  });
  expect(await house.stock()).toEqual(before);
}, 120_000);

test('Whoever looks into pallets by hand finds what was told by nobody then', async () => {
  const one = pallet();
  await house.capture([...stocked(['H1', 10]), alone(5, 'shipping', one)]);
  expect(await house.as('maker', lookInto)).toBe(0);
  // As a platform had it that did not look into pallets yet.
  const { owner } = house.test.store.database;
  await house.capture([packing(2, 'ADD', one, lots(['H1', 3]))]);
  await owner.query(`delete from stock_movement where lot = 'H1' and quantity = -3`);
  await owner.query(`update stock set quantity = 10 where lot = 'H1'`);
  await owner.query(
    `insert into stock_unknown
     select chain_id, capturer_id, event_id, 'container', item, event_time, event_time
     from event_item where item = $1 and role = 'epc'`,
    [one],
  );
  expect(await house.as('maker', lookInto)).toBe(1);
  expect(await lying('H')).toEqual(['H1 7']);
});
