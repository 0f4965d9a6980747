import { type FaultDetail, limits } from '../../../kernel/index.ts';
import { numberOf, readCsvTable } from '../../indicator/index.ts';
import { unreadable } from '../faults.ts';
import { type Code, type Contribution, type Dimension, flatDimension } from './table.ts';

export type Material = {
  readonly variables: readonly string[];
  readonly contributions: readonly Contribution[];
};

const OWN = ['unit', 'holding', 'value'];

/**
 * Reads contributions from CSV: `unit`, `value` (not below zero), perhaps `holding`, and one column
 * for each variable, with its finest codes.
 * @throws publishing.data_unreadable with every row and column that is wrong
 */
export function readContributions(text: string, file: string): Material {
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find = (at: string, zh: string, en: string) =>
    errors.push({ path: `${file}:${at}`, zh, en });
  for (const head of ['unit', 'value'].filter((one) => !heads.includes(one))) {
    find('1', `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  const variables = heads.filter((head) => !OWN.includes(head));
  if (variables.length === 0 || variables.length > limits.disclosure_dimensions) {
    const most = limits.disclosure_dimensions;
    find('1', `分类变量应为 1 至 ${most} 列。`, `Give 1 to ${most} columns of codes.`);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  const contributions = records.map(({ row, cells }) => {
    const of = (head: string) => cells[heads.indexOf(head)] ?? '';
    const value = numberOf(of('value'));
    if (value === undefined || !(value >= 0)) {
      find(
        `${row}/value`,
        `“${of('value')}”不是非负数。`,
        `"${of('value')}" is no number from 0 on.`,
      );
    }
    for (const head of ['unit', ...variables]) {
      if (of(head) === '') find(`${row}/${head}`, '不能为空。', 'It is empty: fill it in.');
    }
    return {
      unit: of('unit'),
      holding: of('holding') || null,
      keys: variables.map(of),
      value: value ?? 0,
    };
  });
  if (errors.length > 0) throw unreadable(file, errors);
  return { variables, contributions };
}

/**
 * Reads hierarchies from CSV: `variable, code, parent`; a code without a parent is the total.
 * @throws publishing.data_unreadable
 */
export function readCodes(text: string, file: string): Map<string, Code[]> {
  const { heads, records, errors } = readCsvTable(text, file);
  for (const head of ['variable', 'code', 'parent'].filter((one) => !heads.includes(one))) {
    const [zh, en] = [`缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`];
    errors.push({ path: `${file}:1`, zh, en });
  }
  if (errors.length > 0) throw unreadable(file, errors);
  const codes = new Map<string, Code[]>();
  for (const { cells } of records) {
    const of = (head: string) => cells[heads.indexOf(head)] ?? '';
    const own = codes.get(of('variable')) ?? [];
    own.push({ code: of('code'), parent: of('parent') || null, is_shown: true });
    codes.set(of('variable'), own);
  }
  return codes;
}

/** The dimensions of a table over all variables: by the hierarchies given, else every code flat. */
export function dimensionsOf(
  { variables, contributions }: Material,
  codes: ReadonlyMap<string, readonly Code[]>,
): Dimension[] {
  return variables.map((variable, at) => {
    const own = codes.get(variable);
    if (own) return { variable, codes: own };
    return flatDimension(
      variable,
      contributions.map(({ keys }) => keys[at] as string),
    );
  });
}
