import {
  type FaultDetail,
  limits,
  type NewFact,
  partiesById,
  recordFacts,
  type Tx,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { Form } from './schema.ts';

/** What every ask of a collection has in common. */
export type Asking = {
  collection_id: string;
  period: string;
  due_on: string;
};

const UNIT_BYTES = 10;

function detailsOf(ids: readonly string[], wrong: ReadonlySet<string>, words: FaultDetail) {
  return ids.flatMap((id, at) =>
    wrong.has(id) ? [{ ...words, path: `body/party_ids/${at}` }] : [],
  );
}

/** @throws collections.party_unknown */
async function assertMembers(tx: Tx, ids: readonly string[]): Promise<void> {
  const members = await partiesById(tx, ids);
  const wrong = new Set(ids.filter((id) => members.get(id)?.status !== 'active'));
  if (wrong.size === 0) return;
  const words = { path: '', zh: '不是本链的有效成员。', en: 'Is no active member of the chain.' };
  throw fault('collections.party_unknown', { count: wrong.size }, detailsOf(ids, wrong, words));
}

/** @throws collections.asked_already */
async function assertAskedOnce(
  tx: Tx,
  form: Form,
  { period }: Asking,
  ids: readonly string[],
): Promise<void> {
  const rows = await tx.db
    .selectFrom('collection_ask')
    .select('owner_id')
    .where('chain_id', '=', tx.chain)
    .where('form_id', '=', form.id)
    .where('period', '=', period)
    .where('owner_id', 'in', ids)
    .execute();
  if (rows.length === 0) return;
  const wrong = new Set(rows.map((row) => row.owner_id));
  const words = { path: '', zh: `已被问过 ${period}。`, en: `Was asked for ${period} already.` };
  throw fault(
    'collections.asked_already',
    { count: wrong.size, period },
    detailsOf(ids, wrong, words),
  );
}

/** The form's own cap: how often one firm is asked with it in a year. @throws cap_reached */
async function assertBelowCap(tx: Tx, form: Form, ids: readonly string[]): Promise<void> {
  const year = tx.today.slice(0, 4);
  const rows = await tx.db
    .selectFrom('collection_ask')
    .select('owner_id')
    .select((is) => is.fn.countAll<bigint>().as('asks'))
    .where('chain_id', '=', tx.chain)
    .where('collector_id', '=', tx.actor.party)
    .where('form_id', '=', form.id)
    .where('asked_on', '>=', `${year}-01-01`)
    .where('asked_on', '<=', `${year}-12-31`)
    .where('owner_id', 'in', ids)
    .groupBy('owner_id')
    .execute();
  const cap = form.asks_per_year;
  const wrong = new Set(rows.filter((row) => row.asks >= BigInt(cap)).map((row) => row.owner_id));
  if (wrong.size === 0) return;
  const words = {
    path: '',
    zh: `${year} 年已问满 ${cap} 次。`,
    en: `Was asked ${cap} time(s) in ${year}.`,
  };
  throw fault(
    'collections.cap_reached',
    { count: wrong.size, cap, year },
    detailsOf(ids, wrong, words),
  );
}

async function assertRoom(tx: Tx, { collection_id }: Asking, more: number): Promise<void> {
  const { asked } = await tx.db
    .selectFrom('collection_ask')
    .select((is) => is.fn.countAll<bigint>().as('asked'))
    .where('chain_id', '=', tx.chain)
    .where('collection_id', '=', collection_id)
    .executeTakeFirstOrThrow();
  const limit = limits.collection_asked;
  if (Number(asked) + more > limit) throw fault('collections.too_many_asked', { limit });
}

/**
 * Asks firms, each by a row and a fact of its own. The caller holds the form, so that two
 * collections at once cannot ask past its cap.
 * @throws collections.party_unknown, asked_already, cap_reached, too_many_asked
 */
export async function askParties(
  tx: Tx,
  form: Form,
  asking: Asking,
  party_ids: readonly string[],
): Promise<void> {
  const ids = [...new Set(party_ids)];
  await assertMembers(tx, ids);
  await assertAskedOnce(tx, form, asking, ids);
  await assertBelowCap(tx, form, ids);
  await assertRoom(tx, asking, ids.length);
  const rows = ids.map((owner_id) => ({
    chain_id: tx.chain,
    id: tx.newId(),
    ...asking,
    owner_id,
    collector_id: tx.actor.party,
    form_id: form.id,
    form_version_id: form.version_id,
    asked_on: tx.today,
    asked_at: tx.now,
    item_count: form.items.length,
    collection_state: 'open',
    state: 'waiting',
    unit: Buffer.from(tx.random(new Uint8Array(UNIT_BYTES))).toString('hex'),
    report_id: null,
    accepted_id: null,
    first_submitted_on: null,
    reminders: 0,
    reminded_on: null,
    changed_at: tx.now,
  }));
  tx.append('collection_ask', rows);
  await recordFacts(
    tx,
    rows.map(
      ({ id, owner_id, collector_id }): NewFact => ({
        type: 'collections.party.asked',
        subject: id,
        parties: [collector_id, owner_id],
        body: { ...asking, form_id: form.id, form_version_id: form.version_id, party_id: owner_id },
      }),
    ),
  );
}
