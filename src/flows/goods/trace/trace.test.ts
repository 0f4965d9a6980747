import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './graph.ts';
import { wholeRuns } from './loading.ts';
import { startsAt } from './presence.ts';
import { event, memorySource, mention, observe, pack, transform, unpack } from './testing.ts';
import { type Start, type TraceOptions, trace } from './trace.ts';

const options: TraceOptions = {
  direction: 'forward',
  spread: 'content',
  associations: true,
  transactions: false,
  known_at: null,
};
const at = (time: string) => `2026-03-02T${time}:00.000Z`;
const party = (id: string) => ({ type: 'possessing_party', id });
const follow = async (events: TraceEvent[], starts: Start[], given: Partial<TraceOptions> = {}) =>
  (await trace(memorySource(events), starts, { ...options, ...given })).trace;
const shown = ({ nodes }: Awaited<ReturnType<typeof follow>>) =>
  nodes.map(({ item, is, at: since }) => `${item} ${is}${since ? ` ${since.slice(11, 16)}` : ''}`);

describe('the pallet with a bad lot', () => {
  // Flour of lot 7 is baked into bread, which shares a pallet with jam from noon until two.
  const bread = mention('output', 'lotBread', '180', 'KGM');
  const history = [
    transform('08:00', [mention('input', 'lotFlour7', '100', 'KGM'), 'lotYeast'], [bread]),
    pack('10:00', 'pallet', 'lotBread'),
    pack('12:00', 'pallet', 'jam'),
    unpack('14:00', 'pallet', 'lotBread'),
    unpack('14:00', 'pallet', 'jam'),
    pack('15:00', 'pallet', 'tea'),
  ];

  it('makes a pallet that held bad bread, and neither jam nor tea bad by contents', async () => {
    expect(shown(await follow(history, [{ item: 'lotFlour7' }]))).toEqual([
      'lotFlour7 affected',
      'lotBread affected 08:00',
      'pallet holds',
    ]);
  });

  it('by contact strikes the jam beside it, not the tea packed when both had left', async () => {
    const found = await follow(history, [{ item: 'lotFlour7' }], { spread: 'contact' });
    expect(shown(found)).toContain('jam affected 12:00');
    expect(shown(found).join()).not.toContain('tea');
    expect(found.nodes.find(({ item }) => item === 'pallet')?.held).toEqual([
      { from: at('10:00'), to: at('14:00') },
    ]);
  });

  it('strikes no bread when the flour went bad after the baking', async () => {
    expect(shown(await follow(history, [{ item: 'lotFlour7', at: at('09:00') }]))).toEqual([
      'lotFlour7 affected 09:00',
    ]);
  });

  it('names the event by which each thing is reached, and the way there', async () => {
    const { edges, nodes, events } = await follow(history, [{ item: 'lotFlour7' }]);
    expect(edges.map(({ from, to, kind }) => `${from} → ${to}: ${kind}`)).toEqual([
      'lotBread → pallet: aggregation',
      'lotFlour7 → lotBread: transformation',
    ]);
    const by = nodes.find(({ item }) => item === 'lotBread')?.by;
    expect(events.find(({ id }) => id === by)?.type).toBe('TransformationEvent');
  });

  it('leads back from the pallet to flour and yeast, and to the tea it still carries', async () => {
    const back = await follow(history, [{ item: 'pallet' }], { direction: 'backward' });
    expect(back.nodes.map(({ item }) => item).sort()).toEqual(
      ['jam', 'lotBread', 'lotFlour7', 'lotYeast', 'pallet', 'tea'].sort(),
    );
    const early = await follow(history, [{ item: 'pallet', at: at('11:00') }], {
      direction: 'backward',
    });
    expect(early.nodes.map(({ item }) => item)).not.toContain('jam');
  });
});

it('keeps the inputs of one long transformation apart by time', async () => {
  const run = { transformation_id: 'tank' };
  const events = [
    transform('08:00', ['lotMilk1'], [], run),
    transform('09:00', [], ['cheese1'], run),
    transform('10:00', ['lotMilk2'], [], run),
    transform('11:00', [], ['cheese2'], run),
  ];
  expect(shown(await follow(events, [{ item: 'lotMilk2' }]))).toEqual([
    'lotMilk2 affected',
    'cheese2 affected 11:00',
  ]);
  expect(shown(await follow(events, [{ item: 'cheese1' }], { direction: 'backward' }))).toEqual([
    'cheese1 affected',
    'lotMilk1 affected 08:00',
  ]);
  const [, milk] = (await follow(events, [{ item: 'cheese1' }], { direction: 'backward' })).nodes;
  expect(milk).toMatchObject({ at: at('08:00'), held: [{ from: at('08:00'), to: at('08:00') }] });
});

