import { describe, expect, it } from 'vitest';
import type { TraceAnswer } from '../../generated/api.ts';
import { layTrace } from './trace-layout.ts';

const works = 'https://id.gs1.org/414/6901234000009';
const shop = 'https://id.gs1.org/414/6945678000003';

function answer(units: number): TraceAnswer {
  const event = (id: string, event_time: string, biz_location: string) => ({
    id,
    event_time,
    biz_location,
    type: 'ObjectEvent',
    action: null,
    recorded_at: event_time,
    biz_step: null,
    disposition: null,
    read_point: null,
    capturer_id: id,
    sources: [],
    destinations: [],
  });
  const items = Array.from({ length: units }, (_, at) => `unit ${at}`);
  const node = (item: string, hop: number, by: string | null) => {
    return { item, is: 'affected' as const, at: null, held: [], hop, by };
  };
  return {
    direction: 'forward',
    nodes: [node('lot', 0, null), ...items.map((item) => node(item, 1, 'sold'))],
    edges: items.map((to) => ({ from: 'lot', to, event: 'sold', kind: 'transformation' })),
    visits: [
      { item: 'lot', event: 'made' },
      { item: 'lot', event: 'sold' },
    ],
    // Late in the evening in UTC is the next day at the works.
    events: [
      event('made', '2026-03-01T20:00:00.000Z', `${works}/254/hall-2`),
      event('sold', '2026-03-03T01:00:00.000Z', shop),
    ],
    dead_ends: [],
    cut: null,
    shares: null,
    balances: [],
    statements: 1,
    also_read: [],
  };
}

describe('the picture of a trace', () => {
  it('is two knots and a line, whether ten or ten thousand things went there', () => {
    for (const units of [10, 10_000]) {
      const { cells, ties, places, days } = layTrace(answer(units), 'Asia/Shanghai');
      expect(cells.map(({ day, place, nodes }) => [day, place, nodes.length])).toEqual([
        ['2026-03-02', works, 1],
        ['2026-03-03', shop, units + 1],
      ]);
      // The lot itself went there; the units are what it became.
      expect(ties.map(({ count }) => count)).toEqual([1]);
      expect([places, days]).toEqual([
        [works, shop],
        ['2026-03-02', '2026-03-03'],
      ]);
    }
  });
});
