import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { eraseFile, isErased } from '../files/files.ts';
import { permits } from '../identity/permissions.ts';
import { shareWith } from '../identity/sharing.ts';
import { givenInstant, longText, uuid } from '../schema.ts';
import { tellBoth } from './asking.ts';
import { changeMark } from './marks.ts';
import { getRequest, type RightsRequest } from './requests.ts';

export const requestAnswer = z.object({
  accept: z.boolean(),
  /** Why not, or what was done. A consent alone may be given without a word. */
  answer: longText.optional(),
  /** The fact that puts right the one objected to. */
  corrected_by: uuid.optional(),
  /** Another end than the requester asked for. */
  share_until: givenInstant.optional(),
});
export type RequestAnswer = z.output<typeof requestAnswer>;

/** What accepting a request brings about, and what of it stands on the request. */
type Effect = { agreement_id?: string; corrected_by?: string };

/** What accepting brings about takes the same right here as on the page for it. */
function need(tx: Tx, permission: string): void {
  if (permits(tx.actor.permissions, permission)) return;
  throw fault('kernel.not_permitted', { permission });
}

async function giveConsent(tx: Tx, request: RightsRequest, given: RequestAnswer): Promise<Effect> {
  need(tx, 'identity.sharing.create');
  const until = given.share_until ?? request.share_until;
  if (until && until <= tx.now) throw fault('rights.end_past');
  const { id } = await shareWith(tx, {
    reader_id: request.requester_id,
    scope: request.scope ?? 'orders',
    purpose: request.statement,
    ...(until ? { valid_until: until } : {}),
  });
  return { agreement_id: id };
}

async function readForCorrection(tx: Tx, id: string) {
  const row = await tx.db
    .selectFrom('fact')
    .select(['id', 'party_id', 'subject_id', 'corrects_id', 'parties', 'recorded_at'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('rights.no_correction');
  return row;
}

/**
 * The correction is a later fact of the holder's own, about the same thing, that the objector sees.
 * @throws rights.no_correction
 */
async function nameCorrection(tx: Tx, request: RightsRequest, id: string): Promise<Effect> {
  const wrong = await readForCorrection(tx, request.fact_id ?? '');
  const right = await readForCorrection(tx, id);
  const follows = right.id !== wrong.id && right.recorded_at >= wrong.recorded_at;
  const same = right.corrects_id === wrong.id || right.subject_id === wrong.subject_id;
  const theirs = right.party_id === tx.actor.party && right.parties.includes(request.requester_id);
  if (!(follows && same && theirs)) throw fault('rights.no_correction');
  return { corrected_by: id };
}

/** Two may ask for the same photo, and its owner may have been quicker: then it is done. */
async function deleteFile(tx: Tx, id: string): Promise<Effect> {
  need(tx, 'kernel.file.erase');
  if (!(await isErased(tx, id))) await eraseFile(tx, id);
  return {};
}

async function carryOut(tx: Tx, request: RightsRequest, given: RequestAnswer): Promise<Effect> {
  if (!given.accept) return {};
  if (request.kind === 'consent') return giveConsent(tx, request, given);
  if (request.kind === 'correction' && given.corrected_by) {
    return nameCorrection(tx, request, given.corrected_by);
  }
  if (request.kind === 'deletion' && request.file_id) return deleteFile(tx, request.file_id);
  return {};
}

/**
 * The holder answers; accepting shares, corrects or deletes what was asked for, in the same
 * transaction.
 * @throws kernel.not_found, rights.not_yours, rights.not_open, rights.answer_needed,
 *   rights.no_correction, rights.end_past, kernel.not_permitted
 */
export async function answerRequest(
  tx: Tx,
  id: string,
  given: RequestAnswer,
): Promise<RightsRequest> {
  const request = await getRequest(tx, id);
  if (request.holder_id !== tx.actor.party) throw fault('rights.not_yours');
  if (request.state !== 'open') throw fault('rights.not_open');
  if (!given.answer && !(given.accept && request.kind === 'consent')) {
    throw fault('rights.answer_needed');
  }
  const state = given.accept ? ('accepted' as const) : ('refused' as const);
  // First of all: whoever comes second must find it closed before anything is carried out.
  const done = await tx.db
    .updateTable('rights_request')
    .set({ state, answered_at: tx.now, answered_by: tx.actor.user, answer: given.answer ?? null })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw fault('rights.not_open');
  const effect = await carryOut(tx, request, given);
  if (Object.keys(effect).length > 0) {
    tx.write(
      tx.db
        .updateTable('rights_request')
        .set(effect)
        .where('chain_id', '=', tx.chain)
        .where('id', '=', id),
    );
  }
  changeMark(tx, id, { state, answered_at: tx.now });
  await tellBoth(tx, request, state, effect);
  return getRequest(tx, id);
}

export const objectorsNote = z.object({ note: longText });

/**
 * What the objector adds to a fact that stands; it is shown beside the fact from then on
 * (征信业管理条例 第十六条: the subject's explanation is recorded).
 * @throws kernel.not_found, rights.not_yours, rights.note_not_due
 */
export async function addNote(tx: Tx, id: string, note: string): Promise<RightsRequest> {
  const request = await getRequest(tx, id);
  if (request.requester_id !== tx.actor.party) throw fault('rights.not_yours');
  const done = await tx.db
    .updateTable('rights_request')
    .set({ note, noted_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('kind', '=', 'correction')
    .where('state', '=', 'refused')
    .where('note', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw fault('rights.note_not_due');
  changeMark(tx, id, { note });
  await tellBoth(tx, request, 'noted', {});
  return getRequest(tx, id);
}
