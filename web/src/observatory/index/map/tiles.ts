import { PROVINCES } from '../../../../../src/kernel/provinces.ts';
import type { Area } from './areas.ts';

type Tile = readonly [code: string, letters: string, column: number, row: number];

/**
 * The 34 provinces as equal squares, each about where it lies: a scheme without a border. Letters
 * are those of GB/T 2260. Islands stand apart by an empty square.
 */
const TILES: readonly Tile[] = [
  ['23', 'HL', 7, 0],
  ['15', 'NM', 4, 1],
  ['22', 'JL', 7, 1],
  ['65', 'XJ', 0, 2],
  ['62', 'GS', 1, 2],
  ['64', 'NX', 2, 2],
  ['61', 'SN', 3, 2],
  ['14', 'SX', 4, 2],
  ['11', 'BJ', 5, 2],
  ['12', 'TJ', 6, 2],
  ['21', 'LN', 7, 2],
  ['54', 'XZ', 0, 3],
  ['63', 'QH', 1, 3],
  ['51', 'SC', 2, 3],
  ['50', 'CQ', 3, 3],
  ['41', 'HA', 4, 3],
  ['13', 'HE', 5, 3],
  ['37', 'SD', 6, 3],
  ['53', 'YN', 2, 4],
  ['52', 'GZ', 3, 4],
  ['42', 'HB', 4, 4],
  ['34', 'AH', 5, 4],
  ['32', 'JS', 6, 4],
  ['31', 'SH', 7, 4],
  ['45', 'GX', 3, 5],
  ['43', 'HN', 4, 5],
  ['36', 'JX', 5, 5],
  ['33', 'ZJ', 6, 5],
  ['44', 'GD', 4, 6],
  ['35', 'FJ', 5, 6],
  ['71', 'TW', 7, 6],
  ['46', 'HI', 3, 7],
  ['82', 'MO', 4, 7],
  ['81', 'HK', 5, 7],
];

const ROWS = 8;
const GAP = 0.02;

/** What a province may be called by: by any of them it is found. */
export const PROVINCE_NAMES = ['code', 'name', 'name_en'];

/**
 * The tiles as areas, a degree each and about the equator, where a degree is as wide as high: they
 * are matched, drawn and named like the areas of a file.
 */
export const provinceTiles: readonly Area[] = TILES.map(([code, letters, column, row], index) => {
  const [left, right] = [column + GAP, column + 1 - GAP];
  const [top, bottom] = [ROWS / 2 - row - GAP, ROWS / 2 - row - 1 + GAP];
  const { zh = '', en = '' } = PROVINCES[code] ?? {};
  return {
    number: index + 1,
    properties: { code: `${code}0000`, letters, name: zh, name_en: en },
    rings: [
      [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
        [left, top],
      ],
    ],
  };
});
