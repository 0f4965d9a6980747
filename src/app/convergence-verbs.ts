import { basename } from 'node:path';
import {
  breakOf,
  formOf,
  measureConcentration,
  measureCoupling,
  measureGreyRelation,
  measureGrowth,
  measureServiceInputs,
  measureStructure,
  readGrowth,
  readInputOutputTable,
  readLevels,
  readParts,
  readSeries,
  readStructure,
  recogniseForm,
  sectorGroups,
  withoutPublished,
} from '../observatory/convergence/index.ts';
import { fileOf, printed } from './file-verbs.ts';
import { type BareVerb, many, optional, required, text, type Values } from './verb.ts';

/** What the numbers are said to come from: the words given, or at least the file's name. */
function sourceOf(values: Values, option: 'data' | 'table'): string {
  return optional(values, 'source') ?? basename(required(values, option));
}

function numberOption(values: Values, name: string): number | undefined {
  const given = optional(values, name);
  if (given === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(given)) return Number(given);
  throw new Error(`--${name}: 请填数字 write a number: ${given}`);
}

/** The year of a table: as given, or the one year that stands in the file's name. */
function yearOf(values: Values): number | null {
  const given = numberOption(values, 'year');
  if (given !== undefined) return given;
  const named = basename(required(values, 'table')).match(/(?<!\d)(?:19|20)\d\d(?!\d)/g) ?? [];
  return named.length === 1 ? Number(named[0]) : null;
}

const groupOptions = { services: text, manufacturing: text, agriculture: text, repair: text };

function serviceInputs(values: Values): unknown {
  const [csv, file] = fileOf(values, 'table');
  const source = sourceOf(values, 'table');
  const table = readInputOutputTable(csv, { file, source, year: yearOf(values) });
  const asked = Object.fromEntries(
    Object.keys(groupOptions).flatMap((name) => {
      const codes = optional(values, name);
      return codes === undefined ? [] : [[name, codes]];
    }),
  );
  const groups = sectorGroups(table, asked);
  const codes = (at: readonly number[]) => at.map((one) => table.sectors[one]?.code);
  return {
    table: { file, source, year: table.year, kind: table.kind, break: breakOf(table) },
    groups: {
      services: codes(groups.services),
      repair: codes(groups.repair),
      manufacturing: codes(groups.manufacturing),
      agriculture: codes(groups.agriculture),
    },
    measures: measureServiceInputs(table, groups),
  };
}

function coupling(values: Values): unknown {
  // The form is looked at first: a wrong one is refused whatever the data are.
  const form = formOf(optional(values, 'form') ?? 'standard');
  const column = optional(values, 'published');
  const all = readLevels(...fileOf(values, 'data'), column);
  const { table, published } =
    column === undefined ? { table: all, published: [] } : withoutPublished(all, column);
  const given = optional(values, 'weights');
  const weights = given?.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  const source = sourceOf(values, 'data');
  const made = measureCoupling(table, { form, source, ...(weights ? { weights } : {}) });
  return column === undefined ? made : { ...made, published_forms: recogniseForm(published) };
}

const common = { data: text, source: text };

/** How far services have merged with industry and farming: files in, JSON out, no database. */
export const convergenceVerbs: Record<string, BareVerb> = {
  'convergence io': {
    usage:
      '--table <csv> [--year <y>] [--services 28-42 --manufacturing … --agriculture … --repair …]',
    options: { table: text, year: text, source: text, ...groupOptions },
    runBare: async (_, values) => printed(serviceInputs(values)),
  },
  'convergence coupling': {
    usage: '--data <csv> [--form standard|wang|fan] [--weights 1,2] [--published <column>]',
    options: { ...common, form: text, weights: text, published: text },
    runBare: async (_, values) => printed(coupling(values)),
  },
  'convergence concentration': {
    usage: '--data <csv>      (part, and a column for each whole)',
    options: common,
    runBare: async (_, values) =>
      printed(measureConcentration(readParts(...fileOf(values, 'data')), sourceOf(values, 'data'))),
  },
  'convergence grey': {
    usage: '--data <csv> --reference <column> [--rho 0.5]',
    options: { ...common, reference: text, rho: text },
    async runBare(_, values) {
      const rho = numberOption(values, 'rho') ?? 0.5;
      const choice = { reference: required(values, 'reference'), rho };
      const series = readSeries(...fileOf(values, 'data'));
      return printed(measureGreyRelation(series, { ...choice, source: sourceOf(values, 'data') }));
    },
  },
  'convergence structure': {
    usage: '--data <csv> [--whole <area>]      (location quotients, who does the same as whom)',
    options: { ...common, whole: text },
    async runBare(_, values) {
      const choice = { source: sourceOf(values, 'data'), whole: optional(values, 'whole') };
      return printed(measureStructure(readStructure(...fileOf(values, 'data')), choice));
    },
  },
  growth: {
    usage: '--data <csv> [--against <area>]…      (y/y, two-year mean, gaps, structure, ranks)',
    options: { ...common, against: many },
    async runBare(_, values) {
      const against = (values.against as string[] | undefined) ?? [];
      const rows = readGrowth(...fileOf(values, 'data'));
      return printed(measureGrowth(rows, { source: sourceOf(values, 'data'), against }));
    },
  },
};
