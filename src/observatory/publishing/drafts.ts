import type { Tx } from '../../kernel/index.ts';
import type { Rules } from './disclosure/index.ts';
import { fault } from './faults.ts';
import { makeHere } from './making.ts';
import { type Classified, collectedMaterial, layoutsOf, postedMaterial } from './material.ts';
import {
  nextSource,
  type ReleaseSource,
  readReleaseFile,
  releaseSource,
} from './release/release.ts';
import { assertAhead, keepRelease } from './releases.ts';
import type { NewRelease, NewRevision, Release } from './schema.ts';
import { lockSeries, readSource, type Series, standingOf, startSeries } from './series.ts';

/** As collections decides it: who has the role in the chain, and nobody else. */
export function assertStatistician({ actor }: Tx): void {
  if (!actor.roles.includes('statistician')) throw fault('publishing.not_a_statistician');
}

/** What a release keeps of its series. */
const aboutOf = ({ id: series_id, code: series, collection_id, item }: Series) => ({
  ...{ series_id, series, collection_id, item },
});

type Laid = {
  series: Pick<Series, 'code'>;
  number: number;
  title: string;
  material: Classified;
  tables: NewRelease['tables'];
  rules: Rules;
};

/** The source of a release that stands alone, held against the form of its file. */
export function sourceOf({ series, number, title, material, tables, rules }: Laid): ReleaseSource {
  const { variables, contributions } = material;
  const layouts = layoutsOf(material, tables);
  const source = {
    kind: 'jingwei-release-source',
    definition: { id: series.code, version: String(number), title },
    variables,
    rules,
    vintage: { name: `${series.code}-${number}`, layouts, contributions },
    earlier: [],
  };
  return readReleaseFile(releaseSource, JSON.stringify(source), 'source');
}

/** @throws what the material finds */
export async function materialFor(tx: Tx, of: NewRelease['material']) {
  if (of.kind === 'collection') return collectedMaterial(tx, of);
  return { ...postedMaterial(of), unit: of.unit };
}

/**
 * The first release of a series, which its owner alone sees.
 * @throws publishing.not_a_statistician, series_taken, draft_waits, hour_past, and what the
 *   material, the tables and the audit find
 */
export async function draftRelease(tx: Tx, input: NewRelease): Promise<Release> {
  assertStatistician(tx);
  assertAhead(tx, input.planned_at);
  const { title, rules, tables, planned_at } = input;
  const material = await materialFor(tx, input.material);
  const series = await startSeries(tx, input);
  const { next: number, last } = await standingOf(tx, series);
  if (last) throw fault('publishing.series_taken', { series: series.code });
  const source = sourceOf({ series, number, title, material, tables, rules });
  const row = { ...aboutOf(series), number, title };
  const out = await makeHere(source);
  const kept = { ...row, unit: material.unit, reason: null, planned_at };
  return keepRelease(tx, kept, { source, out });
}

/** The figures of a series as they are now. */
async function materialNow(tx: Tx, { collection_id, item }: Series, rows: NewRevision['rows']) {
  if (collection_id !== null && item !== null) {
    if (rows) throw fault('publishing.material_other');
    return collectedMaterial(tx, { collection_id, item });
  }
  if (!rows) throw fault('publishing.material_other');
  return postedMaterial(rows);
}

const tablesOf = ({ vintage }: ReleaseSource): NewRelease['tables'] =>
  vintage.layouts.map(({ name, dimensions }) => ({
    name,
    dimensions: dimensions.map(({ variable }) => variable),
  }));

/**
 * The next vintage of a series, as a draft. It is held against all that is out of the series: what
 * two of them would show by their difference is kept, or it is refused.
 * @param id any release of the series
 * @throws publishing.not_a_statistician, release_unknown, draft_waits, nothing_published,
 *   hour_past, material_other, and what the material, the tables and the audit find
 */
export async function reviseRelease(tx: Tx, id: string, input: NewRevision): Promise<Release> {
  assertStatistician(tx);
  assertAhead(tx, input.planned_at);
  const series = await lockSeries(tx, await seriesIdOf(tx, id));
  const { next: number, last } = await standingOf(tx, series);
  if (!last) throw fault('publishing.nothing_published');
  const before = await readSource(tx, last.id);
  const material = await materialNow(tx, series, input.rows);
  if (material.variables.join('\n') !== before.source.variables.join('\n')) {
    throw fault('publishing.material_other');
  }
  const title = input.title ?? last.title;
  const rules = input.rules ?? before.source.rules;
  const tables = input.tables ?? tablesOf(before.source);
  const alone = sourceOf({ series, number, title, material, tables, rules });
  const source = nextSource(before, alone);
  const out = await makeHere(source);
  const row = { ...aboutOf(series), number, title, unit: last.unit };
  const { reason, planned_at } = input;
  return keepRelease(tx, { ...row, reason, planned_at }, { source, out });
}

/** @throws publishing.release_unknown where it is not own */
async function seriesIdOf(tx: Tx, id: string): Promise<string> {
  const row = await tx.db
    .selectFrom('release')
    .select('series_id')
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirst();
  if (!row) throw fault('publishing.release_unknown');
  return row.series_id;
}