it('knows which transformations it has read whole: those that it went through', async () => {
  const run = { transformation_id: 'tank' };
  const events = [
    pack('08:00', 'vat', 'unit'),
    unpack('09:00', 'vat', 'unit'),
    transform('10:00', ['vat'], [], run),
    transform('11:00', [], ['cheese'], run),
    transform('12:00', ['vat'], ['whey']),
  ];
  const wholeSince = async (time: string) => {
    const starts = [{ item: 'unit', at: at(time) }];
    const { loading } = await trace(memorySource(events), starts, options);
    return wholeRuns(loading).map(({ uses }) => uses.length);
  };
  expect(await wholeSince('08:30')).toEqual([2, 2]);
  // The vat held the unit before: it is looked at, and what was made of it is not.
  expect(await wholeSince('09:30')).toEqual([2]);
});

it('takes an instance for its lot only where an event says so', async () => {
  const made = transform('08:00', ['lotA'], ['unit']);
  expect(shown(await follow([made], [{ item: 'lotA' }]))).toContain('unit affected 08:00');
  expect(shown(await follow([observe('08:00', {}, 'lotA', 'unit')], [{ item: 'lotA' }]))).toEqual([
    'lotA affected',
  ]);
});

describe('where the view ends', () => {
  const away = (time: string, item: string, to: string) =>
    observe(time, { biz_step: 'shipping', destinations: [party(to)] }, item);
  const arrives = (time: string, item: string, at_party: string) =>
    observe(time, { biz_step: 'receiving', destinations: [party(at_party)] }, item);

  it('says whom to ask for the pallet that was sent and never seen again', async () => {
    const found = await follow(
      [pack('08:00', 'pallet', 'unit'), away('09:00', 'pallet', 'B')],
      [{ item: 'unit' }],
    );
    expect(found.dead_ends).toEqual([
      { item: 'pallet', event: found.visits.at(-1)?.event, ask: party('B') },
    ]);
  });

  it('asks where a pallet was sent to, whatever is seen of it on its way', async () => {
    const sent = away('09:00', 'pallet', 'C');
    const steps = ['loading', 'transporting', 'sensor_reporting'];
    const way = steps.map((biz_step) =>
      observe('10:00', { biz_step, read_point: 'gate' }, 'pallet'),
    );
    const found = await follow([sent, ...way], [{ item: 'pallet' }]);
    expect(found.dead_ends).toEqual([{ item: 'pallet', event: sent.id, ask: party('C') }]);
    const unloaded = observe('11:00', { biz_step: 'unloading', biz_location: 'store' }, 'pallet');
    const seen = await follow([sent, ...way, unloaded], [{ item: 'pallet' }]);
    expect(seen.dead_ends).toEqual([]);
  });

  it('says nothing of what arrived, and tells apart the parts of a lot', async () => {
    const events = [
      away('09:00', 'lotA', 'B'),
      away('09:30', 'lotA', 'C'),
      arrives('12:00', 'lotA', 'C'),
    ];
    const { dead_ends } = await follow(events, [{ item: 'lotA' }]);
    expect(dead_ends.map(({ ask }) => ask.id)).toEqual(['B']);
  });

  it('says backward from whom the first that is seen of a thing came', async () => {
    const first = observe('07:00', { biz_step: 'receiving', sources: [party('farm')] }, 'lotA');
    const events = [first, transform('08:00', ['lotA'], ['lotB'])];
    const { dead_ends } = await follow(events, [{ item: 'lotB' }], { direction: 'backward' });
    expect(dead_ends).toEqual([{ item: 'lotA', event: first.id, ask: party('farm') }]);
  });
});

