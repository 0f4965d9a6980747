import { z } from 'zod';
import { addDays, dateInZone } from '../dates.ts';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { getParty } from '../identity/parties.ts';
import { limits } from '../limits.ts';
import { instant, longText, scope, uuid } from '../schema.ts';
import { recordFact } from '../trust/facts.ts';
import { changeMark, markFact } from './marks.ts';
import { answerDays, getRequest, type RequestKind, type RightsRequest } from './requests.ts';

const aboutFact = { fact_id: uuid, statement: longText };

export const newRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('consent'),
    holder_id: uuid,
    scope,
    /** What for. */
    statement: longText,
    share_until: instant.optional(),
  }),
  z.object({ kind: z.literal('correction'), ...aboutFact }),
  z.object({ kind: z.literal('explanation'), ...aboutFact }),
  z.object({ kind: z.literal('deletion'), file_id: uuid, statement: longText }),
]);
export type NewRequest = z.output<typeof newRequest>;

/** What is asked about, and who holds it. */
type Subject = { holder_id: string; fact_id?: string; file_id?: string; audience?: string[] };

async function subjectOf(tx: Tx, input: NewRequest): Promise<Subject> {
  if (input.kind === 'consent') return consentSubject(tx, input);
  if (input.kind === 'deletion') return fileSubject(tx, input.file_id);
  return factSubject(tx, input.fact_id);
}

async function consentSubject(
  tx: Tx,
  { holder_id, scope, share_until }: NewRequest & { kind: 'consent' },
): Promise<Subject> {
  await getParty(tx, holder_id);
  if (share_until && share_until <= tx.now) throw fault('rights.end_past');
  if (tx.actor.reads[scope]?.includes(holder_id)) throw fault('rights.shared_already');
  const refused = await tx.db
    .selectFrom('rights_request')
    .select('answered_at')
    .where('chain_id', '=', tx.chain)
    .where('requester_id', '=', tx.actor.party)
    .where('holder_id', '=', holder_id)
    .where('kind', '=', 'consent')
    .where('scope', '=', scope)
    .where('state', '=', 'refused')
    .orderBy('answered_at', 'desc')
    .executeTakeFirst();
  if (refused?.answered_at) {
    // A "no" that is asked about again the next day would not be free.
    const again = addDays(dateInZone(refused.answered_at, tx.zone), limits.consent_again_days);
    if (tx.today < again) throw fault('rights.refused_lately', { again });
  }
  return { holder_id };
}

async function factSubject(tx: Tx, id: string): Promise<Subject> {
  const row = await tx.db
    .selectFrom('fact')
    .select(['party_id', 'parties'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return { holder_id: row.party_id, fact_id: id, audience: row.parties };
}

async function fileSubject(tx: Tx, id: string): Promise<Subject> {
  const row = await tx.db
    .selectFrom('file')
    .select(['owner_id', 'erased_at'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  if (row.erased_at) throw fault('kernel.file_erased');
  return { holder_id: row.owner_id, file_id: id };
}

/** A consent that nobody gave in time makes room for another. */
function closeLapsed(tx: Tx, holder: string): void {
  tx.write(
    tx.db
      .updateTable('rights_request')
      .set({ state: 'lapsed' })
      .where('chain_id', '=', tx.chain)
      .where('requester_id', '=', tx.actor.party)
      .where('holder_id', '=', holder)
      .where('kind', '=', 'consent')
      .where('state', '=', 'open')
      .where('due_on', '<', tx.today),
  );
}

async function countOpen(tx: Tx): Promise<number> {
  const { count } = await tx.db
    .selectFrom('rights_request')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('chain_id', '=', tx.chain)
    .where('requester_id', '=', tx.actor.party)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Asks the party that holds data on the actor's own for something.
 * @throws kernel.not_found where the actor may not see what it asks about, rights.own_record,
 *   rights.open_already, rights.too_many, rights.shared_already, rights.refused_lately
 */
export async function askFor(tx: Tx, input: NewRequest): Promise<RightsRequest> {
  const subject = await subjectOf(tx, input);
  if (subject.holder_id === tx.actor.party) throw fault('rights.own_record');
  if ((await countOpen(tx)) >= limits.rights_open) {
    throw fault('rights.too_many', { limit: limits.rights_open });
  }
  closeLapsed(tx, subject.holder_id);
  const id = tx.newId();
  const { holder_id, fact_id = null, file_id = null, audience } = subject;
  const consent = input.kind === 'consent' ? input : null;
  const due_on = addDays(tx.today, answerDays[input.kind]);
  const done = await tx.db
    .insertInto('rights_request')
    .values({
      chain_id: tx.chain,
      id,
      kind: input.kind,
      requester_id: tx.actor.party,
      holder_id,
      asked_by: tx.actor.user,
      fact_id,
      file_id,
      scope: consent?.scope ?? null,
      share_until: consent?.share_until ?? null,
      statement: input.statement,
      state: 'open',
      asked_at: tx.now,
      due_on,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) throw fault('rights.open_already');
  if (input.kind === 'correction' && fact_id && audience) {
    markFact(tx, { id, fact_id, holder_id, requester_id: tx.actor.party }, audience);
  }
  await tellBoth(tx, { id, kind: input.kind, requester_id: tx.actor.party, holder_id }, 'asked', {
    fact_id,
    file_id,
    scope: consent?.scope ?? null,
    due_on,
  });
  return getRequest(tx, id);
}

type Told = Pick<RightsRequest, 'id' | 'requester_id' | 'holder_id'> & { kind: RequestKind };

/** The step as a fact for the two of them: what it is about, and none of their words. */
export async function tellBoth(
  tx: Tx,
  { id, kind, requester_id, holder_id }: Told,
  step: 'asked' | 'accepted' | 'refused' | 'withdrawn' | 'noted',
  about: Record<string, unknown>,
): Promise<void> {
  await recordFact(tx, {
    type: `rights.request.${step}`,
    subject: id,
    parties: [requester_id, holder_id],
    body: { kind, ...about },
  });
}

/** Takes an own request back. @throws kernel.not_found, rights.not_open */
export async function withdrawRequest(tx: Tx, id: string): Promise<RightsRequest> {
  const request = await getRequest(tx, id);
  if (request.requester_id !== tx.actor.party) throw fault('rights.not_yours');
  const done = await tx.db
    .updateTable('rights_request')
    .set({ state: 'withdrawn', answered_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (request.state !== 'open' || done.numUpdatedRows === 0n) throw fault('rights.not_open');
  changeMark(tx, id, { state: 'withdrawn', answered_at: tx.now });
  await tellBoth(tx, request, 'withdrawn', {});
  return getRequest(tx, id);
}
