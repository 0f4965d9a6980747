import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type AreaFault, readAreas } from './areas.ts';

const square = (x: number, y: number, size = 1) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const feature = (geometry: unknown, properties: unknown = { code: 'A' }) => ({
  ...{ type: 'Feature', properties, geometry },
});
const file = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const polygon = (...rings: unknown[]) => ({ type: 'Polygon', coordinates: rings });
const faultsIn = (text: string) => readAreas(text) as readonly AreaFault[];

it('reads areas with holes and islands, the texts that may name them, and lines', () => {
  const read = readAreas(
    `\uFEFF${file(
      feature(polygon(square(100, 30, 9), square(103, 33)), {
        adcode: 410000,
        name: '河南',
        z: null,
      }),
      {
        ...feature(
          { type: 'MultiPolygon', coordinates: [[square(110, 20)], [square(112, 20)]] },
          null,
        ),
        id: 46,
      },
      feature(
        {
          type: 'MultiLineString',
          coordinates: [
            [
              [107, 20],
              [109, 18, 5],
            ],
          ],
        },
        { name: '境界线' },
      ),
    )}`,
  );
  expect(read).toMatchObject({
    areas: [
      {
        number: 1,
        properties: { adcode: '410000', name: '河南' },
        rings: [{ length: 5 }, { length: 5 }],
      },
      { number: 2, properties: { id: '46' }, rings: [{ length: 5 }, { length: 5 }] },
    ],
    lines: [
      [
        [107, 20],
        [109, 18, 5],
      ],
    ],
  });
});

it('refuses what is no map at all, and says what it is', () => {
  const reasons = (text: string) => faultsIn(text).map(({ reason, value }) => [reason, value]);
  expect(faultsIn('{"type":\n"FeatureCollection",,}')).toMatchObject([
    { reason: 'not_json', at: expect.stringMatching(/line 2/) },
  ]);
  expect(reasons('[]')).toEqual([['not_collection', '']]);
  expect(reasons('{"type":"Topology"}')).toEqual([['topology', '']]);
  expect(reasons(JSON.stringify(feature(polygon(square(0, 0)))))).toEqual([
    ['not_collection', 'Feature'],
  ]);
  expect(reasons(file())).toEqual([['no_features', '']]);
  expect(reasons(file(...Array(5_001).fill(0)))).toEqual([['too_many', '5001']]);
  const line = {
    type: 'LineString',
    coordinates: [
      [1, 1],
      [2, 2],
    ],
  };
  expect(reasons(file(feature(line)))).toEqual([['no_area', '']]);
});

it('says of every wrong feature what is wrong, and where', () => {
  const ring = square(100, 30);
  const found = faultsIn(
    file(
      feature(polygon(ring)),
      7,
      feature(null),
      feature({ type: 'Point', coordinates: [100, 30] }),
      feature({ type: 'constructor', coordinates: [] }),
      feature(polygon(ring.slice(0, 3))),
      feature(polygon(ring, [...ring.slice(0, 4), [100, 31]])),
      feature({
        type: 'MultiPolygon',
        coordinates: [[ring], [[...ring.slice(0, 2), [1, '30'], ring[0]]]],
      }),
      feature(polygon([[11_131_949, 3_503_549], ...ring])),
      feature(polygon([[30, 100], ...ring])),
      feature({ type: 'MultiPolygon', coordinates: [] }),
      feature(null),
    ),
  );
  expect(found.map(({ feature: at, reason, at: path }) => `${at} ${reason} ${path}`)).toEqual([
    '2 not_feature features[1]',
    '3 no_geometry features[2].geometry',
    '4 not_area features[3].geometry.type',
    '5 not_area features[4].geometry.type',
    '6 short_ring features[5].geometry.coordinates[0]',
    '7 open_ring features[6].geometry.coordinates[1]',
    '8 not_position features[7].geometry.coordinates[1][0][2]',
    '9 not_longitude features[8].geometry.coordinates[0][0]',
    '10 not_latitude features[9].geometry.coordinates[0][0]',
    '11 no_geometry features[10].geometry.coordinates',
  ]);
});

it('reads the areas of the example: as many as it has districts', () => {
  const text = readFileSync(new URL('../example/areas.geojson', import.meta.url), 'utf8');
  expect(readAreas(text)).toMatchObject({ areas: { length: 16 }, lines: [] });
});
