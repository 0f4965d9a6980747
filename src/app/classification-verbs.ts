import {
  classify,
  concepts,
  editionOn,
  editions,
  industries,
  industriesOn,
  isUndecided,
  lineage,
  missingParts,
  queueOf,
  readIndustryList,
  readPrecedents,
  sectorOf,
  sizeOf,
} from '../observatory/classification/index.ts';
import { fileOf, printed } from './file-verbs.ts';
import { type Answer, type BareVerb, optional, required, text, type Values } from './verb.ts';

const precedentsIn = (values: Values) =>
  optional(values, 'precedents') === undefined
    ? []
    : readPrecedents(...fileOf(values, 'precedents'));

/** A class with its sector, and everything above it. */
function whole(code: string) {
  const all = industriesOn();
  const [own, ...above] = lineage(all, code);
  return {
    code,
    name: own?.name,
    above: above.map((one) => `${one.code} ${one.name}`),
    sector: own?.level === 4 ? sectorOf(code, all) : null,
    edition: all.edition.document,
  };
}

function classifyPhrase(values: Values): Answer {
  const one = classify(required(values, 'phrase'), precedentsIn(values));
  if (isUndecided(one)) return printed({ undecided: one });
  const { provenance } = industriesOn().edition;
  return printed({ ...one, class: whole(one.code), provenance });
}

function numberIn(values: Values, name: string): number | undefined {
  const given = optional(values, name);
  if (given === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(given)) return Number(given);
  throw new Error(`--${name}: 请填数字 write a number: ${given}`);
}

function size(values: Values): Answer {
  const on = optional(values, 'on') ?? '2018-01-01';
  const figures = ['employees', 'revenue', 'assets'].flatMap((metric) => {
    const value = numberIn(values, metric);
    return value === undefined ? [] : [[metric, value]];
  });
  const declaration = { industry: required(values, 'industry'), as_of: on, known_at: on };
  return printed(sizeOf({ ...declaration, ...Object.fromEntries(figures) }, on));
}

/** What a thing is called in the standards, without a server: words and files in, JSON out. */
export const classificationVerbs: Record<string, BareVerb> = {
  classify: {
    usage: '<phrase> [--precedents <csv>]      (its class of GB/T 4754, or what is undecided)',
    options: { phrase: text, precedents: text },
    operand: 'phrase',
    runBare: async (_, values) => classifyPhrase(values),
  },
  'classify queue': {
    usage:
      '--phrases <file> [--precedents <csv>]      (what cannot be classified, most frequent first)',
    options: { phrases: text, precedents: text },
    async runBare(_, values) {
      const [lines] = fileOf(values, 'phrases');
      const phrases = lines.split(/\r?\n/).map((line) => line.trim());
      return printed(
        queueOf(
          phrases.filter((one) => one !== ''),
          precedentsIn(values),
        ),
      );
    },
  },
  'classify code': {
    usage: '<code>      (what a code of GB/T 4754 is, and which sector it counts in)',
    options: { code: text },
    operand: 'code',
    runBare: async (_, values) => printed(whole(required(values, 'code'))),
  },
  'classify list': {
    usage: '--data <csv>      (which edition a list of industries is; one of 2011 is refused)',
    options: { data: text },
    async runBare(_, values) {
      const { edition, classes } = readIndustryList(...fileOf(values, 'data'));
      const own = industries(edition.id).byCode;
      const renamed = classes.filter((one) => own.get(one.code)?.name !== one.name);
      return printed({ edition, classes: classes.length, named_otherwise: renamed });
    },
  },
  'classify editions': {
    usage: '[--scheme <scheme> --on <date>]      (editions, their sources, and what is missing)',
    options: { scheme: text, on: text },
    async runBare(_, values) {
      const scheme = optional(values, 'scheme');
      if (scheme !== undefined) return printed(editionOn(scheme, required(values, 'on')));
      return printed({
        editions,
        concepts,
        missing: missingParts().map(({ id, missing }) => ({ id, missing })),
      });
    },
  },
  'classify size': {
    usage: '--industry <code> [--employees <n> --revenue <万元> --assets <万元>] [--on <date>]',
    options: { industry: text, employees: text, revenue: text, assets: text, on: text },
    runBare: async (_, values) => size(values),
  },
};
