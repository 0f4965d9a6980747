import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './graph.ts';
import { historyOf } from './history.ts';
import { loadUpwards, openLoading } from './loading.ts';
import { momentOf } from './moments.ts';
import { memorySource, observe, pack, transform, unpack } from './testing.ts';
import { presenceOf, whereaboutsOf } from './whereabouts.ts';

const at = (time: string) => momentOf(`2026-03-02T${time}:00.000Z`);
const to = (party: string) => ({ destinations: [{ type: 'possessing_party', id: party }] });

// A unit is made at the plant, travels on a pallet, is unpacked at the shop and sold there.
const journey: TraceEvent[] = [
  observe('06:00', { action: 'ADD', biz_step: 'commissioning', biz_location: 'plant' }, 'unit'),
  pack('07:00', 'pallet', 'unit'),
  observe('08:00', { biz_step: 'shipping', read_point: 'gate', ...to('shop ltd') }, 'pallet'),
  observe('12:00', { biz_step: 'receiving', biz_location: 'store', ...to('shop ltd') }, 'pallet'),
  unpack('13:00', 'pallet', 'unit'),
  observe('14:00', { biz_step: 'shipping', ...to('pool') }, 'pallet'),
  observe('15:00', { biz_step: 'retail_selling', biz_location: 'till' }, 'unit'),
];
const where = (time: string, events = journey, known_at: string | null = null) =>
  whereaboutsOf(historyOf(events, known_at), 'unit', at(time));

describe('a unit that travels on a pallet', () => {
  it('is where it was left, then on the way with its pallet, then where the pallet arrived', () => {
    expect(where('05:00').state).toBe('never_seen');
    expect(where('07:30')).toMatchObject({ state: 'at', place: { value: 'plant' } });
    const away = where('09:00');
    expect(away).toMatchObject({ state: 'in_transit', place: null, inside: ['pallet'] });
    expect(away.last_place).toMatchObject({ value: 'gate', of: 'pallet' });
    expect(away.towards?.value).toEqual(to('shop ltd').destinations);
    expect(where('12:30')).toMatchObject({ state: 'at', place: { value: 'store', of: 'pallet' } });
  });

  it('does not leave with the pallet that it was taken off', () => {
    const left = where('14:30');
    expect(left).toMatchObject({ state: 'at', inside: [], possessor: { value: 'shop ltd' } });
    expect(left.place?.value).toBe('store');
  });

  it('ends with its sale, and is there again when somebody sees it after that', () => {
    expect(where('16:00')).toMatchObject({ state: 'ended', ended: { value: 'sold' } });
    const back = observe('18:00', { biz_step: 'returning', biz_location: 'desk' }, 'unit');
    expect(where('19:00', [...journey, back])).toMatchObject({ state: 'at', ended: null });
  });

  it('was on the way for those who did not yet know of its arrival', () => {
    const late = journey.map((one) =>
      one.biz_step === 'receiving' ? { ...one, recorded_at: '2026-03-02T20:00:00.000Z' } : one,
    );
    expect(where('12:30', late, '2026-03-02T19:00:00.000Z').state).toBe('in_transit');
    expect(where('12:30', late).state).toBe('at');
  });

  it('is nowhere anybody knows behind a gate that leaves it nowhere', () => {
    const gate = observe('06:30', { biz_step: 'inspecting', read_point: 'x-ray' }, 'unit');
    expect(where('06:45', [...journey, gate])).toMatchObject({
      state: 'unknown',
      last_place: { value: 'x-ray' },
    });
  });
});

it('says that an ingredient was used up, and that a lot is not by one use of it', () => {
  const events = [transform('10:00', ['unit', 'lot1'], ['soup'], { biz_location: 'kitchen' })];
  expect(where('11:00', events).ended?.value).toBe('used_up');
  expect(whereaboutsOf(historyOf(events), 'lot1', at('11:00')).state).toBe('at');
});

it('knows when a unit was in a store: from the arrival of its pallet until it went', () => {
  const shown = (place: string) =>
    presenceOf(historyOf(journey), 'unit', new Set([place]), at('20:00')).map(({ from, to: end }) =>
      [from, end].map((one) => new Date(one).toISOString().slice(11, 16)).join('–'),
    );
  expect(shown('plant')).toEqual(['06:00–08:00']);
  expect(shown('store')).toEqual(['12:00–15:00']);
  expect(shown('gate')).toEqual(['08:00–08:00']);
});

it('reads what is needed to say where units are in one statement a level', async () => {
  const cases = journey.flatMap((one) => (one.type === 'AggregationEvent' ? [] : [one]));
  const source = memorySource([
    ...cases,
    pack('07:00', 'box', 'unit'),
    pack('07:05', 'pallet', 'box'),
  ]);
  const loading = openLoading(source, null);
  await loadUpwards(loading, ['unit']);
  expect(source.asked).toEqual(['items', 'items', 'items']);
  expect(whereaboutsOf(loading.history, 'unit', at('09:00')).inside).toEqual(['box', 'pallet']);
});

it('says which items it could not read rather than reading half of their events', async () => {
  const busy = Array.from({ length: 50 }, () => observe('09:00', {}, 'lorry'));
  const loading = openLoading(memorySource([...journey, ...busy]), null, 20);
  await loadUpwards(loading, ['lorry', 'unit']);
  expect([...loading.unread]).toEqual(['lorry']);
  expect(whereaboutsOf(loading.history, 'unit', at('12:30')).place?.value).toBe('store');
});
