import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispersalOf } from './dispersal.ts';
import { foodSafetySheet } from './food-safety-law.ts';
import { foodTraceabilityColumns, foodTraceabilitySheet } from './food-traceability-rule.ts';
import type { Mention, TraceEvent } from './graph.ts';
import type { Sheet } from './handlings.ts';
import { historyOf } from './history.ts';
import { loadUpwards } from './loading.ts';
import { momentOf } from './moments.ts';
import { recallOf } from './recall.ts';
import { memorySource, mention, observe, pack, transform, unpack } from './testing.ts';
import { trace } from './trace.ts';

const kg = (role: Mention['role'], item: string, quantity: string): Mention => ({
  ...mention(role, item, quantity, 'KGM'),
  by_class: true,
});
const party = (id: string) => [{ type: 'possessing_party', id }];
const evening = momentOf('2026-03-02T20:00:00.000Z');
const flour = 'https://id.gs1.org/01/06912345678901/10/F7';
const bread = 'https://id.gs1.org/01/06998765432104/10/B1';

/**
 * Flour of lot F7 comes from the mill and is baked into bread; of the bread 30 kg go to one shop on
 * a pallet and arrive, 20 kg to another and do not, 10 kg are sold, the rest is on the shelf.
 */
const history: TraceEvent[] = [
  observe(
    '05:00',
    {
      biz_step: 'receiving',
      biz_location: 'bakery',
      sources: party('mill'),
      destinations: party('baker'),
      transactions: ['po 1'],
    },
    kg('epc', flour, '50'),
  ),
  transform('06:00', [kg('input', flour, '50')], [kg('output', bread, '80')], {
    biz_location: 'bakery',
  }),
  { ...pack('07:00', 'pallet', kg('child', bread, '30')), biz_location: 'bakery' },
  observe(
    '08:00',
    {
      biz_step: 'shipping',
      read_point: 'dock',
      destinations: party('shop A'),
      transactions: ['d1'],
    },
    'pallet',
  ),
  observe(
    '09:00',
    { biz_step: 'shipping', read_point: 'bakery', destinations: party('shop B') },
    kg('epc', bread, '20'),
  ),
  observe(
    '10:00',
    { biz_step: 'receiving', biz_location: 'store A', destinations: party('shop A') },
    'pallet',
  ),
  observe('11:00', { biz_step: 'retail_selling', biz_location: 'bakery' }, kg('epc', bread, '10')),
];

const followed = async (events: TraceEvent[], at = evening) => {
  const { trace: found, loading } = await trace(memorySource(events), [{ item: flour }], {
    direction: 'forward',
    spread: 'content',
    associations: true,
    transactions: false,
    known_at: null,
  });
  const items = found.nodes.map(({ item }) => item);
  await loadUpwards(loading, items);
  return { recall: recallOf(found, loading.history, at), loading, items: new Set(items) };
};

