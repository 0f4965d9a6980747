import { z } from 'zod';
import { type Store, type Tx, withTx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { parseUscc } from '../identifiers/uscc.ts';
import { limits } from '../limits.ts';
import { chainRole, instant, shortText, uuid } from '../schema.ts';
import { recordFact } from '../trust/facts.ts';
import { listChains } from './chains.ts';
import { type Credential, hashSecret, makeCredential, parseCredential } from './credential.ts';
import { refuseGuessable } from './guessable.ts';
import { addParty, findByCodes, findParty, inviterOf, newParty } from './parties.ts';
import { hashPassword, login, password, seatPerson } from './people.ts';

/** An invitation by link: a party that the chain does not know yet becomes a member through it. */
export const invitation = z
  .object({
    id: uuid,
    party_id: uuid,
    roles: z.array(chainRole),
    created_at: instant,
    expires_at: instant,
    accepted_at: instant.nullable(),
    withdrawn_at: instant.nullable(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.output<typeof invitation>;

export const newInvitation = newParty;

export const acceptance = z.object({
  token: z.string().max(200),
  login,
  name: shortText,
  password,
  /** The invited party's own code, where the inviter did not know it. */
  uscc: z.string().max(30).optional(),
});

const columns = [
  'id',
  'party_id',
  'roles',
  'created_at',
  'expires_at',
  'accepted_at',
  'withdrawn_at',
] as const;

/**
 * Invites a party; its `token` is given here once, for the link. A party invited before but not yet
 * here gets another link from whoever invited it, and from nobody else: the link is the key to what
 * that member has written down for it meanwhile.
 * @throws identity.already_member, identity.invited_already
 */
export async function invite(tx: Tx, input: z.input<typeof newParty>) {
  const code = input.uscc ?? input.gln;
  const known = code ? await findParty(tx, code) : undefined;
  if (known && known.status === 'active') {
    throw fault('identity.already_member', { name: known.name_zh });
  }
  if (known && (await inviterOf(tx, known.id)) !== tx.actor.party) {
    throw fault('identity.invited_already', { name: known.name_zh });
  }
  const party = known ?? (await addParty(tx, input, { status: 'invited', verified: false }));
  const id = tx.newId();
  const claims = { kind: 'invitation' as const, chain: tx.chain, party: party.id, id };
  const { text, hash } = makeCredential(tx, claims);
  const expires = new Date(new Date(tx.now).getTime() + limits.invitation_days * 86_400_000);
  const row = {
    id,
    party_id: party.id,
    roles: party.roles,
    created_at: tx.now,
    expires_at: expires.toISOString(),
    accepted_at: null,
    withdrawn_at: null,
  };
  tx.append('invitation', [
    { chain_id: tx.chain, inviter_id: tx.actor.party, secret_hash: hash, ...row },
  ]);
  await recordFact(tx, {
    type: 'identity.party.invited',
    subject: party.id,
    parties: [tx.actor.party, party.id],
    body: { roles: party.roles, name: party.name_zh },
  });
  return { ...row, token: text };
}

/** The invitations that the actor's party sent, newest first. */
export async function listInvitations(tx: Tx): Promise<Invitation[]> {
  const rows = await tx.db
    .selectFrom('invitation')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('inviter_id', '=', tx.actor.party)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limits.page_rows)
    .execute();
  return rows as Invitation[];
}

/** Takes an invitation back before it is used. @throws identity.invitation_over */
export async function withdrawInvitation(tx: Tx, id: string): Promise<void> {
  const done = await tx.db
    .updateTable('invitation')
    .set({ withdrawn_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('inviter_id', '=', tx.actor.party)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw fault('identity.invitation_over');
}

/**
 * The invited party's first person takes a seat, and the party becomes a member. Every other link
 * to the same party is worth nothing from then on: whoever holds one would get a seat in a firm
 * that is here already.
 * @returns the person's id
 * @throws identity.invitation_over, identity.login_taken, identity.code_invalid,
 *   identity.password_guessable
 */
export async function acceptInvitation(store: Store, input: z.output<typeof acceptance>) {
  const credential = parseCredential(input.token);
  if (credential?.kind !== 'invitation') throw fault('identity.invitation_over');
  const chain = (await listChains(store)).find((one) => one.id === credential.chain);
  if (!chain) throw fault('identity.invitation_over');
  await refuseGuessable(input.password, [input.login, input.name]);
  const password_hash = await hashPassword(input.password);
  const { party } = credential;
  const actor = { party, user: null, key: null, roles: [], permissions: [], reads: {} };
  const context = { chain: chain.id, zone: chain.zone, actor, bearer: credential.id };
  return withTx(store, context, async (tx) => {
    await useUp(tx, credential);
    if (input.uscc) await nameCode(tx, input.uscc);
    const { login, name } = input;
    const { id } = await seatPerson(tx, { login, name, password_hash, role: 'admin' });
    return id;
  });
}

async function useUp(tx: Tx, credential: Credential): Promise<void> {
  const row = await tx.db
    .updateTable('invitation')
    .set({ accepted_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', credential.id)
    .where('secret_hash', '=', hashSecret(credential.secret))
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', tx.now)
    .returning(['inviter_id'])
    .executeTakeFirst();
  if (!row) throw fault('identity.invitation_over');
  const joined = await tx.db
    .updateTable('member')
    .set({ status: 'active', joined_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('status', '=', 'invited')
    .executeTakeFirst();
  if (joined.numUpdatedRows === 0n) throw fault('identity.invitation_over');
  await recordFact(tx, {
    type: 'identity.party.joined',
    subject: tx.actor.party,
    parties: [tx.actor.party, row.inviter_id],
    body: {},
  });
}

/** The party names its own code; one that any chain knows already is not claimed again. */
async function nameCode(tx: Tx, text: string): Promise<void> {
  const found = parseUscc(text);
  if (!found.ok) throw fault('identity.code_invalid', found.reason);
  const { code } = found.value;
  if (await findByCodes(tx, { uscc: code, gln: null })) return;
  tx.write(
    tx.db
      .updateTable('party')
      .set({ uscc: code })
      .where('id', '=', tx.actor.party)
      .where('uscc', 'is', null),
  );
}
