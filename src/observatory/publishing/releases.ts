import { z } from 'zod';
import {
  decodeCursor,
  instant,
  limits,
  pageOf,
  recordFact,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { verifyHere } from './making.ts';
import { type Publication, publication } from './release/release.ts';
import { type RevisionHistory, revisionHistory } from './release/revisions.ts';
import {
  type Holding,
  holding,
  type Release,
  type ReleaseQuery,
  type ReleaseRow,
} from './schema.ts';
import { readSource } from './series.ts';

const columns = [
  'id',
  'owner_id',
  'series',
  'number',
  'title',
  'unit',
  'reason',
  'drafted_at',
  'planned_at',
  'published_at',
  'withdrawn_at',
  'withdrawal_reason',
  'held_at',
  'held_because',
  'cells',
  'hash',
] as const;

/** What the actor may see: its own, and all that is published in the chain. */
const visible = (tx: Tx) =>
  tx.db
    .selectFrom('release')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where((is) => is.or([is('owner_id', '=', tx.actor.party), is('is_published', '=', true)]));

type Found = Omit<ReleaseRow, 'state' | 'held_because'> & { held_because: string | null };

const rowOf = (row: Found): ReleaseRow => ({
  ...row,
  held_because: holding.nullable().parse(row.held_because),
  state: stateOf(row),
});

function stateOf({ withdrawn_at, published_at, planned_at }: Found): ReleaseRow['state'] {
  if (withdrawn_at !== null) return 'withdrawn';
  if (published_at !== null) return 'published';
  return planned_at === null ? 'draft' : 'scheduled';
}

/** A release with what may be known. @throws publishing.release_unknown */
export async function getRelease(tx: Tx, id: string): Promise<Release> {
  const row = await visible(tx).select('content').where('id', '=', id).executeTakeFirst();
  if (!row) throw fault('publishing.release_unknown');
  return { ...rowOf(row), content: publication.parse(row.content) };
}

/** What is out, the last published first. */
async function listPublished(tx: Tx, query: ReleaseQuery) {
  let rows = visible(tx).where('is_published', '=', true);
  if (query.series !== undefined) rows = rows.where('series', '=', query.series);
  if (query.after) {
    const [at, id] = decodeCursor(query.after, z.tuple([instant, uuid]));
    rows = rows.where((is) =>
      is.or([
        is('published_at', '<', at),
        is.and([is('published_at', '=', at), is('id', '<', id)]),
      ]),
    );
  }
  const found = await rows
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, (row) => [row.published_at ?? '', row.id]);
  return { items: items.map(rowOf), next };
}

/** What the actor may see, the newest first. */
export async function listReleases(tx: Tx, query: ReleaseQuery) {
  if (query.show === 'published') return listPublished(tx, query);
  let rows = visible(tx);
  if (query.series !== undefined) rows = rows.where('series', '=', query.series);
  if (query.show !== 'all') {
    rows = rows
      .where('owner_id', '=', tx.actor.party)
      .where('is_published', '=', false)
      .where('withdrawn_at', 'is', null);
  }
  if (query.show === 'due') rows = rows.where('planned_at', '<=', tx.now);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('id', '<', id);
  }
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, (row) => [row.id]);
  return { items: items.map(rowOf), next };
}

const words = {
  draft: '是草稿 (draft)',
  scheduled: '已定公布时间 (scheduled)',
  published: '已公布 (published)',
  withdrawn: '已撤回 (withdrawn)',
} as const;

/** An own release, held for the rest of the command. @throws release_unknown, release_state */
async function lockRelease(tx: Tx, id: string, allowed: readonly ReleaseRow['state'][]) {
  const row = await visible(tx)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw fault('publishing.release_unknown');
  const { state } = rowOf(row);
  if (!allowed.includes(state)) throw fault('publishing.release_state', { state: words[state] });
  return rowOf(row);
}

type Moved = {
  planned_at?: string;
  held_at?: string | null;
  held_because?: Holding | null;
  published_at?: string;
  is_published?: true;
  withdrawn_at?: string;
  withdrawal_reason?: string;
};

async function move(
  tx: Tx,
  row: ReleaseRow,
  verb: string,
  set: Moved,
  more: { by_clock?: true } = {},
): Promise<Release> {
  tx.write(
    tx.db.updateTable('release').set(set).where('chain_id', '=', tx.chain).where('id', '=', row.id),
  );
  const { series, number, hash } = row;
  await recordFact(tx, {
    type: `publishing.release.${verb}`,
    subject: row.id,
    parties: [tx.actor.party],
    body: { series, number, hash, ...set, ...more },
  });
  return getRelease(tx, row.id);
}

/**
 * An hour that is past would let a release out at once, with no way back: it is a slip of the pen.
 * @throws publishing.hour_past
 */
export function assertAhead(tx: Tx, planned_at: string | null): void {
  if (planned_at !== null && planned_at <= tx.now) {
    throw fault('publishing.hour_past', { planned_at });
  }
}

