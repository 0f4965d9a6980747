import { z } from 'zod';
import { addDays, dateInZone } from '../dates.ts';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { getParty } from '../identity/parties.ts';
import { limits } from '../limits.ts';
import { givenInstant, longText, type Scope, scope, uuid } from '../schema.ts';
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
    share_until: givenInstant.optional(),
  }),
  z.object({ kind: z.literal('correction'), ...aboutFact }),
  z.object({ kind: z.literal('explanation'), ...aboutFact }),
  z.object({ kind: z.literal('deletion'), file_id: uuid, statement: longText }),
]);
export type NewRequest = z.output<typeof newRequest>;

/** What is asked about, and who holds it. */
type Subject = {
  holder_id: string;
  scope?: Scope;
  fact_id?: string;
  file_id?: string;
  audience?: string[];
};

async function subjectOf(tx: Tx, input: NewRequest): Promise<Subject> {
  if (input.kind === 'consent') return consentSubject(tx, input);
  if (input.kind === 'deletion') return fileSubject(tx, input.file_id);
  return factSubject(tx, input.fact_id);
}

async function consentSubject(
  tx: Tx,
  { holder_id, scope, share_until }: NewRequest & { kind: 'consent' },
): Promise<Subject> {
  if (share_until && share_until <= tx.now) throw fault('rights.end_past');
  if (tx.actor.reads[scope]?.includes(holder_id)) throw fault('rights.shared_already');
  return { holder_id, scope };
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
function closeLapsed(tx: Tx): void {
  tx.write(
    tx.db
      .updateTable('rights_request')
      .set({ state: 'lapsed' })
      .where('chain_id', '=', tx.chain)
      .where('requester_id', '=', tx.actor.party)
      .where('kind', '=', 'consent')
      .where('state', '=', 'open')
      .where('due_on', '<', tx.today),
  );
}

/** How long what was refused, or taken back, is not asked for again. */
const again = { refused: limits.ask_again_days, withdrawn: 1 } as const;

/**
 * A "no" that is asked about again the next day would not be free, and each request is a fact that
 * its holder keeps for good.
 */
async function refuseNagging(tx: Tx, kind: RequestKind, subject: Subject): Promise<void> {
  let query = tx.db
    .selectFrom('rights_request')
    .select(['state', 'answered_at'])
    .where('chain_id', '=', tx.chain)
    .where('requester_id', '=', tx.actor.party)
    .where('holder_id', '=', subject.holder_id)
    .where('kind', '=', kind)
    .where('state', 'in', ['refused', 'withdrawn'])
    .orderBy('answered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1);
  if (subject.scope) query = query.where('scope', '=', subject.scope);
  if (subject.fact_id) query = query.where('fact_id', '=', subject.fact_id);
  if (subject.file_id) query = query.where('file_id', '=', subject.file_id);
  const last = await query.executeTakeFirst();
  if (!last?.answered_at) return;
  const days = again[last.state as keyof typeof again];
  const from = addDays(dateInZone(last.answered_at, tx.zone), days);
  if (tx.today < from) throw fault('rights.asked_lately', { from });
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
 *   rights.open_already, rights.too_many, rights.shared_already, rights.asked_lately,
 *   rights.holder_away
 */
export async function askFor(tx: Tx, input: NewRequest): Promise<RightsRequest> {
  const subject = await subjectOf(tx, input);
  if (subject.holder_id === tx.actor.party) throw fault('rights.own_record');
  const { status } = await getParty(tx, subject.holder_id);
  if (status !== 'active') throw fault('rights.holder_away');
  await refuseNagging(tx, input.kind, subject);
  closeLapsed(tx);
  if ((await countOpen(tx)) >= limits.rights_open) {
    throw fault('rights.too_many', { limit: limits.rights_open });
  }
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
