import { expect, it } from 'vitest';
import type { Area } from './areas.ts';
import { matchings } from './matching.ts';
import { sourceFor } from './source.ts';

const areas = (...all: Record<string, string>[]): Area[] =>
  all.map((properties, at) => ({ number: at + 1, properties, rings: [] }));
const units = (...all: [unit: string, name: string][]) =>
  all.map(([unit, name]) => ({ unit, name }));

it('takes the property that fits most units, not the one that is usual', () => {
  const [best, other, ...more] = matchings(
    units(['11', '北京'], ['12', '天津'], ['41', '河南']),
    areas(
      { id: '11', gb: '156410000', name: '河南省', level: 'province' },
      { id: '12', gb: '156110000', name: '北京市', level: 'province' },
      { id: '13', gb: '156120000', name: '天津市', level: 'province' },
      { id: '14', gb: '', name: '', level: 'province' },
    ),
  );
  expect([best?.property, other?.property, more.length]).toEqual(['gb', 'name', 1]);
  expect([...(best?.areas ?? [])].map(([unit, { number }]) => [unit, number])).toEqual([
    ['11', 2],
    ['12', 3],
    ['41', 1],
  ]);
  expect(best?.areas_without.map(({ number }) => number)).toEqual([4]);
});

it('takes texts as they are written before it takes them more loosely', () => {
  const [by] = matchings(
    units(['1', '吉林市'], ['2', '长春市']),
    areas({ name: '吉林省' }, { name: '吉林市' }, { name: '长春' }),
  );
  expect([...(by?.areas.values() ?? [])].map(({ number }) => number)).toEqual([2, 3]);
  expect(by?.areas_without).toMatchObject([{ number: 1 }]);
});

it('colours nothing that could be another: two areas of one name, two units of one area', () => {
  const [by] = matchings(
    units(['A', '朝阳区'], ['B', '海淀区'], ['C', '丰台区'], ['C2', '丰台区'], ['D', '门头沟区']),
    areas({ name: '朝阳区' }, { name: '海淀区' }, { name: '朝阳区' }, { name: '丰台区' }),
  );
  expect([...(by?.areas.keys() ?? [])]).toEqual(['B']);
  expect(by?.doubtful.map(({ unit, areas: all }) => [unit.unit, all.length])).toEqual([
    ['A', 2],
    ['C', 1],
    ['C2', 1],
  ]);
  expect(by?.units_without).toMatchObject([{ unit: 'D' }]);
});

it('draws provinces as squares by any spelling of them, and nothing of what are none', () => {
  const spelt = units(
    ['11', 'x'],
    ['150000', 'y'],
    ['r3', '广西壮族自治区'],
    ['r4', '香港'],
    ['r5', 'Hubei'],
  );
  const source = sourceFor(spelt, undefined, undefined);
  expect(source).toMatchObject({ kind: 'provinces', areas: { length: 34 } });
  expect(
    [...(source?.matchings[0]?.areas.values() ?? [])].map(({ properties }) => properties.name),
  ).toEqual(['北京', '内蒙古', '广西', '香港', '湖北']);
  // Counties of Beijing are not Beijing.
  expect(sourceFor(units(['110101', '东城区'], ['110102', '西城区']), undefined, undefined)).toBe(
    undefined,
  );
});

it('keeps to the reader’s own file, even one that fits no unit', () => {
  const file = { areas: areas({ name: '别处' }), lines: [], credit: '' };
  expect(sourceFor(units(['11', '北京']), file, undefined)).toMatchObject({
    kind: 'file',
    matchings: [],
  });
});
