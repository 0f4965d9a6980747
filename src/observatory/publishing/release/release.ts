import { z } from 'zod';
import { limits } from '../../../kernel/index.ts';
import {
  auditRelease,
  cellKey,
  type ProtectedRelease,
  protectRelease,
  ruleCodes,
} from '../disclosure/index.ts';
import { unreadable } from '../faults.ts';
import { engineHash, hashOf } from './engine.ts';

const name = z.string().min(1).max(200);
const positive = z.number().positive();

const vintage = z.object({
  name,
  layouts: z.array(
    z.object({
      name,
      dimensions: z.array(
        z.object({
          variable: name,
          codes: z.array(z.object({ code: name, parent: name.nullable(), is_shown: z.boolean() })),
        }),
      ),
    }),
  ),
  contributions: z.array(
    z.object({
      unit: name,
      holding: name.nullable(),
      keys: z.array(name),
      value: z.number().min(0).max(limits.disclosure_value),
    }),
  ),
});

const rules = z.object({
  frequency: z.object({ n: z.int().positive(), margin: z.number().min(0).max(1) }).optional(),
  dominance: z.object({ n: z.int().min(1).max(5), k: positive.max(100) }).optional(),
  p_percent: positive.max(100).optional(),
  pq: z.object({ p: positive, q: positive }).optional(),
  zero_margin: positive.optional(),
});

/** What a release is made of. It holds everybody's figures, and stays with whoever publishes. */
export const releaseSource = z.object({
  kind: z.literal('jingwei-release-source'),
  definition: z.object({ id: name, version: name, title: name }),
  variables: z.array(name).min(1),
  rules,
  vintage,
  earlier: z.array(z.object({ vintage, suppressed: z.array(z.string()) })),
});
export type ReleaseSource = z.output<typeof releaseSource>;

/** What comes out: cells, and what it takes to say that they are these. */
export const publication = z.object({
  kind: z.literal('jingwei-release'),
  definition: releaseSource.shape.definition,
  /** Which data: their name, and the hash of all that the release was made of. */
  vintage: name,
  source_hash: z.string(),
  engine_hash: z.string(),
  /** The releases that it was held against, by their data. */
  after: z.array(name),
  tables: z.array(
    z.object({
      name,
      dimensions: z.array(name),
      cells: z.array(
        z.object({
          codes: z.array(name),
          value: z.number().nullable(),
          state: z.enum(['published', 'primary', 'secondary']),
          rules: z.array(z.enum(ruleCodes)),
          /**
           * How many firms a published cell is of; whoever attacks is taken to know it. Not there
           * of a kept cell, and in releases from before it was counted.
           */
          contributors: z.int().optional(),
        }),
      ),
    }),
  ),
  hash: z.string(),
});
export type Publication = z.output<typeof publication>;

/**
 * Makes a release, after the audit has attacked it.
 * @throws publishing.reveals, data_unreadable, rules_missing, too_large
 */
export async function makeRelease(source: ReleaseSource): Promise<Publication> {
  const release = protectedOf(source);
  await auditRelease(release, source.rules);
  return publicationOf(source, release);
}

/** What an attack on a release has come to; one that gives something away is refused instead. */
export type Attack = Awaited<ReturnType<typeof auditRelease>>;

/**
 * Attacks a release again, as it was attacked when it was made.
 * @throws publishing.reveals
 */
export const attackRelease = (source: ReleaseSource): Promise<Attack> =>
  auditRelease(protectedOf(source), source.rules);

function protectedOf({ variables, earlier, vintage: own, rules: asked }: ReleaseSource) {
  return protectRelease({
    variables,
    earlier: earlier.map((one) => ({
      vintage: one.vintage,
      suppressed: new Set(one.suppressed),
    })),
    vintage: own,
    rules: asked,
  });
}

function publicationOf(source: ReleaseSource, release: ProtectedRelease): Publication {
  const tables = source.vintage.layouts.map((layout) => ({
    name: layout.name,
    dimensions: layout.dimensions.map(({ variable }) => variable),
    cells: release.cells
      .filter((cell) => cell.table === layout.name)
      .map(({ codes, value, count, state, rules: broken }) => ({
        codes: [...codes],
        value: state === 'published' ? value : null,
        state,
        rules: [...broken],
        ...(state === 'published' ? { contributors: count } : {}),
      })),
  }));
  const body = {
    kind: 'jingwei-release' as const,
    definition: source.definition,
    vintage: source.vintage.name,
    source_hash: hashOf(source),
    engine_hash: engineHash(),
    after: source.earlier.map((one) => one.vintage.name),
    tables,
  };
  return { ...body, hash: hashOf(body) };
}

/** The next release of the same: what is out stays out, with what it kept. */
export function nextSource(
  before: { source: ReleaseSource; out: Publication },
  next: Pick<ReleaseSource, 'definition' | 'vintage' | 'rules'>,
): ReleaseSource {
  const { source, out } = before;
  const kept = out.tables.flatMap((table) =>
    table.cells
      .filter(({ state }) => state !== 'published')
      .map(({ codes }) => cellKey(table.name, codes)),
  );
  const earlier = [...source.earlier, { vintage: source.vintage, suppressed: kept }];
  return { ...next, kind: source.kind, variables: source.variables, earlier };
}

export type Verification = {
  readonly is_equal: boolean;
  /** What is not as it was published: the words of the hash, the data, the engine, the cells. */
  readonly is_whole: boolean;
  readonly is_same_source: boolean;
  readonly is_same_engine: boolean;
  /** Cells that come out otherwise, by table and codes. */
  readonly differing: readonly string[];
};

/** Makes a release again from its source, and says whether what was published is what comes out. */
export function verifyRelease(source: ReleaseSource, out: Publication): Verification {
  const again = publicationOf(source, protectedOf(source));
  const { hash, ...body } = out;
  const cellsOf = ({ tables }: Publication) =>
    new Map(
      tables.flatMap(({ name: table, cells }) =>
        // What a figure is, and not how many it is of: releases from before did not say it.
        cells.map(({ contributors: _, ...cell }) => [cellKey(table, cell.codes), hashOf(cell)]),
      ),
    );
  const [made, given] = [cellsOf(again), cellsOf(out)];
  const keys = [...new Set([...made.keys(), ...given.keys()])];
  return {
    is_equal: again.hash === hash && hashOf(body) === hash,
    is_whole: hashOf(body) === hash,
    is_same_source: again.source_hash === out.source_hash,
    is_same_engine: again.engine_hash === out.engine_hash,
    differing: keys.filter((key) => made.get(key) !== given.get(key)).slice(0, 100),
  };
}

/** @throws publishing.data_unreadable with every place that is not as it must be */
export function readReleaseFile<T extends z.ZodType>(
  schema: T,
  json: string,
  file: string,
): z.output<T> {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(file, [{ path: file, zh: `不是 JSON：${reason}`, en: `No JSON: ${reason}` }]);
  }
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw unreadable(
    file,
    read.error.issues.map(({ path, message }) => ({
      path: `${file}:${path.join('/')}`,
      zh: message,
      en: message,
    })),
  );
}
