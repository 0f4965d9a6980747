import {
  type Crosswalk,
  digitalEconomy,
  getEdition,
  industriesOn,
  readCrosswalk,
  readTaxClasses,
} from '../observatory/classification/index.ts';
import {
  classRows,
  evidenceOf,
  type Grounds,
  getRule,
  type InvoiceLine,
  ledgerOf,
  type Period,
  readContracts,
  readDecisions,
  readLines,
  splitByDerived,
  splitRevenue,
  statisticsFault,
  testThreshold,
  withNearest,
} from '../observatory/statistics/index.ts';
import { fileOf, printed } from './file-verbs.ts';
import { type BareVerb, flag, optional, text, type Values } from './verb.ts';

type Material = {
  lines: readonly InvoiceLine[];
  firms: readonly string[];
  period: Period;
  grounds: Grounds;
};

function monthIn(values: Values, name: 'from' | 'to', fallback: string): string {
  const given = optional(values, name) ?? fallback;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(given)) return given;
  throw new Error(`--${name}: 请填月份，如 2026-03 write a month as 2026-03: ${given}`);
}

function materialOf(values: Values): Material {
  const lines = readLines(...fileOf(values, 'file'));
  const has = (name: string) => optional(values, name) !== undefined;
  // One firm may decide on what another sells under the same name: decisions go with one file.
  const grounds: Grounds = {
    industries: industriesOn(),
    contracts: has('contracts') ? readContracts(...fileOf(values, 'contracts')) : new Map(),
    decisions: has('decisions') ? readDecisions(...fileOf(values, 'decisions')) : [],
    ...(has('taxes') ? { taxes: readTaxClasses(...fileOf(values, 'taxes')) } : {}),
  };
  const all = [...new Set(lines.map((line) => line.firm))];
  const firm = optional(values, 'firm');
  if (firm !== undefined && !all.includes(firm)) {
    throw statisticsFault('statistics.firm_unknown', { firm, known: all.join(', ') });
  }
  const firms = firm === undefined ? all : [firm];
  if (has('decisions') && firms.length > 1) {
    throw new Error('--decisions: 归类决定属于一家企业，请加 --firm name the one firm with --firm');
  }
  const months = lines.map((line) => line.issued_on.slice(0, 7)).toSorted();
  const period = {
    from: monthIn(values, 'from', months[0] ?? ''),
    to: monthIn(values, 'to', months.at(-1) ?? ''),
  };
  return { lines, firms, period, grounds };
}

/** A table that was given stands for the whole of its edition; without one, what is known of it. */
function derivedIn(values: Values): Crosswalk {
  const id = optional(values, 'edition') ?? 'digital-economy-2021';
  if (optional(values, 'table') === undefined) {
    if (id === 'digital-economy-2021') return digitalEconomy();
    throw new Error(`--table: ${getEdition(id).missing?.zh} ${getEdition(id).missing?.en}`);
  }
  const [csv, file] = fileOf(values, 'table');
  const edition = { ...getEdition(id), coverage: 'whole' as const };
  return readCrosswalk(csv, { edition, kind: 'selection', base: industriesOn(), file });
}

const files = { file: text, contracts: text, decisions: text, taxes: text };
const chosen = { firm: text, from: text, to: text };

/** How much of a firm's revenue is service: invoice lines in, intervals and their evidence out. */
export const splitVerbs: Record<string, BareVerb> = {
  split: {
    usage:
      '<lines.csv> [--contracts <csv> --decisions <csv> --taxes <csv>] [--firm <firm>] ' +
      '[--from 2026-01 --to 2026-12] [--rule <id>] [--threshold 0.3] [--lines]',
    options: { ...files, ...chosen, rule: text, threshold: text, lines: flag },
    operand: 'file',
    async runBare(_, values) {
      const { lines, firms, period, grounds } = materialOf(values);
      const rule = getRule(optional(values, 'rule') ?? 'third-sector');
      const threshold = optional(values, 'threshold') ?? '0.3';
      return printed(
        firms.map((firm) => {
          const own = ledgerOf(firm, lines);
          const asked = { period, rule };
          return {
            split: splitRevenue(own, asked, grounds),
            test: withNearest(
              testThreshold(own, { ...asked, threshold }, grounds),
              grounds.industries,
            ),
            ...(values.lines ? { lines: evidenceOf(firm, lines, asked, grounds) } : {}),
          };
        }),
      );
    },
  },
  'split derived': {
    usage:
      '<lines.csv> [--edition <id> --table <csv>] [--contracts … --decisions … --taxes …] ' +
      '[--firm … --from … --to …]      (a derived class, as the digital economy)',
    options: { ...files, ...chosen, edition: text, table: text },
    operand: 'file',
    async runBare(_, values) {
      const { lines, firms, period, grounds } = materialOf(values);
      const crosswalk = derivedIn(values);
      return printed(
        firms.map((firm) => splitByDerived(ledgerOf(firm, lines), { period, crosswalk }, grounds)),
      );
    },
  },
  'split classes': {
    usage: '<lines.csv> [--contracts … --decisions … --taxes …] [--firm <firm>]      (by month)',
    options: { ...files, firm: text },
    operand: 'file',
    async runBare(_, values) {
      const { lines, firms, grounds } = materialOf(values);
      return printed(firms.flatMap((firm) => classRows(ledgerOf(firm, lines), grounds)));
    },
  },
};
