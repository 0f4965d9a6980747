import type { Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { publication, readReleaseFile, releaseSource } from './release/release.ts';
import type { NewRelease } from './schema.ts';

/** One table of figures through its releases. */
export type Series = {
  readonly id: string;
  readonly code: string;
  readonly collection_id: string | null;
  readonly item: string | null;
};

const columns = ['id', 'code', 'collection_id', 'item'] as const;

const own = (tx: Tx) =>
  tx.db
    .selectFrom('release_series')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);

/**
 * Starts a series, or takes one of the same data of which nothing is out; holds it against others
 * for the rest of the command.
 * @throws publishing.series_taken
 */
export async function startSeries(
  tx: Tx,
  { series: code, material }: Pick<NewRelease, 'series' | 'material'>,
): Promise<Series> {
  const isCollected = material.kind === 'collection';
  const of = {
    collection_id: isCollected ? material.collection_id : null,
    item: isCollected ? material.item : null,
  };
  const row = { chain_id: tx.chain, id: tx.newId(), owner_id: tx.actor.party, code, ...of };
  await tx.db
    .insertInto('release_series')
    .values({ ...row, started_at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = await own(tx).where('code', '=', code).forUpdate().executeTakeFirst();
  const isSame = found?.collection_id === of.collection_id && found.item === of.item;
  if (!found || !isSame) throw fault('publishing.series_taken', { series: code });
  return found;
}

/** An own series, held against others for the rest of the command. */
export const lockSeries = (tx: Tx, id: string): Promise<Series> =>
  own(tx).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/**
 * Where a series stands: the number of its next vintage, and the newest that is out.
 * @throws publishing.draft_waits where one is neither out nor withdrawn
 */
export async function standingOf(tx: Tx, series: Series) {
  const newest = tx.db
    .selectFrom('release')
    .select(['id', 'number', 'title', 'unit', 'is_published', 'withdrawn_at'])
    .where('chain_id', '=', tx.chain)
    .where('series_id', '=', series.id)
    .orderBy('number', 'desc')
    .limit(1);
  const top = await newest.executeTakeFirst();
  // A draft is begun where none waits: if one waits, it is the newest.
  if (top && !top.is_published && top.withdrawn_at === null) {
    throw fault('publishing.draft_waits', { series: series.code });
  }
  const last = await newest.where('is_published', '=', true).executeTakeFirst();
  return { next: (top?.number ?? 0) + 1, last };
}

/**
 * A release with what it was made of.
 * @throws publishing.release_unknown where it is not own, data_unreadable where what is stored was
 *   tampered with and is no source any more
 */
export async function readSource(tx: Tx, release_id: string) {
  const row = await tx.db
    .selectFrom('release as r')
    .innerJoin('release_source as s', (join) =>
      join.onRef('s.chain_id', '=', 'r.chain_id').onRef('s.release_id', '=', 'r.id'),
    )
    .select(['r.content', 'r.reason', 's.source'])
    .where('r.chain_id', '=', tx.chain)
    .where('s.chain_id', '=', tx.chain)
    .where('r.id', '=', release_id)
    .where('s.owner_id', '=', tx.actor.party)
    .executeTakeFirst();
  if (!row) throw fault('publishing.release_unknown');
  const source = readReleaseFile(releaseSource, JSON.stringify(row.source), 'source');
  return { source, out: publication.parse(row.content), reason: row.reason };
}
