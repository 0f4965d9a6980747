import { z } from 'zod';
import {
  decodeCursor,
  kernelFault,
  limits,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { askParties } from './asking.ts';
import { fault } from './faults.ts';
import { assertStatistician, getVersion, itemsOf, lockForm } from './forms.ts';
import { identityOf } from './items.ts';
import { isPeriod } from './period.ts';
import type { Collection, CollectionQuery, collectionRow, Form, NewCollection } from './schema.ts';

type CollectionRow = z.output<typeof collectionRow>;
type State = CollectionRow['state'];

const stateWords: Readonly<Record<State, string>> = {
  open: '填报中',
  closed: '已截止',
  locked: '已锁定',
};

const examples = { month: '2026-03', quarter: '2026-Q1', year: '2026' } as const;

function assertUsable(form: Form, { period, due_on }: NewCollection): void {
  if (!isPeriod(form.period_kind, period)) {
    throw fault('collections.period_invalid', { period, example: examples[form.period_kind] });
  }
  const valid_until = form.approval?.valid_until;
  if (valid_until !== undefined && due_on > valid_until) {
    throw fault('collections.form_expired', { valid_until, due_on });
  }
}

/**
 * Opens a collection with the newest version of an own form, and asks its firms.
 * @throws collections.not_a_statistician, form_unknown, period_invalid, form_expired,
 *   party_unknown, asked_already, cap_reached
 */
export async function openCollection(tx: Tx, input: NewCollection): Promise<Collection> {
  assertStatistician(tx);
  const head = await lockForm(tx, input.form_id);
  const form = await getVersion(tx, head.version_id);
  assertUsable(form, input);
  const { period, due_on } = input;
  const row = {
    id: tx.newId(),
    collector_id: tx.actor.party,
    form_id: form.id,
    form_version_id: form.version_id,
    period,
    due_on,
    state: 'open',
    version: 1,
    opened_at: tx.now,
    changed_at: tx.now,
  };
  tx.append('collection', [{ chain_id: tx.chain, ...row }]);
  await recordFact(tx, {
    type: 'collections.collection.opened',
    subject: row.id,
    parties: [tx.actor.party],
    body: { form_id: form.id, form_version_id: form.version_id, period, due_on },
  });
  await askParties(tx, form, { collection_id: row.id, period, due_on }, input.party_ids);
  return getCollection(tx, row.id);
}

function rows(tx: Tx) {
  return tx.db
    .selectFrom('collection as c')
    .innerJoin('form_version as v', (join) =>
      join.onRef('v.chain_id', '=', 'c.chain_id').onRef('v.id', '=', 'c.form_version_id'),
    )
    .select(['c.id', 'c.collector_id', 'c.form_id', 'c.form_version_id', 'c.period', 'c.due_on'])
    .select(['c.state', 'c.version', 'c.opened_at', 'c.changed_at', 'v.name_zh', 'v.name_en'])
    .where('c.chain_id', '=', tx.chain)
    .where('v.chain_id', '=', tx.chain)
    .where('c.collector_id', '=', tx.actor.party);
}

type Found = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const rowOf = ({ name_zh, name_en, state, ...row }: Found): CollectionRow => ({
  ...row,
  state: state as State,
  form: { zh: name_zh, en: name_en },
});

/** What the actor collects, the newest first. */
export async function listCollections(tx: Tx, query: CollectionQuery) {
  let all = rows(tx);
  if (query.form_id) all = all.where('c.form_id', '=', query.form_id);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    all = all.where('c.id', '<', id);
  }
  const found = await all
    .orderBy('c.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, (row) => [row.id]);
  return { items: items.map(rowOf), next };
}

/** How many firms are where. */
async function progressOf(tx: Tx, { id, due_on }: CollectionRow) {
  const counts = await tx.db
    .selectFrom('collection_ask')
    .select('state')
    .select((is) => [
      is.fn.countAll<bigint>().as('asks'),
      // A correction that was sent back does not take away what was accepted before.
      is.fn.count<bigint>('accepted_id').as('counting'),
    ])
    .where('chain_id', '=', tx.chain)
    .where('collection_id', '=', id)
    .groupBy('state')
    .execute();
  const of = (state: string) => Number(counts.find((row) => row.state === state)?.asks ?? 0n);
  const [waiting, returned] = [of('waiting'), of('returned')];
  const [submitted, accepted] = [of('submitted'), of('accepted')];
  const mending = Number(counts.find((row) => row.state === 'returned')?.counting ?? 0n);
  return {
    asked: waiting + returned + submitted + accepted,
    waiting,
    returned,
    submitted,
    accepted,
    late: due_on < tx.today ? waiting + returned - mending : 0,
  };
}

/** What else the actor collects for the same period. */
async function besides(tx: Tx, { period, form_id }: CollectionRow) {
  return tx.db
    .selectFrom('collection')
    .select(['id', 'form_id', 'form_version_id'])
    .where('chain_id', '=', tx.chain)
    .where('collector_id', '=', tx.actor.party)
    .where('period', '=', period)
    .where('form_id', '!=', form_id)
    .orderBy('id', 'desc')
    .limit(limits.page_rows)
    .execute();
}

/** How many firms of one collection each of the others asks too. */
async function sharedFirms(tx: Tx, id: string, others: readonly string[]) {
  const rows = await tx.db
    .selectFrom('collection_ask as a')
    .innerJoin('collection_ask as b', (join) =>
      join.onRef('b.chain_id', '=', 'a.chain_id').onRef('b.owner_id', '=', 'a.owner_id'),
    )
    .select('b.collection_id')
    .select((is) => is.fn.countAll<bigint>().as('parties'))
    .where('a.chain_id', '=', tx.chain)
    .where('b.chain_id', '=', tx.chain)
    .where('a.collection_id', '=', id)
    .where('b.collection_id', 'in', others)
    .groupBy('b.collection_id')
    .execute();
  return new Map(rows.map((row) => [row.collection_id, Number(row.parties)]));
}

/** Items that firms of this collection are asked for in others too, with the form that asks. */
async function askedTwice(tx: Tx, row: CollectionRow): Promise<Collection['asked_already']> {
  const others = await besides(tx, row);
  if (others.length === 0) return [];
  const versions = await itemsOf(tx, [
    row.form_version_id,
    ...others.map((one) => one.form_version_id),
  ]);
  const own = versions.get(row.form_version_id)?.items ?? [];
  const byIdentity = new Map(own.map((one) => [identityOf(one), one]));
  const repeated = others.flatMap(({ id, form_id, form_version_id }) => {
    const version = versions.get(form_version_id);
    return (version?.items ?? []).flatMap((theirs) => {
      const identity = identityOf(theirs);
      const ours = identity === null ? undefined : byIdentity.get(identity);
      if (!ours || !version) return [];
      const where = { form_id, form: version.name, their_item: theirs.code };
      return [{ id, item: ours.code, name: ours.name, ...where }];
    });
  });
  if (repeated.length === 0) return [];
  const ids = [...new Set(repeated.map(({ id }) => id))];
  const shared = await sharedFirms(tx, row.id, ids);
  return repeated.flatMap(({ id, ...one }) => {
    const parties = shared.get(id);
    return parties ? [{ ...one, collection_id: id, parties }] : [];
  });
}

/** An own collection by itself. @throws collections.collection_unknown */
export async function findCollection(tx: Tx, id: string): Promise<CollectionRow> {
  const row = await rows(tx).where('c.id', '=', id).executeTakeFirst();
  if (!row) throw fault('collections.collection_unknown');
  return rowOf(row);
}

/** One collection of the actor's, with how far it is. @throws collections.collection_unknown */
export async function getCollection(tx: Tx, id: string): Promise<Collection> {
  const row = await findCollection(tx, id);
  return { ...row, ...(await progressOf(tx, row)), asked_already: await askedTwice(tx, row) };
}

/** Holds a collection against others. @throws collections.collection_unknown, kernel.stale */
async function lockCollection(tx: Tx, id: string, seen: string | null = null) {
  const held = await tx.db
    .selectFrom('collection')
    .select('version')
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('collector_id', '=', tx.actor.party)
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw fault('collections.collection_unknown');
  if (seen !== null && seen !== '*' && seen !== String(held.version)) {
    throw kernelFault('kernel.stale');
  }
  return findCollection(tx, id);
}

function assertState({ state }: CollectionRow, allowed: readonly State[]): void {
  if (allowed.includes(state)) return;
  throw fault('collections.collection_state', { zh: stateWords[state], state });
}

/**
 * Asks more firms for the same, with the version that the collection was opened with.
 * @throws collections.collection_unknown, collection_state, party_unknown, asked_already,
 *   cap_reached, too_many_asked
 */
export async function askMore(
  tx: Tx,
  id: string,
  party_ids: readonly string[],
): Promise<Collection> {
  const { form_id } = await findCollection(tx, id);
  await lockForm(tx, form_id);
  const row = await lockCollection(tx, id);
  assertState(row, ['open']);
  const form = await getVersion(tx, row.form_version_id);
  const { period, due_on } = row;
  await askParties(tx, form, { collection_id: id, period, due_on }, party_ids);
  return getCollection(tx, id);
}

const moves = {
  close: { from: ['open'], to: 'closed', fact: 'collections.collection.closed' },
  lock: { from: ['open', 'closed'], to: 'locked', fact: 'collections.collection.locked' },
  unlock: { from: ['locked'], to: 'open', fact: 'collections.collection.unlocked' },
} as const satisfies Record<string, { from: readonly State[]; to: State; fact: string }>;
export type Move = keyof typeof moves;

/**
 * Moves a collection on, and with it the asks that its firms read. Closed, it takes no more first
 * answers; locked, nothing changes at all, until it is unlocked for a reason.
 * @param seen what `If-Match` says; null lets any version pass
 * @throws collections.collection_unknown, collection_state, rulings_wait, kernel.stale
 */
export async function moveCollection(
  tx: Tx,
  id: string,
  move: Move,
  seen: string | null,
  reason: string | null = null,
): Promise<Collection> {
  const row = await lockCollection(tx, id, seen);
  const { from, to, fact } = moves[move];
  assertState(row, from);
  const change = { changed_at: tx.now };
  tx.write(
    tx.db
      .updateTable('collection_ask')
      .set({ collection_state: to, ...change })
      .where('chain_id', '=', tx.chain)
      .where('collection_id', '=', id),
  );
  // Behind the update, which has waited for every firm that was submitting.
  if (move === 'lock') {
    const { submitted } = await progressOf(tx, row);
    if (submitted > 0) throw fault('collections.rulings_wait', { count: submitted });
  }
  tx.write(
    tx.db
      .updateTable('collection')
      .set({ state: to, version: row.version + 1, ...change })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: fact,
    subject: id,
    parties: [tx.actor.party],
    body: { state: to, ...(reason === null ? {} : { reason }) },
  });
  return getCollection(tx, id);
}
