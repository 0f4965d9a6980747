import { type FaultDetail, limits } from '../../../kernel/index.ts';
import { fault, unreadable } from '../faults.ts';

/** What one unit adds to a table: its value under one code of each variable, at their finest. */
export type Contribution = {
  readonly unit: string;
  /** Units of one owner have one holding, and count as one contributor. */
  readonly holding: string | null;
  /** One code for each of the material's variables, in their order. */
  readonly keys: readonly string[];
  /** Not below zero. */
  readonly value: number;
};

export type Code = {
  readonly code: string;
  /** Null for the one code that is the total. */
  readonly parent: string | null;
  /** False where a table does not go down so far. */
  readonly is_shown: boolean;
};

/** One variable of a table with its codes: a tree with the total as its root. */
export type Dimension = { readonly variable: string; readonly codes: readonly Code[] };

export type Layout = { readonly name: string; readonly dimensions: readonly Dimension[] };

/** The tables that come out together, over the contributions as they were known then. */
export type Vintage = {
  readonly name: string;
  readonly layouts: readonly Layout[];
  readonly contributions: readonly Contribution[];
};

/** The code of a total where no hierarchy names another. */
export const TOTAL = 'T';

/** A dimension in which every code stands under the total. */
export function flatDimension(variable: string, codes: readonly string[]): Dimension {
  const leaves = [...new Set(codes)].toSorted();
  const total = { code: TOTAL, parent: null, is_shown: true };
  return {
    variable,
    codes: [total, ...leaves.map((code) => ({ code, parent: TOTAL, is_shown: true }))],
  };
}

/** A dimension ready for counting: `chain` gives the shown codes above a finest one, and itself. */
export type PreparedDimension = {
  readonly variable: string;
  readonly place: number;
  readonly labels: readonly string[];
  readonly shown: number;
  readonly chain: ReadonlyMap<string, readonly number[]>;
};

/**
 * Shown codes first, then the watched ones: parts of a code that no table shows, but that two
 * tables with different codes for one variable show by their difference.
 */
export function prepareDimension(
  dimension: Dimension,
  variables: readonly string[],
  classOf: (variable: string, leaf: string) => string | null,
): PreparedDimension {
  const parents = new Map(dimension.codes.map(({ code, parent }) => [code, parent]));
  const shown = dimension.codes.filter((one) => one.is_shown).map(({ code }) => code);
  const labels = [...shown];
  const index = new Map(labels.map((code, at) => [code, at]));
  const chain = new Map<string, number[]>();
  for (const leaf of leavesOf(dimension)) {
    const above: number[] = [];
    for (let code: string | null = leaf; code !== null; code = parents.get(code) ?? null) {
      const at = index.get(code);
      if (at !== undefined && at < shown.length) above.push(at);
    }
    const part = classOf(dimension.variable, leaf);
    if (part !== null) {
      if (!index.has(part)) index.set(part, labels.push(part) - 1);
      above.push(index.get(part) as number);
    }
    chain.set(leaf, above);
  }
  const place = variables.indexOf(dimension.variable);
  return { variable: dimension.variable, place, labels, shown: shown.length, chain };
}

export function leavesOf({ codes }: Dimension): string[] {
  const parents = new Set(codes.map(({ parent }) => parent));
  return codes.filter(({ code }) => !parents.has(code)).map(({ code }) => code);
}

/**
 * Which finest codes of a variable no table keeps apart, named by one of them; null where a shown
 * code of the dimension is just that class.
 */
export function classesOf(layouts: readonly Layout[]) {
  const signatures = new Map<string, Map<string, string[]>>();
  const dimensions = layouts.flatMap((layout) => layout.dimensions);
  dimensions.forEach((dimension, at) => {
    const parents = new Map(dimension.codes.map((one) => [one.code, one]));
    const own = signatures.get(dimension.variable) ?? new Map<string, string[]>();
    signatures.set(dimension.variable, own);
    for (const leaf of leavesOf(dimension)) {
      let finest = parents.get(leaf);
      while (finest && !finest.is_shown) finest = parents.get(finest.parent ?? '');
      own.set(leaf, [...(own.get(leaf) ?? []), `${at}:${finest?.code ?? ''}`]);
    }
  });
  const classes = new Map<string, Map<string, string>>();
  for (const [variable, own] of signatures) {
    const named = new Map([...own].map(([leaf, parts]) => [leaf, JSON.stringify(parts)]));
    classes.set(variable, named);
  }
  return (dimension: Dimension) => {
    const named = classes.get(dimension.variable) as Map<string, string>;
    const parents = new Map(dimension.codes.map((one) => [one.code, one]));
    const finestOf = (leaf: string) => {
      let finest = parents.get(leaf);
      while (finest && !finest.is_shown) finest = parents.get(finest.parent ?? '');
      return finest?.code ?? '';
    };
    const under = new Map<string, Set<string>>();
    for (const leaf of leavesOf(dimension)) {
      const finest = finestOf(leaf);
      under.set(finest, (under.get(finest) ?? new Set()).add(named.get(leaf) as string));
    }
    return (_: string, leaf: string) =>
      (under.get(finestOf(leaf))?.size ?? 0) > 1 ? `∩${named.get(leaf)}` : null;
  };
}

