import { machineClock } from '../kernel/index.ts';
import {
  makeRelease,
  nextSource,
  publication,
  publicationCsv,
  type ReleaseSource,
  readReleaseFile,
  releaseSource,
  revisionHistory,
  sdmxMessage,
  verifyRelease,
} from '../observatory/publishing/index.ts';
import { ruleOptions, rulesIn, vintageIn } from './disclosure-verbs.ts';
import { fileOf, printed } from './file-verbs.ts';
import { type BareVerb, list, many, optional, required, text, type Values } from './verb.ts';

const sourceIn = (values: Values, name: string) =>
  readReleaseFile(releaseSource, ...fileOf(values, name));
const releaseIn = (values: Values, name: string) =>
  readReleaseFile(publication, ...fileOf(values, name));

/** What a release is made of, from the contributions and from the release before it. */
function newSource(values: Values): ReleaseSource {
  const [{ variables }, own] = vintageIn(values, 'data');
  const definition = {
    id: required(values, 'definition'),
    version: required(values, 'version'),
    title: required(values, 'title'),
  };
  const vintage = { ...own, name: required(values, 'vintage') };
  const rules = rulesIn(values);
  const made = { kind: 'jingwei-release-source', definition, rules, variables, vintage } as const;
  // Read as a file is: what does not hold is said now, not when somebody verifies.
  const read = (source: unknown) =>
    readReleaseFile(releaseSource, JSON.stringify(source), 'source');
  if (optional(values, 'after') === undefined) return read({ ...made, earlier: [] });
  const before = { source: sourceIn(values, 'after'), out: releaseIn(values, 'published') };
  return read(nextSource(before, read({ ...made, earlier: [] })));
}

/** Releases as files: made, made again, held against each other. */
export const releaseVerbs: Record<string, BareVerb> = {
  'release source': {
    usage:
      '<contributions.csv> --definition <id> --version <v> --title <words> --vintage <name> ' +
      '[--codes <csv>] [--after <source> --published <release>] and the rules of disclosure table',
    options: {
      data: text,
      codes: text,
      definition: text,
      version: text,
      title: text,
      vintage: text,
      after: text,
      published: text,
      ...ruleOptions,
    },
    operand: 'data',
    runBare: async (_, values) => printed(newSource(values)),
  },
  'release make': {
    usage:
      '<source.json>      (holds everybody’s figures: what is printed may come out, it may not)',
    options: { source: text },
    operand: 'source',
    runBare: async (_, values) => printed(await makeRelease(sourceIn(values, 'source'))),
  },
  'release verify': {
    usage: '<release.json> --source <source.json>',
    options: { release: text, source: text },
    operand: 'release',
    async runBare(_, values) {
      const found = verifyRelease(sourceIn(values, 'source'), releaseIn(values, 'release'));
      return { ...printed(found), exit_code: found.is_equal ? 0 : 1 };
    },
  },
  'release csv': {
    usage: '<release.json>',
    options: { release: text },
    operand: 'release',
    async runBare(_, values) {
      const csv = publicationCsv(releaseIn(values, 'release'));
      return { lines: csv.split('\r\n'), json: csv };
    },
  },
  'release sdmx': {
    usage: '<release.json> --sender <who publishes>      (SDMX-JSON 2.0 data message)',
    options: { release: text, sender: text },
    operand: 'release',
    async runBare(_, values) {
      const sender = required(values, 'sender');
      const prepared = machineClock.now().toISOString();
      return printed(sdmxMessage(releaseIn(values, 'release'), { sender, prepared }));
    },
  },
  'release revisions': {
    usage: '--release <first> --release <next> --reason <why> [--release … --reason …]',
    options: { release: many, reason: many },
    async runBare(_, values) {
      const reasons = list(values, 'reason');
      const steps = list(values, 'release').map((release, at) => ({
        publication: releaseIn({ release }, 'release'),
        reason: at === 0 ? null : (reasons[at - 1] ?? null),
      }));
      return printed(revisionHistory(steps));
    },
  },
};
