import { type FaultDetail, parentTaxCode, parseTaxCode } from '../../kernel/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import { type Status, statuses } from './edition.ts';
import { unreadable } from './faults.ts';
import { readOwnTable } from './industry.ts';

/**
 * A class of the 商品和服务税收分类编码. Its code has 19 digits in ten levels (one, then two each),
 * filled up with zeros.
 */
export type TaxClass = {
  /** The digits without the zeros behind: `307`, `30701`. */
  readonly prefix: string;
  readonly name: string;
  /** What stands between the stars on an invoice line, as in *餐饮服务*餐费; '' where not known. */
  readonly short_name: string;
  readonly status: Status;
  /**
   * Codes of GB/T 4754, of any level, in which such a sale can fall, `C-43` for section C without
   * division 43; none: nothing is said.
   */
  readonly candidates: readonly string[];
};

export type TaxClasses = {
  readonly byPrefix: ReadonlyMap<string, TaxClass>;
  readonly byShortName: ReadonlyMap<string, readonly TaxClass[]>;
};

const split = (text: string) => text.split(' ').filter((one) => one !== '');

function classesOf(list: readonly TaxClass[]): TaxClasses {
  const byShortName = new Map<string, TaxClass[]>();
  for (const one of list) {
    if (one.short_name === '') continue;
    byShortName.set(one.short_name, [...(byShortName.get(one.short_name) ?? []), one]);
  }
  return { byPrefix: new Map(list.map((one) => [one.prefix, one])), byShortName };
}

let kept: TaxClasses | null = null;

/** The upper levels that are in the registry itself. */
export function knownTaxClasses(): TaxClasses {
  kept ??= classesOf(
    readOwnTable('tax-classes.csv').map((row) => ({
      prefix: row.code ?? '',
      name: row.name ?? '',
      short_name: row.short_name ?? '',
      status: statuses.find((one) => one === row.status) ?? 'unverified',
      candidates: split(row.candidates ?? ''),
    })),
  );
  return kept;
}

/** Digits up to the last level that says something: 3070100000000000000 is 30701. */
export function prefixOf(code: string): string {
  return code.replace(/(00)*$/, '');
}

/** The class of a code and those above it, nearest first, as far as they are known. */
export function taxLineage(code: string, classes: TaxClasses = knownTaxClasses()): TaxClass[] {
  const up: TaxClass[] = [];
  for (let prefix = prefixOf(code); prefix.length > 0; prefix = prefix.slice(0, -2)) {
    const found = classes.byPrefix.get(prefix);
    if (found) up.push(found);
  }
  return up;
}

/** Where the sales of a code can fall: what the nearest class that says something says. */
export function candidatesOfTaxCode(
  code: string,
  classes: TaxClasses = knownTaxClasses(),
): TaxClass | null {
  return taxLineage(code, classes).find((one) => one.candidates.length > 0) ?? null;
}

/**
 * Reads the tax administration's table: `code` (19 digits) and `name`, `short_name` where it has
 * it. What the registry says of the candidates of upper levels stays.
 * @throws classification.list_unreadable where a code is none, stands twice or has no parent
 */
export function readTaxClasses(text: string, file = 'tax-classes.csv'): TaxClasses {
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find = (row: number, zh: string, en: string) =>
    errors.push({ path: `${file}:${row}`, zh, en });
  for (const head of ['code', 'name'].filter((one) => !heads.includes(one))) {
    find(1, `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  const own = knownTaxClasses();
  const read = new Map<string, TaxClass & { row: number; code: string }>();
  for (const { row, cells } of records) {
    const cell = (head: string) => cells[heads.indexOf(head)] ?? '';
    const parsed = parseTaxCode(cell('code'));
    if (!parsed.ok) {
      find(row, parsed.reason.zh, parsed.reason.en);
      continue;
    }
    const { code } = parsed.value;
    const prefix = prefixOf(code);
    if (read.has(prefix)) find(row, `${code} 重复。`, `${code} stands twice: keep one.`);
    if (cell('name') === '') find(row, `${code} 没有名称。`, `${code} has no name.`);
    const candidates = own.byPrefix.get(prefix)?.candidates ?? [];
    const [name, short_name] = [cell('name'), cell('short_name')];
    read.set(prefix, { prefix, name, short_name, status: 'converted', candidates, row, code });
  }
  for (const { row, code } of read.values()) {
    const parent = parentTaxCode(code);
    if (parent === undefined || read.has(prefixOf(parent))) continue;
    find(row, `${code} 的上级 ${parent} 不在表中。`, `${code}: its parent ${parent} is missing.`);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  return classesOf([...read.values()].map(({ row: _, code: __, ...one }) => one));
}