/**
 * Holds a vintage against its own words: trees with one root, codes that are there, no value below
 * zero, nothing too large.
 * @throws publishing.data_unreadable with every place, publishing.too_large
 */
export function checkVintage(vintage: Vintage, variables: readonly string[]): void {
  const errors: FaultDetail[] = [];
  const find = (path: string, zh: string, en: string) => errors.push({ path, zh, en });
  let cells = 0;
  for (const { name, dimensions } of vintage.layouts) {
    if (dimensions.length === 0 || dimensions.length > limits.disclosure_dimensions) {
      const most = limits.disclosure_dimensions;
      find(name, `表的维数应为 1 至 ${most}。`, `A table has 1 to ${most} dimensions.`);
    }
    cells += dimensions.reduce((all, { codes }) => all * codes.length, 1);
    for (const dimension of dimensions) checkTree(dimension, variables, name, find);
  }
  if (cells > limits.disclosure_cells) {
    throw fault('publishing.too_large', { what: 'cells 单元格', limit: limits.disclosure_cells });
  }
  const count = vintage.contributions.length;
  if (count > limits.disclosure_contributions) {
    const limit = limits.disclosure_contributions;
    throw fault('publishing.too_large', { what: 'contributions 填报值', limit });
  }
  if (errors.length === 0) checkContributions(vintage, variables, find);
  if (errors.length > 0) throw unreadable(vintage.name, errors);
}

type Find = (path: string, zh: string, en: string) => void;

function checkTree(dimension: Dimension, variables: readonly string[], name: string, find: Find) {
  const path = `${name}/${dimension.variable}`;
  const parents = new Map(dimension.codes.map(({ code, parent }) => [code, parent]));
  if (!variables.includes(dimension.variable)) {
    find(path, '数据中没有这个变量。', 'The data have no such variable.');
  }
  if (parents.size < dimension.codes.length) {
    find(path, '有重复的编码，请只留一个。', 'A code stands twice: keep one.');
  }
  const roots = dimension.codes.filter(({ parent }) => parent === null);
  if (roots.length !== 1) {
    find(path, '应有且只有一个合计。', 'There is to be one total, the code without a parent.');
  }
  for (const { code } of dimension.codes) {
    let steps = 0;
    let at: string | null | undefined = code;
    while (at !== null && at !== undefined && steps <= dimension.codes.length) {
      at = parents.get(at);
      steps++;
    }
    if (at === null) continue;
    const zh = `编码“${code}”追溯不到合计，请改正上级。`;
    find(path, zh, `No way leads from "${code}" to the total: correct its parents.`);
    return;
  }
}

function checkContributions(vintage: Vintage, variables: readonly string[], find: Find): void {
  const leaves = vintage.layouts.flatMap(({ dimensions }) =>
    dimensions.map((one) => ({
      place: variables.indexOf(one.variable),
      variable: one.variable,
      codes: new Set(leavesOf(one)),
    })),
  );
  vintage.contributions.forEach(({ unit, keys, value }, at) => {
    if (!(value >= 0) || value > limits.disclosure_value) {
      const zh = `${unit} 的值应在 0 至 ${limits.disclosure_value} 之间。`;
      find(`${at + 1}`, zh, `The value of ${unit} is not from 0 to ${limits.disclosure_value}.`);
    }
    for (const { place, variable, codes } of leaves) {
      const code = keys[place] as string;
      if (codes.has(code)) continue;
      const zh = `${variable} 中没有最细一级的编码“${code}”。`;
      find(`${at + 1}/${variable}`, zh, `"${code}" is no finest code of ${variable}.`);
    }
  });
}