describe('options', () => {
  it('follows a shared business transaction only where asked to', async () => {
    const order = { transactions: ['order 5'] };
    const events = [observe('08:00', order, 'a', 'b'), observe('09:00', order, 'c')];
    const found = (transactions: boolean) =>
      follow(events, [{ item: 'a', at: at('07:00') }], { transactions });
    expect(shown(await found(false))).toEqual(['a affected 07:00']);
    expect(shown(await found(true))).toEqual([
      'a affected 07:00',
      'b affected 08:00',
      'c affected 09:00',
    ]);
    expect(
      shown(await follow(events, [{ item: 'a', at: at('08:30') }], { transactions: true })),
    ).toEqual(['a affected 08:30']);
  });

  it('follows what is tied to a thing only where asked to', async () => {
    const tie = { type: 'AssociationEvent', action: 'ADD' } as const;
    const events = [event('08:00', tie, { parent: ['tank'], child: ['probe'] })];
    const found = (associations: boolean) => follow(events, [{ item: 'tank' }], { associations });
    expect(shown(await found(true))).toHaveLength(2);
    expect(shown(await found(false))).toHaveLength(1);
  });

  it('answers what was known at a time', async () => {
    const late = { ...pack('08:00', 'case', 'unit'), recorded_at: at('20:00') };
    const known = (known_at: string) => follow([late], [{ item: 'case' }], { known_at });
    expect(shown(await known(at('19:00')))).toEqual(['case affected']);
    expect(shown(await known(at('20:00')))).toEqual(['case affected', 'unit affected 08:00']);
  });
});

describe('from a place and a window', () => {
  const events = [
    observe('06:00', { biz_step: 'receiving', biz_location: 'cold store' }, 'early'),
    observe('07:00', { biz_step: 'receiving', biz_location: 'cold store' }, 'pallet'),
    pack('06:30', 'pallet', 'unit'),
    observe('08:00', { biz_step: 'shipping', read_point: 'cold store' }, 'early'),
    observe('09:30', { biz_step: 'receiving', biz_location: 'cold store' }, 'late'),
    observe('12:00', { biz_step: 'shipping', read_point: 'dock' }, 'pallet'),
  ];
  const visit = { places: ['cold store'], from: at('09:00'), to: at('10:00') };

  it('begins with all that was there then: what had come before and what arrived', async () => {
    const { starts } = await startsAt(memorySource(events), visit, options);
    expect(starts).toEqual([
      { item: 'late', at: at('09:30') },
      { item: 'pallet', at: at('09:00') },
    ]);
    expect(shown(await follow(events, [...starts]))).toContain('unit affected 09:00');
  });

  it('names what is too busy to be read, though it may have left, and says so', async () => {
    const lorry = observe('06:00', { biz_step: 'arriving', biz_location: 'cold store' }, 'lorry');
    const busy = Array.from({ length: 40 }, () =>
      observe('08:00', { biz_location: 'road' }, 'lorry'),
    );
    const source = memorySource([lorry, ...events, ...busy]);
    const found = await startsAt(source, visit, { ...options, events: 20 });
    expect(found.unread).toEqual(['lorry']);
    expect(found.starts).toContainEqual({ item: 'lorry', at: at('09:00') });
    const whole = await startsAt(source, visit, options);
    expect([whole.unread, whole.starts.length]).toEqual([[], 2]);
  });
});

it('asks the source a few times a hop, however many things there are', async () => {
  const units = Array.from({ length: 300 }, (_, at_unit) => `unit${at_unit}`);
  const soups = units.map((unit) => transform('12:00', [unit], [`soup of ${unit}`]));
  const source = memorySource([pack('08:00', 'pallet', ...units), ...soups]);
  const { trace: found } = await trace(source, [{ item: 'pallet' }], options);
  expect(found.nodes).toHaveLength(601);
  expect(found.statements).toBe(source.asked.length);
  expect(found.statements).toBeLessThan(8);
});

it('names what it had no room for, and the item that is too busy to be read', async () => {
  const busy = Array.from({ length: 40 }, () => observe('10:00', {}, 'lorry'));
  const events = [pack('09:00', 'lorry', 'pallet'), pack('08:00', 'pallet', 'unit'), ...busy];
  const found = await follow(events, [{ item: 'unit' }], { events: 20 });
  expect(shown(found)).toEqual(['unit affected', 'pallet holds', 'lorry holds']);
  expect(found.cut).toMatchObject({ unread: ['lorry'], go_on: [{ item: 'lorry' }] });
  expect((await follow(events, [{ item: 'unit' }])).cut).toBeNull();
});
