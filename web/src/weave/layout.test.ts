import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOWS } from '../kernel/flows.ts';
import type { Knot, WeaveData } from './data.ts';
import { overlaps } from './labels.ts';
import { layoutWeave } from './layout.ts';
import { spread } from './spread.ts';
import { timeScale } from './time-scale.ts';

const ZONE = 'Asia/Shanghai';
const DAY = 86_400_000;
const FROM = Date.parse('2026-10-31T16:00:00.000Z');

const knotShape = fc.record({
  flow: fc.constantFrom(...FLOWS),
  minutes: fc.integer({ min: 0, max: 30 * 24 * 60 - 1 }),
  kind: fc.constantFrom('fact' as const, 'promise' as const),
  tone: fc.constantFrom('normal' as const, 'late' as const, 'broken' as const),
  length: fc.integer({ min: 1, max: 14 }),
});

const weaves = fc.array(knotShape, { maxLength: 40 }).map((shapes): WeaveData => {
  const knots = shapes.map(
    ({ flow, minutes, kind, tone, length }, index): Knot => ({
      id: `k${index}`,
      flow,
      at: new Date(FROM + minutes * 60_000).toISOString(),
      kind,
      tone,
      title: { zh: '结'.repeat(length), en: 'knot' },
      detail: null,
      fact_id: null,
    }),
  );
  const ties = knots
    .slice(1)
    .map(({ id }, index) => ({ from: `k${index}`, to: id, tone: 'normal' as const }));
  return {
    now: new Date(FROM + 20 * DAY).toISOString(),
    from: '2026-11-01',
    to: '2026-11-30',
    knots,
    ties,
    spans: [],
  };
});

function layout(data: WeaveData, width: number) {
  return layoutWeave(data, {
    width,
    gutter: 78,
    zone: ZONE,
    text: ({ title }) => title.zh,
    measure: (text) => text.length * 11.5,
  });
}

describe('layoutWeave', () => {
  it('never lets two texts overlap, nor a text cover a knot or leave the picture', () => {
    fc.assert(
      fc.property(weaves, fc.integer({ min: 560, max: 1400 }), (data, width) => {
        const { knots, height } = layout(data, width);
        const boxes = knots.flatMap(({ label }) => (label ? [label.box] : []));
        boxes.forEach((box, index) => {
          for (const other of boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false);
          for (const { x, y } of knots) {
            const core = { left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 };
            expect(overlaps(box, core)).toBe(false);
          }
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(width);
          expect(box.bottom).toBeLessThanOrEqual(height);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps knots in the order of time, inside the threads, on their side of now', () => {
    fc.assert(
      fc.property(weaves, (data) => {
        const { knots, threads } = layout(data, 1000);
        for (const { knot, x } of knots) {
          expect(x).toBeGreaterThanOrEqual(threads.start);
          expect(x).toBeLessThanOrEqual(threads.end);
          expect(x < threads.nowX).toBe(Date.parse(knot.at) <= Date.parse(data.now));
        }
        for (const flow of FLOWS) {
          const lane = knots
            .filter(({ knot }) => knot.flow === flow)
            .sort((a, b) => a.knot.at.localeCompare(b.knot.at));
          lane.slice(1).forEach(({ x }, index) => {
            expect(x).toBeGreaterThanOrEqual((lane[index]?.x ?? 0) - 1e-6);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out a tie to a knot that is not there', () => {
    const [data] = fc.sample(weaves, 1);
    const ties = [{ from: 'absent', to: 'k0', tone: 'normal' as const }];
    expect(data && layout({ ...data, ties }, 900).ties).toEqual([]);
  });
});

describe('spread', () => {
  it('moves positions apart, and not at all where they are far enough', () => {
    expect(spread([0, 100, 200], 20, 0, 300)).toEqual([0, 100, 200]);
    expect(spread([100, 100, 100], 20, 0, 300)).toEqual([80, 100, 120]);
    expect(spread([298, 299], 20, 0, 300)).toEqual([280, 300]);
    expect(spread([5, 6, 7], 20, 0, 20)).toEqual([0, 10, 20]);
  });
});

describe('timeScale', () => {
  it('counts days on the clock of the chain', () => {
    const { x, ticks } = timeScale({
      from: '2026-11-01',
      to: '2026-11-10',
      zone: ZONE,
      start: 0,
      end: 1000,
    });
    expect(x('2026-10-31T16:00:00.000Z')).toBe(0);
    expect(x('2026-11-05T04:00:00.000Z')).toBe(450);
    expect(ticks.map(({ date }) => date).slice(0, 2)).toEqual(['2026-11-01', '2026-11-02']);
  });
});
