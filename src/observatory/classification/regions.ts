import { type Bilingual, type FaultDetail, parseUscc } from '../../kernel/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import { unreadable } from './faults.ts';
import { readOwnTable } from './industry.ts';

/** An administrative division of GB/T 2260, six digits: two each for province, city and county. */
export type Region = {
  readonly code: string;
  readonly level: 'province' | 'city' | 'county';
  /** Null where only its province is in the list: cities and counties change yearly. */
  readonly name: string | null;
  readonly province: string;
};

export type Regions = ReadonlyMap<string, string>;

let kept: Regions | null = null;

/** The 34 provinces, municipalities, autonomous and special administrative regions. */
export function provinces(): Regions {
  kept ??= new Map(
    readOwnTable('regions-2260.csv').map(({ code = '', name = '' }) => [code, name]),
  );
  return kept;
}

/**
 * Takes a code apart; null where it is none or its province does not exist.
 * @param regions the list of a year, where one was imported
 */
export function regionOf(code: string, regions: Regions = provinces()): Region | null {
  const province = provinces().get(`${code.slice(0, 2)}0000`);
  if (!/^\d{6}$/.test(code) || province === undefined) return null;
  const level = code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'county';
  return { code, level, name: regions.get(code) ?? null, province };
}

/** Where a firm was registered: digits 3 to 8 of its 统一社会信用代码 (GB 32100-2015). */
export function regionOfFirm(uscc: string, regions: Regions = provinces()): Region | null {
  const parsed = parseUscc(uscc);
  return parsed.ok ? regionOf(parsed.value.region, regions) : null;
}

/**
 * Reads the list of a year (`code, name`), as the Ministry of Civil Affairs publishes it.
 * @throws classification.list_unreadable
 */
export function readRegions(text: string, file = 'regions.csv'): Regions {
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find = (row: number, { zh, en }: Bilingual) =>
    errors.push({ path: `${file}:${row}`, zh, en });
  if (!heads.includes('code') || !heads.includes('name')) {
    find(1, { zh: '应有 code 和 name 两列。', en: 'The columns code and name are needed.' });
    throw unreadable(file, errors);
  }
  const read = new Map<string, string>();
  for (const { row, cells } of records) {
    const code = cells[heads.indexOf('code')] ?? '';
    const name = cells[heads.indexOf('name')] ?? '';
    if (!regionOf(code) || name === '') {
      find(row, {
        zh: `“${code} ${name}”不是六位行政区划代码加名称。`,
        en: `"${code} ${name}" is no division of six digits with its name.`,
      });
    } else if (read.has(code)) {
      find(row, { zh: `${code} 重复，请只留一行。`, en: `${code} stands twice: keep one.` });
    }
    read.set(code, name);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  return read;
}
