import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../../kernel/index.ts';
import { reconcileStock } from '../reconciliation.ts';
import { rebuildFromEvents } from './rebuilding.ts';
import {
  declaredWrong,
  dumplings,
  kilos,
  lotOf,
  openWarehouse,
  warehouseEvent,
} from './testing.ts';
import { listUnknown, sayNames, settlePacked } from './unknown.ts';

let house: Awaited<ReturnType<typeof openWarehouse>>;
beforeAll(async () => {
  house = await openWarehouse();
  house.list({ id: eachId, gtin: eachGtin, unit: 'EA' });
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
const eachId = '00000000-0000-7000-8000-00000000d0d1';
const eachGtin = '06901234000023';
/** One of a product that is counted by the piece. */
const each = (lot: string, n: number) => `https://id.gs1.org/01/${eachGtin}/10/${lot}/21/${n}`;

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
  await house.capture([
    warehouseEvent(1, 'receiving', { epcList: [each('E2', 11), each('E2', 12), each('E2', 13)] }),
    ...stocked(['E1', 10]),
    packing(2, 'ADD', upper, { childEPCs: [each('E2', 11), each('E2', 12)] }),
    packing(3, 'ADD', lower, { childEPCs: [upper], ...lots(['E1', 4]) }),
    // Nobody took it off the first one.
    packing(4, 'ADD', other, { childEPCs: [each('E2', 12), each('E2', 13)] }),
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

test('A pallet is held like its goods; which pallets there are is no count of a lot', async () => {
  const [one, two, strange] = [pallet(), pallet(), pallet()];
  await house.capture([
    ...stocked(['G1', 100]),
    packing(2, 'ADD', one, lots(['G1', 30])),
    packing(2, 'ADD', two, lots(['G1', 25])),
    alone(5, 'cycle_counting', one),
    warehouseEvent(6, 'holding', { epcList: [two], disposition: 'damaged' }),
  ]);
  expect((await house.stock()).filter((row) => row.startsWith('G'))).toEqual([
    'G1 damaged 25',
    'G1 sellable_accessible 75',
  ]);
  expect(await waiting()).toContain(`part ${one}`);
  // One that was only seen full: how much there is on it nobody has said.
  const seen = warehouseEvent(4, 'storing', {
    ...{ type: 'AggregationEvent', action: 'OBSERVE', parentID: strange },
    childQuantityList: [{ epcClass: lotOf('G1') }],
  });
  await house.capture([seen, alone(7, 'shipping', strange)]);
  expect(await waiting()).toContain(`container ${strange}`);
  expect(await house.as('maker', lookInto)).toBe(0);
});

test('Of what comes, a part that is taken off at that very instant has come as well', async () => {
  const one = pallet();
  await house.capture([
    packing(2, 'ADD', one, lots(['I1', 7])),
    alone(5, 'receiving', one),
    packing(5, 'DELETE', one, lots(['I1', 2])),
  ]);
  expect(await lying('I')).toEqual(['I1 7']);
});

test('What is named beside a pallet is the label of its goods, or goes beside it', async () => {
  const [one, two, outer] = [pallet(), pallet(), pallet()];
  await house.capture([
    ...stocked(['J1', 100]),
    warehouseEvent(1, 'receiving', { epcList: [each('J2', 1), each('J2', 2), each('J2', 3)] }),
    packing(2, 'ADD', one, lots(['J1', 30])),
    packing(2, 'ADD', two, { childEPCs: [each('J2', 1), each('J2', 2)] }),
    packing(3, 'ADD', outer, { childEPCs: [one] }),
    // One of the kind that lies on the pallet, and is not on it.
    warehouseEvent(5, 'shipping', { epcList: [two, each('J2', 3)] }),
    // All levels of one load, and what lies in it.
    warehouseEvent(6, 'shipping', { epcList: [outer, one], ...kilos('J1', 30) }),
  ]);
  expect(await lying('J')).toEqual(['J1 70']);
  await house.capture([alone(7, 'receiving', outer, one)]);
  expect(await lying('J')).toEqual(['J1 100']);
});

test('What was used up with its pallet is told by the packing, before and after', async () => {
  const [early, late] = [pallet(), pallet()];
  const used = (minute: number, of: string, lot: string) =>
    warehouseEvent(minute, 'commissioning', {
      ...{ type: 'TransformationEvent', action: undefined, inputEPCList: [of] },
      outputQuantityList: kilos(lot, 3).quantityList,
    });
  await house.capture([
    ...stocked(['K1', 20]),
    packing(2, 'ADD', early, lots(['K1', 4])),
    used(5, early, 'K2'),
    used(5, late, 'K3'),
  ]);
  expect(await lying('K')).toEqual(['K1 16', 'K2 3', 'K3 3']);
  await house.capture([packing(2, 'ADD', late, lots(['K1', 5]))]);
  expect(await lying('K')).toEqual(['K1 11', 'K2 3', 'K3 3']);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});

test('A declaration takes back what was told, however it writes it', async () => {
  const [one, other] = [pallet(), pallet()];
  const packed = packing(3, 'ADD', one, lots(['L1', 30]));
  await house.capture([...stocked(['L1', 100]), packed, alone(5, 'shipping', one)]);
  expect(await lying('L')).toEqual(['L1 70']);
  const late = { ...declaredWrong(packed), parentID: other, eventTime: '2026-03-02T03:00:00Z' };
  await house.capture([late]);
  expect(await lying('L')).toEqual(['L1 100']);
});

test('Goods that are said to be others are others on every pallet too', async () => {
  const name = 'https://id.gs1.org/01/06901234000030';
  const one = pallet();
  const amount = (quantity: number) => [{ epcClass: `${name}/10/M1`, quantity, uom: 'KGM' }];
  await house.capture([
    warehouseEvent(1, 'receiving', { quantityList: amount(100) }),
    alone(5, 'shipping', one),
  ]);
  expect(await lying('M')).toEqual([]);
  // The catalogue learns of them before the packing is told: what waited is entered with it.
  house.list({ id: '00000000-0000-7000-8000-00000000d0d2', gtin: '06901234000030' });
  await house.capture([packing(2, 'ADD', one, { childQuantityList: amount(60) })]);
  expect(await lying('M')).toEqual(['M1 40']);
  const said = { name, product_id: dumplings, product_name: '水饺', unit: 'KGM', packing: [] };
  await house.as('maker', (tx) => sayNames(tx, [said]));
  expect(await lying('M')).toEqual(['M1 40']);
  const none = { product_id: null, product_name: null, unit: null, packing: [] };
  await house.as('maker', (tx) => sayNames(tx, [{ name: one, ...none }]));
  expect(await lying('M')).toEqual(['M1 100']);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});

test('A thing is of the lot that its packing wrote, and of no later one', async () => {
  const one = pallet();
  await house.capture([
    warehouseEvent(1, 'receiving', { epcList: [each('N1', 71), each('N1', 72)] }),
    packing(2, 'ADD', one, { childEPCs: [each('N1', 71)] }),
    alone(5, 'shipping', one),
  ]);
  await house.capture([packing(6, 'DELETE', one, { childEPCs: [each('N2', 71)] })]);
  await house.capture([packing(7, 'ADD', pallet(), { childEPCs: [each('N3', 71)] })]);
  expect(await lying('N')).toEqual(['N1 1']);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});

test('A state that changes at the instant of a packing makes and loses nothing', async () => {
  const one = pallet();
  await house.capture([
    ...stocked(['P1', 100]),
    packing(2, 'ADD', one, lots(['P1', 30])),
    packing(6, 'DELETE', one, lots(['P1', 5])),
    warehouseEvent(6, 'holding', { epcList: [one], disposition: 'damaged' }),
  ]);
  expect((await house.stock()).filter((row) => row.startsWith('P'))).toEqual([
    'P1 damaged 25',
    'P1 sellable_accessible 75',
  ]);
});

test('A pallet that is written twice, or in two ways, moves once', async () => {
  const one = pallet();
  const digits = one.slice(-18);
  const urn = `urn:epc:id:sscc:6901234.${digits[0]}${digits.slice(8, 17)}`;
  await house.capture([
    ...stocked(['Q1', 100]),
    packing(2, 'ADD', one, lots(['Q1', 30])),
    alone(5, 'shipping', one, urn),
  ]);
  expect(await lying('Q')).toEqual(['Q1 70']);
});

test('A pallet that is packed as so many of a class is not told, however deep', async () => {
  const levels = Array.from({ length: 8 }, () => [pallet(), pallet(), pallet()]);
  const tree = levels.slice(0, -1).flatMap((level, at) =>
    level.map((one) =>
      packing(2, 'ADD', one, {
        childQuantityList: (levels[at + 1] ?? []).map((epcClass) => ({ epcClass, quantity: 1 })),
      }),
    ),
  );
  const last = (levels.at(-1) ?? []).map((one) => packing(2, 'ADD', one, lots(['S1', 1])));
  const all = levels.flat();
  await house.capture([...tree, ...last, alone(5, 'shipping', ...all)]);
  const [top = ''] = levels[0] ?? [];
  expect(await waiting()).toContain(`container ${top}`);
  // Those that were packed with goods went; of the others nobody can tell.
  expect(await lying('S')).toEqual(['S1 -3']);
  expect(await house.as('maker', reconcileStock)).toEqual([]);
});

test('What is too much to look into is listed, though goods are named beside it', async () => {
  const one = pallet();
  const many = Array.from({ length: 1_001 }, (_, at): [string, number] => [`T${at}`, 1]);
  await house.capture([
    packing(2, 'ADD', one, lots(...many)),
    warehouseEvent(5, 'shipping', { epcList: [one], ...kilos('T-loose', 2) }),
  ]);
  expect(await waiting()).toContain(`container ${one}`);
  expect(await lying('T')).toEqual(['T-loose -2']);
});

test('A packing and a shipment that are captured at once see each other', async () => {
  const pallets = Array.from({ length: 12 }, pallet);
  await house.capture(stocked(['O1', 100]));
  const both = pallets.flatMap((one) => [
    house.capture([packing(3, 'ADD', one, lots(['O1', 2]))]),
    house.capture([alone(5, 'shipping', one)]),
  ]);
  await Promise.all(both);
  expect(await lying('O')).toEqual(['O1 76']);
});

type Said = {
  minute: number;
  pallet: 0 | 1;
  is: 'add' | 'take' | 'load' | 'unload' | 'ship' | 'receive';
  quantity: number;
  void: 'never' | 'before' | 'after';
};

/** What lies on a pallet by the plain rule, after all of these; null: nobody knows. */
function onPallet(live: readonly Said[], which: 0 | 1, isPast: (one: Said) => boolean) {
  const ranked = live
    .filter(isPast)
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

/** What comes has what is taken off at that very minute; what goes has it where all is off then. */
function contentOf(
  live: readonly Said[],
  which: 0 | 1,
  minute: number,
  comes: boolean,
): number | null {
  const ask = (isPast: (one: Said) => boolean): number | null | 'empty' => {
    const { amount, isLoaded } = onPallet(live, which, isPast);
    if (which === 1 || !isLoaded) return amount ?? 'empty';
    const upper = contentOf(live, 1, minute, comes);
    return upper === null ? null : upper + (amount ?? 0);
  };
  const lenient = () =>
    ask((one) => one.minute < minute || (one.minute === minute && rank(one) === 1));
  const now = comes ? lenient() : ask((one) => one.minute <= minute);
  const told: number | null | 'empty' = now === 'empty' ? lenient() : now;
  return told === 'empty' ? null : told;
}

function expected(said: readonly Said[]): number {
  const live = said.filter((one) => one.void === 'never');
  return live.reduce((sum, { is, pallet: of, minute }) => {
    if (is !== 'ship' && is !== 'receive') return sum;
    const content = contentOf(live, of, minute, is === 'receive') ?? 0;
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

// The last: whatever is looked into behind it looks into this one too.
test('What happens to a pallet later, however much, moves nothing of before', async () => {
  const one = pallet();
  const many = Array.from({ length: 20_001 }, (_, at) => each('U2', 1_000_000 + at));
  await house.capture([
    ...stocked(['U1', 100]),
    packing(2, 'ADD', one, lots(['U1', 30])),
    alone(5, 'shipping', one),
    packing(10, 'ADD', one, { childEPCs: many }),
  ]);
  expect(await lying('U')).toEqual(['U1 70']);
  await house.capture([alone(11, 'shipping', one)]);
  expect(await waiting()).toContain(`container ${one}`);
  const rebuilt = await rebuildFromEvents((work) => house.as('maker', work));
  expect(rebuilt).toMatchObject({ entries: 0, rows: 0 });
  expect(await lying('U')).toEqual(['U1 70']);
}, 60_000);
