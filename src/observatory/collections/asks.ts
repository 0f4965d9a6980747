import { z } from 'zod';
import {
  businessDate,
  decodeCursor,
  limits,
  pageOf,
  pageQuery,
  partiesById,
  recordFacts,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { findCollection } from './collections.ts';
import { fault } from './faults.ts';
import { type Ask, askStates } from './schema.ts';

export const askQuery = pageQuery.extend({
  state: z.enum(askStates).optional(),
  /** Only those whose day is over and that have not answered. */
  late: z.stringbool().optional(),
});
type AskQuery = z.output<typeof askQuery>;

/** States in which a firm still owes an answer. */
const owing = ['waiting', 'returned'] as const;

const columns = [
  'a.id',
  'a.collection_id',
  'a.collector_id',
  'a.owner_id',
  'a.form_id',
  'a.form_version_id',
  'a.period',
  'a.due_on',
  'a.asked_on',
  'a.item_count',
  'a.collection_state',
  'a.state',
  'a.report_id',
  'a.accepted_id',
  'a.first_submitted_on',
  'a.reminders',
  'a.reminded_on',
] as const;

function asks(tx: Tx) {
  return tx.db
    .selectFrom('collection_ask as a')
    .innerJoin('form_version as v', (join) =>
      join.onRef('v.chain_id', '=', 'a.chain_id').onRef('v.id', '=', 'a.form_version_id'),
    )
    .select(columns)
    .select(['v.name_zh', 'v.name_en', 'v.version as form_version'])
    .where('a.chain_id', '=', tx.chain)
    .where('v.chain_id', '=', tx.chain);
}

type Found = Awaited<ReturnType<ReturnType<typeof asks>['executeTakeFirstOrThrow']>>;

async function asksOf(tx: Tx, found: readonly Found[]): Promise<Ask[]> {
  const parties = await partiesById(
    tx,
    found.map((row) => row.owner_id),
  );
  return found.map(({ name_zh, name_en, state, collection_state, ...row }) => {
    const party = parties.get(row.owner_id);
    return {
      ...row,
      state: state as Ask['state'],
      collection_state: collection_state as Ask['collection_state'],
      form: { zh: name_zh, en: name_en },
      party: { zh: party?.name_zh ?? '', en: party?.name_en ?? '' },
      is_late: owing.some((one) => one === state) && !row.accepted_id && row.due_on < tx.today,
    };
  });
}

function narrowed(tx: Tx, query: AskQuery) {
  let rows = asks(tx);
  if (query.state) rows = rows.where('a.state', '=', query.state);
  if (query.late) {
    rows = rows
      .where('a.state', 'in', owing)
      .where('a.accepted_id', 'is', null)
      .where('a.due_on', '<', tx.today);
  }
  return rows;
}

/** What the actor is asked for, the latest deadline first. */
export async function listOwnAsks(tx: Tx, query: AskQuery) {
  let rows = narrowed(tx, query).where('a.owner_id', '=', tx.actor.party);
  if (query.after) {
    const [day, id] = decodeCursor(query.after, z.tuple([businessDate, uuid]));
    rows = rows.where((is) =>
      is.or([is('a.due_on', '<', day), is.and([is('a.due_on', '=', day), is('a.id', '<', id)])]),
    );
  }
  const found = await rows
    .orderBy('a.due_on', 'desc')
    .orderBy('a.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, (row) => [row.due_on, row.id]);
  return { items: await asksOf(tx, items), next };
}

/** Whom an own collection asked, and what each has done. @throws collections.collection_unknown */
export async function listAsked(tx: Tx, collection_id: string, query: AskQuery) {
  await findCollection(tx, collection_id);
  let rows = narrowed(tx, query)
    .where('a.collection_id', '=', collection_id)
    .where('a.collector_id', '=', tx.actor.party);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('a.id', '>', id);
  }
  const found = await rows
    .orderBy('a.id')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, (row) => [row.id]);
  return { items: await asksOf(tx, items), next };
}

/** One ask, for the firm and for the collector. @throws collections.ask_unknown */
export async function getAsk(tx: Tx, id: string): Promise<Ask> {
  const row = await asks(tx).where('a.id', '=', id).executeTakeFirst();
  const [found] = row ? await asksOf(tx, [row]) : [];
  if (!found) throw fault('collections.ask_unknown');
  return found;
}

/**
 * Holds an ask against others for the rest of the command: what a firm and its collector do to the
 * same one happens one after the other.
 * @throws collections.ask_unknown, also where it is the other side's to do
 */
export async function lockAsk(tx: Tx, id: string, side: 'owner_id' | 'collector_id'): Promise<Ask> {
  const held = await tx.db
    .selectFrom('collection_ask')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where(side, '=', tx.actor.party)
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw fault('collections.ask_unknown');
  return getAsk(tx, id);
}

/**
 * Reminds who has not answered, once a day at most, each by a fact that the firm sees.
 * @returns how many were reminded, and how many are left for another request
 * @throws collections.collection_unknown, collection_state
 */
export async function remind(
  tx: Tx,
  collection_id: string,
): Promise<{ reminded: number; left: number }> {
  const { state, due_on, period } = await findCollection(tx, collection_id);
  if (state !== 'open') {
    throw fault('collections.collection_state', { zh: '已截止或锁定', state });
  }
  const owed = tx.db
    .selectFrom('collection_ask')
    .where('chain_id', '=', tx.chain)
    .where('collection_id', '=', collection_id)
    .where('collector_id', '=', tx.actor.party)
    .where('state', 'in', owing)
    .where('accepted_id', 'is', null)
    .where((is) => is.or([is('reminded_on', 'is', null), is('reminded_on', '<', tx.today)]));
  const { all } = await owed
    .select((is) => is.fn.countAll<bigint>().as('all'))
    .executeTakeFirstOrThrow();
  const rows = await owed
    .select(['id', 'owner_id', 'reminders'])
    .orderBy('id')
    .limit(limits.reminders_at_once)
    .forUpdate()
    .execute();
  if (rows.length > 0) await writeReminders(tx, rows, { collection_id, due_on, period });
  return { reminded: rows.length, left: Math.max(0, Number(all) - rows.length) };
}

async function writeReminders(
  tx: Tx,
  rows: readonly { id: string; owner_id: string; reminders: number }[],
  body: { collection_id: string; due_on: string; period: string },
): Promise<void> {
  tx.write(
    tx.db
      .updateTable('collection_ask')
      .set((is) => ({
        reminders: is('reminders', '+', 1),
        reminded_on: tx.today,
        changed_at: tx.now,
      }))
      .where('chain_id', '=', tx.chain)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      ),
  );
  await recordFacts(
    tx,
    rows.map(({ id, owner_id, reminders }) => ({
      type: 'collections.party.reminded',
      subject: id,
      parties: [tx.actor.party, owner_id],
      body: { ...body, time: reminders + 1 },
    })),
  );
}
