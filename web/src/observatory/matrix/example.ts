/**
 * Germany 1995 in six groups, million DM: Eurostat Manual of Supply, Use and Input–Output Tables,
 * 2008, table 15.4. Domestic flows; imports are one row there, and so in the sums alone.
 */
const NAMES = [
  ['agriculture', '农业', 'Agriculture'],
  ['manufacturing', '制造业', 'Manufacturing'],
  ['construction', '建筑业', 'Construction'],
  ['trade', '商贸和运输', 'Trade and transport'],
  ['business', '商务服务', 'Business services'],
  ['other', '其他服务', 'Other services'],
] as const;
const DOMESTIC = [
  [1131, 25480, 1, 607, 710, 762],
  [7930, 304584, 64167, 41082, 11981, 30360],
  [426, 7334, 3875, 5296, 23457, 9155],
  [3559, 72717, 14190, 74399, 10835, 21008],
  [3637, 96115, 31027, 65755, 193176, 34223],
  [1552, 14986, 1747, 11225, 15058, 22070],
];
const TOTALS = {
  TII: [22246, 684424, 129982, 228656, 277061, 143901],
  TVA: [21664, 395022, 115624, 311407, 415426, 365017],
  TI: [43910, 1079446, 245606, 540063, 692487, 508918],
};

const row = (code: string, zh: string, en: string, origin: string, cells: readonly number[]) =>
  [code, zh, en, origin, ...cells].join();

export const EXAMPLE = {
  table: [
    ['Code,DescriptionInChinese,Description,Origin', ...NAMES.map(([code]) => code)].join(),
    ...NAMES.map(([code, zh, en], at) => row(code, zh, en, 'Domestic', DOMESTIC[at] ?? [])),
    ...Object.entries(TOTALS).map(([code, cells]) => row(code, '', '', 'TOT', cells)),
  ].join('\n'),
  // The calendar of surveys is China's; the year of this one stands in its source.
  year: null,
  source: 'Eurostat Manual of Supply, Use and Input–Output Tables, 2008, table 15.4: Germany 1995',
  services: 'trade-other',
  manufacturing: 'manufacturing',
  agriculture: 'agriculture',
};
