import { readCsvTable } from '../observatory/indicator/index.ts';
import {
  auditRelease,
  cellKey,
  dimensionsOf,
  findReidentifications,
  type Material,
  type PublishedRow,
  protectRelease,
  pseudonyms,
  type Rules,
  readCodes,
  readContributions,
  type Vintage,
} from '../observatory/publishing/index.ts';
import { fileOf, printed } from './file-verbs.ts';
import { type BareVerb, optional, required, text, type Values } from './verb.ts';

function numbersIn(values: Values, name: string, count: number): number[] | undefined {
  const given = optional(values, name);
  if (given === undefined) return undefined;
  const numbers = given.split(',').map(Number);
  if (numbers.length === count && numbers.every((one) => one > 0)) return numbers;
  throw new Error(`--${name}: 请填 ${count} 个正数 write ${count} number(s) above 0: ${given}`);
}

/** How far off a guess at a cell of few contributors is to be, where nothing is said. */
const MARGIN = 0.1;

export function rulesIn(values: Values): Rules {
  const [n] = numbersIn(values, 'frequency', 1) ?? [];
  const [margin = MARGIN] = numbersIn(values, 'margin', 1) ?? [];
  const [largest, share] = numbersIn(values, 'dominance', 2) ?? [];
  const [prior, after] = numbersIn(values, 'pq', 2) ?? [];
  return {
    frequency: n === undefined ? undefined : { n, margin },
    dominance: largest && share ? { n: largest, k: share } : undefined,
    p_percent: numbersIn(values, 'p', 1)?.[0],
    pq: prior && after ? { p: prior, q: after } : undefined,
    zero_margin: numbersIn(values, 'zero', 1)?.[0],
  };
}

export function vintageIn(values: Values, name: 'data' | 'before'): [Material, Vintage] {
  const material = readContributions(...fileOf(values, name));
  const codes = optional(values, 'codes') ? readCodes(...fileOf(values, 'codes')) : new Map();
  const layout = { name: 'table', dimensions: dimensionsOf(material, codes) };
  return [material, { name, layouts: [layout], contributions: material.contributions }];
}

/** The release before this one, as the same rules kept it. */
function earlierIn(values: Values, rules: Rules) {
  if (optional(values, 'before') === undefined) return [];
  const [{ variables }, vintage] = vintageIn(values, 'before');
  const { cells } = protectRelease({ variables, earlier: [], vintage, rules });
  const kept = cells.filter(({ state }) => state !== 'published');
  return [{ vintage, suppressed: new Set(kept.map((one) => cellKey(one.table, one.codes))) }];
}

/** Rows of `label` and attributes; columns named `statement…` hold sentences. */
function rowsIn(values: Values): PublishedRow[] {
  const { heads, records } = readCsvTable(...fileOf(values, 'data'));
  const isSentence = (head: string) => head.startsWith('statement');
  const names = heads.filter((head) => head !== 'label' && !isSentence(head));
  return records.map(({ cells }) => ({
    label: cells[heads.indexOf('label')] ?? '',
    attributes: Object.fromEntries(names.map((name) => [name, cells[heads.indexOf(name)] ?? ''])),
    statements: heads.flatMap((head, at) => (isSentence(head) ? [cells[at] ?? ''] : [])),
  }));
}

export const ruleOptions = {
  frequency: text,
  margin: text,
  p: text,
  dominance: text,
  pq: text,
  zero: text,
} as const;

/** A table of figures that gives nobody's away, from files alone. */
export const disclosureVerbs: Record<string, BareVerb> = {
  'disclosure table': {
    usage:
      '<contributions.csv> [--codes <csv>] [--before <csv>] [--frequency 3 --margin 0.1] ' +
      '[--p 10] [--dominance 2,85] [--pq 10,50] [--zero 1]',
    options: { data: text, codes: text, before: text, ...ruleOptions },
    operand: 'data',
    async runBare(_, values) {
      const asked = rulesIn(values);
      const [{ variables }, vintage] = vintageIn(values, 'data');
      const earlier = earlierIn(values, asked);
      const release = protectRelease({ variables, earlier, vintage, rules: asked });
      const checked = await auditRelease(release, asked);
      return printed({
        variables,
        cells: release.cells
          .filter(({ count }) => count > 0)
          .map(({ codes, value, state, rules: broken }) => ({
            codes,
            value: state === 'published' ? value : null,
            state,
            rules: broken,
          })),
        audit: checked,
      });
    },
  },
  'disclosure letters': {
    usage: '--names <text file, a name a line> --secret <of this release>',
    options: { names: text, secret: text },
    async runBare(_, values) {
      const [names] = fileOf(values, 'names');
      const lines = names.split('\n').map((line) => line.trim());
      const given = lines.filter((line) => line !== '');
      return printed(Object.fromEntries(pseudonyms(given, required(values, 'secret'))));
    },
  },
  'disclosure reidentify': {
    usage: '<rows.csv: label, attributes, statement…> [--k 3] [--names <text file>]',
    options: { data: text, k: text, names: text },
    operand: 'data',
    async runBare(_, values) {
      const candidates = optional(values, 'names')
        ? fileOf(values, 'names')[0].split('\n').filter(Boolean)
        : [];
      const [k = 3] = numbersIn(values, 'k', 1) ?? [];
      const found = findReidentifications({ rows: rowsIn(values), k, candidates });
      return { ...printed(found), exit_code: found.length > 0 ? 1 : 0 };
    },
  },
};
