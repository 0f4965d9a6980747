import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { parseGln } from '../identifiers/gln.ts';
import { parseUscc } from '../identifiers/uscc.ts';
import { decodeCursor, type PageQuery, pageOf } from '../paging.ts';
import { type ChainRole, chainRole, shortText, uuid } from '../schema.ts';

/** A party as a member of a chain. `verified` says whether its code was checked by its owner. */
export const party = z
  .object({
    id: uuid,
    uscc: z.string().nullable(),
    gln: z.string().nullable(),
    name_zh: z.string(),
    name_en: z.string(),
    lon: z.string().nullable(),
    lat: z.string().nullable(),
    region_code: z.string().nullable(),
    roles: z.array(chainRole),
    status: z.enum(['invited', 'active', 'left']),
    verified: z.boolean(),
  })
  .meta({ id: 'Party' });
export type Party = z.output<typeof party>;

export const newParty = z.object({
  uscc: z.string().max(30).optional(),
  gln: z.string().max(20).optional(),
  name_zh: shortText,
  name_en: shortText.optional(),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  region_code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  roles: z.array(chainRole).min(1).max(10),
});
export type NewParty = z.input<typeof newParty>;

const columns = [
  'party.id',
  'party.uscc',
  'party.gln',
  'party.name_zh',
  'party.name_en',
  'party.lon',
  'party.lat',
  'party.region_code',
  'party.verified_at',
  'member.roles',
  'member.status',
] as const;

type Row = Omit<Party, 'verified'> & { verified_at: string | null };

function partyOf({ verified_at, ...row }: Row): Party {
  return { ...row, verified: verified_at !== null };
}

function members(tx: Tx) {
  return tx.db
    .selectFrom('member')
    .innerJoin('party', 'party.id', 'member.party_id')
    .select(columns)
    .where('member.chain_id', '=', tx.chain);
}

/** Both codes in their normal form. @throws identity.code_invalid */
function checkedCodes(input: { uscc?: string | undefined; gln?: string | undefined }) {
  const codes: { uscc: string | null; gln: string | null } = { uscc: null, gln: null };
  if (input.uscc) {
    const found = parseUscc(input.uscc);
    if (!found.ok) throw fault('identity.code_invalid', found.reason);
    codes.uscc = found.value.code;
  }
  if (input.gln) {
    const found = parseGln(input.gln);
    if (!found.ok) throw fault('identity.code_invalid', found.reason);
    codes.gln = found.value;
  }
  return codes;
}

/**
 * Brings a party into the chain. A party that other chains know by the same code is the same party:
 * its names stay as they are.
 * @throws identity.code_invalid, identity.already_member
 */
export async function addParty(
  tx: Tx,
  input: NewParty,
  standing: { status: 'invited' | 'active'; verified: boolean },
): Promise<Party> {
  const { roles, ...given } = newParty.parse(input);
  const codes = checkedCodes(given);
  const known = await findByCodes(tx, codes);
  const id = known ?? tx.newId();
  if (!known) {
    tx.append('party', [
      {
        id,
        ...codes,
        name_zh: given.name_zh,
        name_en: given.name_en ?? given.name_zh,
        lon: given.lon?.toFixed(6) ?? null,
        lat: given.lat?.toFixed(6) ?? null,
        region_code: given.region_code ?? null,
        verified_at: standing.verified ? tx.now : null,
        created_at: tx.now,
      },
    ]);
  }
  const joined = await tx.db
    .insertInto('member')
    .values({
      chain_id: tx.chain,
      party_id: id,
      roles,
      status: standing.status,
      invited_by: standing.status === 'invited' ? tx.actor.party : null,
      joined_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (joined.numInsertedOrUpdatedRows === 0n) {
    throw fault('identity.already_member', { name: given.name_zh });
  }
  return getParty(tx, id);
}

/** The party with one of these codes in whatever chain: a code names one party on the platform. */
export async function findByCodes(
  tx: Tx,
  codes: { uscc: string | null; gln: string | null },
): Promise<string | undefined> {
  if (!codes.uscc && !codes.gln) return undefined;
  const row = await tx.db
    .selectFrom('party')
    .select('id')
    .where((is) =>
      is.or([
        ...(codes.uscc ? [is('uscc', '=', codes.uscc)] : []),
        ...(codes.gln ? [is('gln', '=', codes.gln)] : []),
      ]),
    )
    .executeTakeFirst();
  return row?.id;
}

/** @throws kernel.not_found when the chain has no such member. */
export async function getParty(tx: Tx, id: string): Promise<Party> {
  const row = await members(tx).where('party.id', '=', id).executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return partyOf(row as Row);
}

/** Who brought a member into the chain by invitation; null when nobody did. */
export async function inviterOf(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.db
    .selectFrom('member')
    .select('invited_by')
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', id)
    .executeTakeFirst();
  return row?.invited_by ?? null;
}

/** Members by id, for naming the parties of a list. */
export async function partiesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Party>> {
  if (ids.length === 0) return new Map();
  const rows = await members(tx)
    .where('party.id', 'in', [...new Set(ids)])
    .orderBy('party.id')
    .execute();
  return new Map(rows.map((row) => [row.id, partyOf(row as Row)]));
}

/** What the actor's party is called: words that its people's passwords are not made of. */
export async function ownNames(tx: Tx): Promise<string[]> {
  const own = (await partiesById(tx, [tx.actor.party])).get(tx.actor.party);
  return own ? [own.name_zh, own.name_en ?? ''] : [];
}

/** The member with this 统一社会信用代码, GLN or id, or undefined. */
export async function findParty(tx: Tx, code: string): Promise<Party | undefined> {
  const byId = uuid.safeParse(code).success;
  const row = await members(tx)
    .where((is) =>
      byId ? is('party.id', '=', code) : is.or([is('uscc', '=', code), is('gln', '=', code)]),
    )
    .executeTakeFirst();
  return row ? partyOf(row as Row) : undefined;
}

export const partyQuery = z.object({
  role: chainRole.optional(),
  search: z.string().trim().max(100).optional(),
});

/** The chain's directory, by name. */
export async function listParties(
  tx: Tx,
  query: PageQuery & { role?: ChainRole | undefined; search?: string | undefined },
) {
  let rows = members(tx);
  const { role, search } = query;
  if (role) rows = rows.where(sql<boolean>`${role} = any(member.roles)`);
  if (search) {
    const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    rows = rows.where((is) =>
      is.or([is('name_zh', 'ilike', like), is('name_en', 'ilike', like), is('uscc', 'like', like)]),
    );
  }
  if (query.after) {
    const [name, id] = decodeCursor(query.after, z.tuple([z.string(), uuid]));
    rows = rows.where((is) =>
      is.or([
        is('name_zh', '>', name),
        is.and([is('name_zh', '=', name), is('party.id', '>', id)]),
      ]),
    );
  }
  const found = await rows
    .orderBy('name_zh')
    .orderBy('party.id')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found as Row[], query.limit, (row) => [row.name_zh, row.id]);
  return { items: listed.items.map(partyOf), next: listed.next };
}
