import type { Operations } from '../../../generated/api.ts';

export type Body = Operations['release.preview']['body'];

/** What a collection's firms are classed by. */
export const COLLECTION_VARIABLES = ['industry', 'size', 'region'] as const;
/** Columns of posted rows that class nothing. */
const OWN_COLUMNS = ['unit', 'holding', 'value'];

/** What a person has chosen and typed so far. */
export type Entry = {
  from: 'collection' | 'rows';
  collection: string;
  item: string;
  csv: string;
  codes: string;
  unit: string;
  title: string;
  series: string;
  /** Tables that come out together, each by some variables. */
  tables: readonly (readonly string[])[];
  fewest: string;
  /** How far a guess at a kept cell is to be off, in per cent of it. */
  margin: string;
  percent: string;
  /** Dominance: the n largest are more than k per cent; both empty where it is not asked for. */
  largest: string;
  share: string;
};

export const EMPTY: Entry = {
  from: 'collection',
  collection: '',
  item: '',
  csv: '',
  codes: '',
  unit: '',
  title: '',
  series: '',
  tables: [['industry', 'size']],
  fewest: '3',
  margin: '10',
  percent: '10',
  largest: '',
  share: '',
};

/** The variables of rows: what stands in the first line besides unit, holding and value. */
export function variablesOf(csv: string): string[] {
  const [line = ''] = csv.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const heads = line.split(',').map((head) => head.trim().replaceAll(/^"|"$/g, ''));
  return heads.filter((head) => head !== '' && !OWN_COLUMNS.includes(head));
}

export const variablesIn = ({ from, csv }: Entry): readonly string[] =>
  from === 'collection' ? COLLECTION_VARIABLES : variablesOf(csv);

const whole = (text: string, most: number): number | undefined =>
  /^[1-9]\d{0,3}$/.test(text.trim()) && Number(text) <= most ? Number(text) : undefined;

function percentIn(text: string, least: number): number | undefined {
  const value = Number(text);
  const isPercent = /^\d{1,3}(\.\d{1,4})?$/.test(text.trim()) && value >= least && value <= 100;
  return isPercent ? value : undefined;
}

/** Each rule that is asked for; undefined where one is half written, or none keeps anything. */
function rulesOf({ fewest, margin, percent, largest, share }: Entry): Body['rules'] | undefined {
  const rules: Body['rules'] = {};
  if (fewest !== '') {
    const [n, off] = [whole(fewest, 1_000), percentIn(margin, 0)];
    if (n === undefined || off === undefined) return undefined;
    rules.frequency = { n, margin: off / 100 };
  }
  if (percent !== '') {
    const p_percent = percentIn(percent, 0.0001);
    if (p_percent === undefined) return undefined;
    rules.p_percent = p_percent;
  }
  if (largest !== '' || share !== '') {
    const [n, k] = [whole(largest, 5), percentIn(share, 0.0001)];
    if (n === undefined || k === undefined) return undefined;
    rules.dominance = { n, k };
  }
  return Object.keys(rules).length > 0 ? rules : undefined;
}

function materialOf({ from, collection, item, csv, codes, unit }: Entry) {
  if (from === 'collection') {
    if (collection === '' || item === '') return undefined;
    return { kind: 'collection' as const, collection_id: collection, item };
  }
  if (csv === '' || unit.trim() === '') return undefined;
  return { kind: 'rows' as const, unit: unit.trim(), csv, ...(codes === '' ? {} : { codes }) };
}

/** Tables of the variables that there are, each once and none of nothing. */
function tablesOf(entry: Entry): NonNullable<Body['tables']> {
  const known = variablesIn(entry);
  const tables = entry.tables
    .map((dimensions) => known.filter((one) => dimensions.includes(one)))
    .filter((dimensions) => dimensions.length > 0);
  const named = tables.map((dimensions) => ({ name: dimensions.join('-'), dimensions }));
  return named.filter(({ name }, at) => named.findIndex((one) => one.name === name) === at);
}

const SERIES = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** What is asked for; undefined while something of it is missing or is no figure. */
export function bodyOf(entry: Entry): Body | undefined {
  const material = materialOf(entry);
  const rules = rulesOf(entry);
  const tables = tablesOf(entry);
  const [title, series] = [entry.title.trim(), entry.series.trim()];
  const isNamed = title !== '' && SERIES.test(series);
  if (!material || !rules || !isNamed || tables.length === 0) return undefined;
  return { series, title, material, tables, rules };
}
