import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROVINCES } from '../../../../../src/kernel/provinces.ts';
import type { Score } from '../use-index.ts';
import type { Area } from './areas.ts';
import { labelIn } from './label.ts';
import { layOut, type Shape } from './layout.ts';
import { marksOf, nextMark } from './marks.ts';
import { doubtBounds, doubtOf, shadeOf } from './shade.ts';
import { provinceTiles } from './tiles.ts';

const ring = (left: number, low: number, right: number, high: number) =>
  [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
    [left, low],
  ] as const;
const area = (...rings: Area['rings']): Area => ({ number: 1, properties: {}, rings });
const boxes = (shapes: readonly Shape[]) => shapes.map(({ box }) => box);

it('gives each of the 34 provinces a square of its own, all of one size', () => {
  const { shapes } = layOut({ areas: provinceTiles, lines: [] }, 360);
  expect(provinceTiles.map(({ properties }) => properties.code?.slice(0, 2)).toSorted()).toEqual(
    Object.keys(PROVINCES),
  );
  expect(new Set(provinceTiles.map(({ properties }) => properties.letters)).size).toBe(34);
  const all = boxes(shapes);
  for (const [at, one] of all.entries()) {
    expect(one.right - one.left).toBeCloseTo(one.high - one.low, 0);
    const others = all.slice(at + 1);
    const meeting = others.filter(
      (other) =>
        one.left < other.right &&
        other.left < one.right &&
        one.low < other.high &&
        other.low < one.high,
    );
    expect(meeting).toEqual([]);
  }
});

it('keeps the shape of an area at its latitude, north above, within the picture', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -75, max: 75, noNaN: true }),
      fc.integer({ min: 200, max: 900 }),
      (latitude, width) => {
        const squeeze = Math.cos((latitude * Math.PI) / 180);
        const [south, north] = [latitude - 0.5, latitude + 0.5];
        const half = 0.5 / squeeze;
        const square = ring(10 - half, south, 10 + half, north);
        const { shapes, height, lines } = layOut(
          {
            areas: [area(square)],
            lines: [
              [
                [10, south],
                [10, north],
              ],
            ],
          },
          width,
        );
        const { left, right, low, high } = boxes(shapes)[0] as Shape['box'];
        expect(right - left).toBeCloseTo(high - low, 0);
        expect(Math.min(left, low)).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width);
        expect(high).toBeLessThanOrEqual(height);
        const [, from = 0, to = 0] = /^M\S+ (\S+)L\S+ (\S+)$/.exec(lines[0] ?? '') ?? [];
        expect(Number(from)).toBeGreaterThan(Number(to));
      },
    ),
  );
});

it('writes a name beside a hole and never over it, and nothing where it has no room', () => {
  const [whole, holed, thin] = layOut(
    {
      areas: [
        area(ring(0, 0, 4, 2)),
        area(ring(0, -3, 4, -1), ring(1.6, -2.8, 3.9, -1.2)),
        area(ring(0, -4, 4, -3.9)),
      ],
      lines: [],
    },
    408,
  ).shapes as [Shape, Shape, Shape];
  const widthOf = (text: string) => text.length * 12;
  const offered = [['郑州市', '1组'], ['郑州市']];
  const middle = labelIn(whole, offered, widthOf);
  expect(middle?.texts).toEqual(offered[0]);
  expect(middle?.x).toBeCloseTo(204, 0);
  expect(labelIn(holed, offered, widthOf)?.x).toBeLessThan(170);
  expect(labelIn(thin, offered, widthOf)).toBeUndefined();
  expect(labelIn(whole, [['名'.repeat(40)]], widthOf)).toBeUndefined();
});

it('thins a coast that is finer than the picture, and leaves it closed', () => {
  const fine = Array.from({ length: 20_000 }, (_, at) => {
    const turn = (at / 20_000) * 2 * Math.PI;
    return [Math.cos(turn), Math.sin(turn)] as const;
  });
  const { shapes } = layOut(
    { areas: [area([...fine, fine[0] as [number, number]])], lines: [] },
    300,
  );
  const points = shapes[0]?.rings[0] ?? [];
  expect(points.length).toBeLessThan(2_500);
  expect(points.at(-1)).toEqual(points[0]);
});

const score = (unit: string, tie_group: number, low: number, high: number): Score => ({
  ...{ unit, name: unit, period: null, index: 50, rank: { low, high, own: low }, tie_group },
  ...{ place: low, not_told_apart: [], runs_without: 0, observed: 1, elements: {} },
});

it('colours a tie group as one, never a rank, and hatches by how wide the interval is', () => {
  const scores = [
    score('A', 1, 1, 1),
    score('B', 2, 2, 4),
    score('C', 2, 2, 6),
    score('D', 3, 4, 8),
  ];
  const reason = { zh: '数据不够', en: 'too little is known' };
  const areas = new Map(['A', 'B', 'C', 'E'].map((unit) => [unit, area()]));
  const without = [{ unit: 'E', name: '戊', period: null, reason }];
  const marks = marksOf(scores, without, { areas });
  expect(marks.map(({ unit }) => unit)).toEqual(['A', 'B', 'C', 'E']);
  const [best, tied, other] = marks.map((mark) => (mark.score ? mark.ink : 0));
  expect(tied).toBe(other);
  expect(best).toBeGreaterThan(tied ?? 0);
  expect(marks[2]).toMatchObject({ tied: 2, doubt: 'much' });
  expect(marks[3]).toMatchObject({ score: null, reason });
  expect(nextMark(marks, 0, 'ArrowRight')).toBe(1);
  expect(nextMark(marks, 3, 'ArrowDown')).toBeUndefined();
  expect([nextMark(marks, 2, 'Home'), nextMark(marks, 0, 'End')]).toEqual([0, 3]);
  expect(nextMark(marks, 0, 'a')).toBeUndefined();
});

it('makes every group fainter than the one before, by steps of one size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 16 }), (groups) => {
      const inks = Array.from({ length: groups }, (_, at) => shadeOf(at + 1, groups).ink);
      const steps = inks.slice(1).map((ink, at) => (inks[at] as number) - ink);
      expect(Math.min(...steps)).toBeGreaterThan(0);
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
    }),
  );
});

it('never hatches less what is less sure', () => {
  const order = ['little', 'some', 'much'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
      const seen = Array.from({ length: count }, (_, at) =>
        doubtOf({ low: 1, high: at + 1 }, count),
      );
      const places = seen.map((doubt) => order.indexOf(doubt));
      expect(places).toEqual(places.toSorted());
      expect(seen[0]).toBe('little');
      const { little, some } = doubtBounds(count);
      expect(seen.filter((doubt) => doubt === 'little').length).toBe(little);
      expect(seen.filter((doubt) => doubt !== 'much').length).toBe(some);
    }),
  );
});