describe('where a lot is', () => {
  const parts = (events: TraceEvent[], item = bread, at = evening) =>
    dispersalOf(historyOf(events), item, at).parts.map(
      ({ state, place, inside, quantity }) => `${quantity} ${state} ${inside ?? ''} ${place ?? ''}`,
    );

  it('is in as many places as its parts', () => {
    expect(parts(history)).toEqual([
      '20 at  bakery',
      '10 ended  bakery',
      '20 in_transit  ',
      '30 inside pallet store A',
    ]);
    expect(parts(history, bread, momentOf('2026-03-02T09:30:00.000Z'))).toContain(
      '30 in_transit pallet ',
    );
  });

  it('leaves the road when it arrives, and the pallet when that is emptied', () => {
    const arrived = observe(
      '12:00',
      { biz_step: 'receiving', biz_location: 'store B', destinations: party('shop B') },
      kg('epc', bread, '20'),
    );
    expect(parts([...history, arrived, unpack('13:00', 'pallet')])).toEqual([
      '20 at  bakery',
      '30 at  store A',
      '20 at  store B',
      '10 ended  bakery',
    ]);
  });

  it('adds up to what was made, wherever the parts go', () => {
    const { parts: all } = dispersalOf(historyOf(history), bread, evening);
    expect(all.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(80);
  });
});

describe('a hand-over that is told in several steps', () => {
  type Told = Partial<Pick<TraceEvent, 'read_point' | 'biz_location' | 'destinations'>>;
  const step = (time: string, biz_step: string, quantity: string, given: Told = {}) =>
    observe(time, { biz_step, ...given }, kg('epc', bread, quantity));
  const made = observe('06:00', { action: 'ADD', biz_location: 'W' }, kg('epc', bread, '100'));
  const parts = (...events: TraceEvent[]) =>
    dispersalOf(historyOf([made, ...events]), bread, evening).parts.map(
      ({ state, place, towards, quantity }) =>
        `${quantity} ${state} ${place ?? towards.map(({ id }) => id)}`,
    );
  const [W, hub, B] = [{ read_point: 'W' }, { read_point: 'hub' }, { biz_location: 'B' }];
  const toB = { destinations: party('B') };

  it('moves goods once, whichever steps tell of how much of them', () => {
    const sent = step('08:00', 'shipping', '30', { ...W, ...toB });
    const passing = step('08:40', 'transporting', '30', hub);
    const ways = [
      [step('08:30', 'departing', '30', W)],
      [step('08:10', 'departing', '20', W), step('08:20', 'departing', '10', W)],
      [step('07:50', 'departing', '30', W), passing],
      [passing, step('08:50', 'transporting', '30', { read_point: 'ferry' })],
    ];
    for (const way of ways) expect(parts(sent, ...way)).toEqual(['70 at W', '30 in_transit B']);
    const came = [step('10:00', 'arriving', '30', { ...B, ...toB })];
    const received = ['20', '10'].map((some) => step('11:00', 'receiving', some, B));
    const accepted = step('12:00', 'accepting', '29', B);
    expect(parts(sent, ...came, ...received, accepted)).toEqual(['30 at B', '70 at W']);
  });

  it('is another one where it goes elsewhere, leaves again, or comes back', () => {
    const [first, other] = ['B', 'C'].map((to) => ({ ...W, destinations: party(to) }));
    const [sent, gone] = [
      step('08:00', 'shipping', '30', first),
      step('09:00', 'departing', '30', other),
    ];
    expect(parts(sent, gone)).toEqual(['40 at W', '30 in_transit B', '30 in_transit C']);
    expect(parts(sent, step('08:00', 'shipping', '10', first))[1]).toBe('40 in_transit B');
    expect(parts(sent, step('08:30', 'departing', '35', W))[0]).toBe('65 at W');
    const round = [
      sent,
      step('10:00', 'receiving', '30', { ...B, ...toB }),
      step('11:00', 'departing', '30', { read_point: 'B', destinations: party('W') }),
      step('12:00', 'arriving', '30', { biz_location: 'W', destinations: party('W') }),
    ];
    expect(parts(...round)).toEqual(['100 at W']);
    expect(parts(...round, step('13:00', 'shipping', '5', first))[0]).toBe('95 at W');
  });

  it('leaves goods where they would be if one step had told it', () => {
    const handover = fc.record({
      to: fc.constantFrom('B', 'C'),
      quantity: fc.integer({ min: 1, max: 20 }),
      part: fc.integer({ min: 0, max: 20 }),
      says: fc.boolean(),
      arrives: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(handover, { maxLength: 8 }), (handovers) => {
        const [once, often] = [[] as TraceEvent[], [] as TraceEvent[]];
        handovers.forEach(({ to, quantity, part, says, arrives }, at) => {
          const time = (minute: number) => `${String(8 + at).padStart(2, '0')}:${minute}`;
          const there = { biz_location: to, destinations: party(to) };
          const way = { ...W, destinations: party(to) };
          const first = Math.min(part, quantity);
          const split = (minute: number, name: string, given: Told) =>
            [first, quantity - first].flatMap((some) =>
              some > 0 ? [step(time(minute), name, String(some), given)] : [],
            );
          const sent = step(time(10), 'shipping', String(quantity), way);
          const came = step(time(30), 'receiving', String(quantity), there);
          once.push(sent, ...(arrives ? [came] : []));
          often.push(sent, ...split(20, 'departing', says ? way : W));
          if (arrives) often.push(...split(25, 'arriving', there), came);
          if (arrives) often.push(...split(35, 'accepting', { biz_location: to }));
        });
        expect(parts(...often)).toEqual(parts(...once));
      }),
    );
  });
});

describe('a recall', () => {
  it('lists what to fetch by place and holder, what is under way, and what is gone', async () => {
    const { recall } = await followed(history);
    const brief = recall.there.map(
      ({ place, possessor, rows }) =>
        `${place} ${possessor}: ${rows.map((row) => `${row.quantity} ${row.item.slice(-2)}`)}`,
    );
    expect(brief).toEqual(['bakery null: 20 B1', 'store A shop A: 30 B1,1 et']);
    expect(recall.on_the_way).toMatchObject([
      { lot: 'B1', product: bread.slice(0, -6), quantity: '20', towards: party('shop B') },
    ]);
    expect(recall.ended.map(({ lot, ended, quantity }) => `${lot} ${ended} ${quantity}`)).toEqual([
      'F7 used_up 50',
      'B1 sold 10',
    ]);
    expect(recall.ask).toMatchObject([{ item: bread, ask: { id: 'shop B' } }]);
    expect(recall).toMatchObject({ unknown: [], unmeasured: [], is_cut: false });
  });

  it('leaves the rest with who has it, and not with the customer that a part went to', async () => {
    const made = { action: 'ADD', biz_step: 'commissioning', biz_location: 'store W' } as const;
    const away = (biz_step: string, to: string) => ({
      ...{ biz_step, biz_location: 'store W', destinations: party(to) },
    });
    const { recall } = await followed([
      observe('06:00', made, kg('epc', flour, '100')),
      observe('07:00', away('shipping', 'customer B'), kg('epc', flour, '20')),
      observe('08:00', away('retail_selling', 'customer C'), kg('epc', flour, '5')),
    ]);
    expect(recall.there).toMatchObject([
      { place: 'store W', possessor: null, rows: [{ quantity: '75' }] },
    ]);
  });

  it('asks a place from which more left than came, and not for less than nothing', async () => {
    const came = { biz_location: 'bakery', destinations: party('baker') };
    const left = { read_point: 'bakery', destinations: party('shop A') };
    const { recall } = await followed([
      observe('05:00', { biz_step: 'receiving', ...came }, kg('epc', flour, '50')),
      observe('06:00', { biz_step: 'shipping', ...left }, kg('epc', flour, '70')),
    ]);
    const [there] = recall.there;
    expect(there).toMatchObject({ place: 'bakery', rows: [{ quantity: null, unit: '' }] });
    expect(recall.on_the_way).toMatchObject([{ quantity: '70' }]);
  });

  it('says who has sold how much, whichever way the events name the seller', async () => {
    const sale = { biz_step: 'retail_selling', destinations: party('somebody at the till') };
    const receipt = { biz_step: 'receiving', biz_location: 'store A', destinations: party('A') };
    const carton = { biz_step: 'receiving', biz_location: 'store D', destinations: party('D') };
    const { recall } = await followed([
      observe('06:00', { action: 'ADD', biz_location: 'mill' }, kg('epc', flour, '100')),
      observe('07:00', receipt, kg('epc', flour, '20')),
      observe('08:00', { ...sale, biz_location: 'store A' }, kg('epc', flour, '15')),
      observe('08:30', { ...sale, biz_location: 'store A' }, kg('epc', flour, '5')),
      observe('08:00', { ...sale, biz_location: 'store B' }, kg('epc', flour, '20')),
      observe('08:00', { ...sale, sources: party('C') }, kg('epc', flour, '20')),
      observe('08:00', { ...sale, capturer_id: 'd7' }, kg('epc', flour, '3')),
      pack('07:00', 'carton', kg('child', flour, '10')),
      observe('08:00', carton, 'carton'),
      observe('09:00', { ...sale, read_point: 'till D' }, 'carton'),
    ]);
    const sold = recall.ended.map(
      ({ item, place, possessor, quantity }) =>
        `${item === flour ? quantity : item}: ${place} ${possessor}`,
    );
    expect(sold.toSorted()).toEqual([
      '10: till D D',
      '20: null C',
      '20: store A A',
      '20: store B null',
      '3: null urn:uuid:d7',
      'carton: till D D',
    ]);
  });

  it('names the lots that were moved without saying how much', async () => {
    const vague = observe('12:00', { biz_step: 'shipping' }, mention('epc', bread, null));
    const { recall } = await followed([
      ...history,
      { ...vague, mentions: [{ ...mention('epc', bread, null), by_class: true }] },
    ]);
    expect(recall.unmeasured).toEqual([{ item: bread, events: [vague.id] }]);
  });
});

describe('the sheets that rules ask for', () => {
  const rowsOf = ({ rows }: Sheet, of: string) =>
    rows
      .filter((row) => row.tracking_event === of || row.record === of)
      .map((row) =>
        Object.fromEntries(
          Object.entries(row)
            .filter(([key, value]) => key.startsWith(of) && value !== null)
            .map(([key, value]) => [key.slice(of.length + 1), value]),
        ),
      );

  it('follow a lot that goes out on a pallet (21 CFR 1.1340)', async () => {
    const { loading, items } = await followed(history);
    const sheet = foodTraceabilitySheet(loading.history, items, { zone: 'Asia/Shanghai' });
    expect(rowsOf(sheet, 'shipping')).toContainEqual({
      lot: 'B1',
      quantity: '30 KGM',
      recipient: 'shop A',
      location: 'dock',
      date: '2026-03-02',
      lot_source: 'bakery',
      document: 'd1',
    });
    expect(rowsOf(sheet, 'transformation')).toContainEqual(
      expect.objectContaining({ used_lot: 'F7', used_quantity: '50 KGM' }),
    );
    expect(rowsOf(sheet, 'receiving')[0]).toMatchObject({ lot: 'F7', previous: 'mill' });
  });

  it('add up what one despatch or receipt says in many lines and on many pallets', async () => {
    const twice = (biz_step: string, ...lines: (string | Mention)[]) =>
      observe('12:00', { biz_step, biz_location: 'bakery' }, ...lines);
    const quantities = async (...events: TraceEvent[]) => {
      const { loading, items } = await followed([
        transform('06:00', [kg('input', flour, '50')], [kg('output', bread, '80')]),
        pack('07:00', 'pallet 1', kg('child', bread, '30')),
        pack('07:00', 'pallet 2', kg('child', bread, '20')),
        pack('07:00', 'lorry', 'pallet 1'),
        ...events,
      ]);
      const sheet = foodTraceabilitySheet(loading.history, items, { zone: 'Asia/Shanghai' });
      return [...rowsOf(sheet, 'shipping'), ...rowsOf(sheet, 'receiving')].map(
        ({ quantity }) => quantity ?? null,
      );
    };
    const pallets = ['pallet 1', 'pallet 2'];
    expect(await quantities(twice('shipping', ...pallets, 'lorry'))).toContain('50 KGM');
    // The lot named beside the pallets that it is on went once.
    const named = twice('shipping', ...pallets, kg('epc', bread, '50'));
    expect(await quantities(named)).toContain('50 KGM');
    const accepted = [kg('epc', bread, '6'), kg('epc', bread, '1'), mention('epc', bread, '2')];
    const received = accepted.map((one) => ({ ...one, by_class: true }));
    expect(await quantities(twice('receiving', ...received))).toEqual(['7 KGM', '2 C62']);
  });

  it('know the harvest only by a business step that somebody names', async () => {
    const harvest = observe('04:00', { biz_step: 'urn:farm:harvesting' }, kg('epc', flour, '60'));
    const { loading, items } = await followed([harvest, ...history]);
    const steps = new Map([['urn:farm:harvesting', 'harvesting' as const]]);
    const sheet = (given: object) =>
      foodTraceabilitySheet(loading.history, items, { zone: 'Asia/Shanghai', ...given });
    expect(rowsOf(sheet({}), 'harvesting')).toEqual([]);
    expect(rowsOf(sheet({ steps }), 'harvesting')).toMatchObject([{ quantity: '60 KGM' }]);
  });

  it('say which column no event can fill, and never fill it', async () => {
    const { loading, items } = await followed(history);
    const { rows } = foodTraceabilitySheet(loading.history, items, { zone: 'Asia/Shanghai' });
    const columns = foodTraceabilityColumns();
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
    const never = columns.filter(({ filled }) => filled === 'never').map(({ key }) => key);
    expect(never).toContain('shipping.product');
    for (const row of rows) for (const key of never) expect(row[key] ?? null).toBeNull();
  });

  it('are the records of 食品安全法 第五十条 and 第五十一条 as well', async () => {
    const { loading, items } = await followed(history);
    const sheet = foodSafetySheet(loading.history, items);
    expect(rowsOf(sheet, 'incoming')[0]).toEqual({
      quantity: '50 KGM',
      lot: 'F7',
      received_on: '2026-03-02',
      supplier: 'mill',
      documents: 'po 1',
    });
    const sold = rowsOf(sheet, 'outgoing').map(({ lot, quantity, buyer, produced_on }) =>
      [lot, quantity, buyer, produced_on].join(' '),
    );
    expect(sold).toContain('B1 20 KGM shop B 2026-03-02');
  });
});