const unheld = { held_at: null, held_because: null };

/**
 * Puts a draft under embargo until a time, or under another: then it goes out by itself.
 * @throws publishing.release_unknown, release_state, hour_past
 */
export async function planRelease(tx: Tx, id: string, planned_at: string): Promise<Release> {
  assertAhead(tx, planned_at);
  const row = await lockRelease(tx, id, ['draft', 'scheduled']);
  return move(tx, row, 'scheduled', { planned_at, ...unheld });
}

/**
 * An own release whose hour has come, held for the rest of the command; undefined where there is
 * none any more, or somebody else holds it.
 */
export async function takeDue(tx: Tx, id: string): Promise<ReleaseRow | undefined> {
  const row = await visible(tx)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .where('planned_at', '<=', tx.now)
    .where('is_published', '=', false)
    .where('withdrawn_at', 'is', null)
    .where('held_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && rowOf(row);
}

/** Publishes by the clock a release that is held for it. */
export const publishHeld = (tx: Tx, row: ReleaseRow): Promise<Release> =>
  move(tx, row, 'published', { published_at: tx.now, is_published: true }, { by_clock: true });

/** Keeps a due release back until a person publishes it, plans it anew or gives it up. */
export const holdRelease = (tx: Tx, row: ReleaseRow, held_because: Holding): Promise<Release> =>
  move(tx, row, 'held', { held_at: tx.now, held_because });

/**
 * Lets everybody in the chain read a draft. What it was held against when it was drafted is still
 * all that is out: a series has one draft at a time.
 * @throws publishing.release_unknown, release_state, embargoed before its planned time
 */
export async function publishRelease(tx: Tx, id: string): Promise<Release> {
  const row = await lockRelease(tx, id, ['draft', 'scheduled']);
  const { planned_at } = row;
  if (planned_at !== null && planned_at > tx.now) {
    throw fault('publishing.embargoed', { planned_at });
  }
  return move(tx, row, 'published', { published_at: tx.now, is_published: true, ...unheld });
}

/**
 * Gives a draft up, or says of what is out that it does not count: it stays readable, with the
 * reason, and the next vintage is held against it as before, for whoever has read it knows it.
 * @throws publishing.release_unknown, release_state
 */
export async function withdrawRelease(tx: Tx, id: string, reason: string): Promise<Release> {
  const row = await lockRelease(tx, id, ['draft', 'scheduled', 'published']);
  const set = { withdrawn_at: tx.now, withdrawal_reason: reason };
  return move(tx, row, 'withdrawn', set);
}

/**
 * Makes an own release again from its stored source.
 * @throws publishing.release_unknown, data_unreadable where the source is none any more
 */
export async function verifyStored(tx: Tx, id: string) {
  const { source, out } = await readSource(tx, id);
  return { hash: out.hash, ...(await verifyHere(source, out)) };
}

/**
 * The figures of a series through its published releases, up to one of them.
 * @throws publishing.release_unknown; nothing_published of a draft
 */
export async function revisionsOf(tx: Tx, id: string): Promise<RevisionHistory> {
  const { owner_id, series, number, published_at } = await getRelease(tx, id);
  if (published_at === null) throw fault('publishing.nothing_published');
  const rows = await tx.db
    .selectFrom('release')
    .select(['reason', 'content'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', owner_id)
    .where('series', '=', series)
    .where('is_published', '=', true)
    .where('number', '<=', number)
    .orderBy('number')
    .limit(limits.release_vintages_here)
    .execute();
  return revisionHistory(
    rows.map(({ reason, content }) => ({ reason, publication: publication.parse(content) })),
  );
}

export type NewRow = Pick<Release, 'series' | 'number' | 'title' | 'unit' | 'reason'> & {
  series_id: string;
  planned_at: string | null;
  collection_id: string | null;
  item: string | null;
};

/** Keeps a release that was made, and its source apart. */
export async function keepRelease(
  tx: Tx,
  row: NewRow,
  { source, out }: { source: unknown; out: Publication },
): Promise<Release> {
  const [id, owner_id] = [tx.newId(), tx.actor.party];
  const cells = out.tables.reduce((sum, table) => sum + table.cells.length, 0);
  const { hash } = out;
  const made = { is_published: false, drafted_at: tx.now, cells, hash, content: toJson(out) };
  tx.append('release', [{ chain_id: tx.chain, id, owner_id, ...row, ...made }]);
  const kept = { chain_id: tx.chain, release_id: id, owner_id, source: toJson(source) };
  tx.append('release_source', [kept]);
  const { series, number, reason, planned_at } = row;
  const { source_hash, engine_hash } = out;
  await recordFact(tx, {
    type: reason === null ? 'publishing.release.drafted' : 'publishing.release.revised',
    subject: id,
    parties: [owner_id],
    body: { series, number, reason, planned_at, hash, source_hash, engine_hash },
  });
  return getRelease(tx, id);
}
