import type { FaultDetail } from '../../kernel/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import { getEdition } from './editions.ts';
import { fault, unreadable } from './faults.ts';
import { counts, type Industries, type IndustryRow, industriesOf, levelOf } from './industry.ts';

/**
 * Classes whose code is another industry in the edition of 2011, or was not there: enough to tell
 * a list that was copied from the older standard.
 */
const TOLD_BY: readonly { code: string; in2017: string; in2011: string | null }[] = [
  { code: '3963', in2017: '智能无人飞行器制造', in2011: '集成电路制造' },
  { code: '3973', in2017: '集成电路制造', in2011: null },
  { code: '6450', in2017: '互联网数据服务', in2011: null },
  { code: '6513', in2017: '应用软件开发', in2011: null },
  { code: '6531', in2017: '信息系统集成服务', in2011: null },
];

const plain = (name: string) => name.replace(/[（）()、，,\s]/g, '');

/**
 * Reads somebody's own copy of the classification (`code, name`, with or without `parent`) and says
 * which edition it is. Sections may stand before the digits, as in `C2911`.
 * @throws classification.edition_older for a list of 2011, with what told it
 * @throws classification.list_unreadable with each row that is no code, stands twice, has no parent
 *   or is missing
 */
export function readIndustryList(text: string, name = 'industries.csv'): Industries {
  const { heads, records, errors: found } = readCsvTable(text, name);
  const errors: FaultDetail[] = [...found];
  const find = (row: number, zh: string, en: string) =>
    errors.push({ path: `${name}:${row}`, zh, en });
  for (const head of ['code', 'name'].filter((one) => !heads.includes(one))) {
    find(1, `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  if (errors.length > 0) throw unreadable(name, errors);
  const rows = new Map<string, { row: number; code: string; name: string }>();
  for (const { row, cells } of records) {
    const written = cells[heads.indexOf('code')] ?? '';
    const code = /^[A-T]\d+$/.test(written) ? written.slice(1) : written;
    const title = cells[heads.indexOf('name')] ?? '';
    if (!/^([A-T]|\d{2,4})$/.test(code)) {
      const zh = `“${written}”不是行业代码：门类为一个字母，其余为两至四位数字，前面的零不可省略。`;
      find(row, zh, `"${written}" is no code: a letter, or two to four digits with leading zeros.`);
    } else if (title === '') find(row, `${code} 没有名称。`, `${code} has no name.`);
    else if (rows.has(code)) find(row, `${code} 重复，请只留一行。`, `${code} stands twice.`);
    else rows.set(code, { row, code, name: title });
  }
  refuseOlder(rows, name);
  if (errors.length > 0) throw unreadable(name, errors);
  return whole(rows, name);
}

type Rows = ReadonlyMap<string, { row: number; code: string; name: string }>;

function refuseOlder(rows: Rows, name: string): void {
  const told = TOLD_BY.flatMap(({ code, in2017, in2011 }) => {
    const title = rows.get(code)?.name;
    if (in2011 !== null && title !== undefined && plain(title) === plain(in2011)) {
      return [`${code} ${title}`];
    }
    return title === undefined && in2011 === null ? [`${code} ${in2017}：无`] : [];
  });
  const classes = [...rows.keys()].filter((code) => code.length === 4).length;
  const isOldByName = told.some((one) => !one.endsWith('：无'));
  // A list cut short also lacks classes: only the number of the older edition tells it apart.
  const isOldByCount = classes === counts['gbt4754-2011'][3] && told.length > 0;
  if (!isOldByName && !isOldByCount) return;
  const reason = [...told, ...(isOldByCount ? [`${classes}`] : [])].join('; ');
  throw fault('classification.edition_older', { file: name, reason });
}

function whole(rows: Rows, name: string): Industries {
  const errors: FaultDetail[] = [];
  const ordered: IndustryRow[] = [];
  let section: string | null = null;
  for (const { row, code, name: title } of rows.values()) {
    if (levelOf(code) === 1) section = code;
    const parent = { 1: null, 2: section, 3: code.slice(0, 2), 4: code.slice(0, 3) }[levelOf(code)];
    if (parent !== null && !ordered.some((one) => one.code === parent)) {
      const zh = `${code} 的上级 ${parent} 不在它之前，请补上或按标准的次序排列。`;
      errors.push({
        path: `${name}:${row}`,
        zh,
        en: `${code}: its parent ${parent} is not above.`,
      });
    }
    ordered.push({ code, parent, name: title });
  }
  const has = [1, 2, 3, 4].map((level) => ordered.filter((o) => levelOf(o.code) === level).length);
  const edition = (['gbt4754-2017', 'gbt4754-2017-xg1'] as const).find((id) =>
    counts[id].every((count, at) => count === has[at]),
  );
  if (edition === undefined) {
    const zh = `各层数目为 ${has.join(' / ')}，应为 ${counts['gbt4754-2017-xg1'].join(' / ')}(2019年修改后)。`;
    const en = `The levels hold ${has.join(' / ')}, not ${counts['gbt4754-2017-xg1'].join(' / ')}.`;
    errors.push({ path: `${name}:1`, zh, en });
  }
  if (errors.length > 0 || edition === undefined) throw unreadable(name, errors);
  return industriesOf(getEdition(edition), ordered);
}
