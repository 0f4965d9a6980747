import type pg from 'pg';
import { runStatement } from '../db/driver.ts';
import { type Actor, type Store, type Tx, type TxContext, withClaims } from '../db/tx.ts';
import { Fault, fault } from '../faults.ts';
import { limits } from '../limits.ts';
import type { ChainRole, Scope } from '../schema.ts';
import { type Credential, hashSecret, parseCredential } from './credential.ts';
import { after } from './doorstep.ts';
import { faultOfHold, type Hold, heldSql } from './holds.ts';
import { permits, type SeatRole, seatPermissions } from './permissions.ts';

type Found = {
  zone: string;
  roles: ChainRole[];
  seat: SeatRole | null;
  scopes: string[] | null;
  reads: [Scope, string][] | null;
  used_at: string | null;
  session_id: string | null;
  proved_at: string | null;
  factor_at: string | null;
  factor_from: string | null;
  held: Hold | null;
};

/** The session behind a request, where a person makes it. */
export type ShownSession = {
  id: string;
  proved_at: string;
  /** When a second factor was last shown in it. */
  factor_at: string | null;
  /** From when the party wants one of everybody, or null. */
  factor_from: string | null;
  held: Hold | null;
};

/**
 * $1 now, $2 chain, $3 party: the agreements under which the party reads others' rows. An owner
 * that shares twice counts once, and the list ends at its limit: neither one owner nor very many
 * may lock their reader out.
 */
const readsSql = `(select json_agg(jsonb_build_array(l.scope, l.owner_id)) from (
    select distinct g.scope, g.owner_id from sharing_agreement g
    where g.chain_id = $2 and g.reader_id = $3 and g.revoked_at is null
      and g.valid_from <= $1 and (g.valid_until is null or g.valid_until > $1)
    order by g.scope, g.owner_id limit ${limits.reads_owners}) l) as reads`;

const memberSql = `member m on m.chain_id = $2 and m.party_id = $3 and m.status = 'active'`;

/** $4 the user, $5 the hash of the session's secret, $6 since when it must have been used. */
const sessionSql = `select c.zone, m.roles, s.role as seat, null as scopes, t.used_at,
    t.id as session_id, t.proved_at, t.factor_at, p.factor_from, ${heldSql} as held, ${readsSql}
  from session t
  join chain c on c.id = $2
  join ${memberSql}
  join seat s on s.chain_id = $2 and s.party_id = $3 and s.user_id = $4 and s.ended_at is null
  join user_account u on u.id = $4 and u.disabled_at is null
  left join sign_in_policy p on p.chain_id = $2 and p.party_id = $3
  where t.token_hash = $5 and t.expires_at > $1 and t.used_at > $6 and t.user_id = $4
    and t.current_chain_id = $2 and t.current_party_id = $3`;

/**
 * $4 the key, $5 the hash of its secret, or of the one before while that still counts. A key is no
 * person and has no factor: what a party asks of its people's sign-ins does not hold it.
 */
const keySql = `select c.zone, m.roles, null as seat, k.scopes, k.used_at, null as session_id,
    null as proved_at, null as factor_at, null as factor_from, null as held, ${readsSql}
  from api_key k
  join chain c on c.id = $2
  join ${memberSql}
  where k.chain_id = $2 and k.party_id = $3 and k.id = $4
    and (k.secret_hash = $5 or (k.previous_hash = $5 and k.previous_until > $1))
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > $1)`;

/**
 * Runs `work` for whoever shows this credential. The sharing agreements are resolved here, for each
 * request, so that ending one works at once. So are holds: a session that is held gets no further,
 * whatever it is shown for, unless it is named here what it may be held for.
 * @param under holds under which `work` is done all the same
 * @throws kernel.signed_out where the credential is worth nothing; identity.factor_needed or
 *   identity.factor_unshown where its session is held
 */
export async function asBearer<T>(
  store: Store,
  text: string,
  work: (tx: Tx, session: ShownSession | null) => Promise<T>,
  under: readonly Hold[] = [],
): Promise<T> {
  const credential = parseCredential(text);
  if (!credential || credential.kind === 'invitation') throw fault('kernel.signed_out');
  const { chain, party, id, kind, secret } = credential;
  const isSession = kind === 'session';
  const hash = hashSecret(secret);
  let found: Found | undefined;
  const look = async (client: pg.PoolClient) => {
    const now = store.clock.now().toISOString();
    const idle = after(now, -limits.session_idle_hours * 60);
    const values = [now, chain, party, id, hash, ...(isSession ? [idle] : [])];
    const { rows } = await runStatement(client, isSession ? sessionSql : keySql, values);
    found = rows[0] as Found | undefined;
    if (!found) throw fault('kernel.signed_out');
    if (found.held && !under.includes(found.held)) throw faultOfHold(found.held);
    return contextOf(credential, found);
  };
  const claims = { chain, party, ...(isSession ? { user: id } : { bearer: id }) };
  return withClaims(store, claims, look, async (tx) => {
    const resolved = found as Found;
    const { used_at } = resolved;
    if (!used_at || used_at < after(tx.now, -limits.used_minutes)) noteUse(tx, credential, hash);
    return work(tx, sessionIn(resolved));
  });
}

function sessionIn({ session_id: id, proved_at, ...rest }: Found): ShownSession | null {
  if (!id || !proved_at) return null;
  const { factor_at, factor_from, held } = rest;
  return { id, proved_at, factor_at, factor_from, held };
}

/**
 * Writes down that a session or a key is in use: once in limits.used_minutes, behind the request's
 * own statements' back, so that a read stays one cheap transaction.
 */
function noteUse(tx: Tx, { kind, id }: Credential, hash: Uint8Array): void {
  if (kind === 'session') {
    tx.write(tx.db.updateTable('session').set({ used_at: tx.now }).where('token_hash', '=', hash));
    return;
  }
  tx.write(
    tx.db
      .updateTable('api_key')
      .set({ used_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
}

/**
 * Who shows this credential, or null where it is worth nothing.
 * @throws identity.factor_needed, identity.factor_unshown unless held so (`under`)
 */
export async function authenticate(
  store: Store,
  text: string,
  under: readonly Hold[] = [],
): Promise<TxContext | null> {
  const who = async ({ chain, zone, actor }: Tx) => ({ chain, zone, actor });
  try {
    return await asBearer(store, text, who, under);
  } catch (error) {
    if (error instanceof Fault && error.code === 'kernel.signed_out') return null;
    throw error;
  }
}

/** What a party is and may read, with nobody who acts for it. */
const partySql = `select c.zone, m.roles, ${readsSql}
  from chain c
  join ${memberSql}
  where c.id = $2`;

/**
 * Runs `work` for a party itself, where the platform does what the party has asked for once and for
 * all. What it may see is found anew each time, as for a request.
 * @returns null where the party is no member of the chain any more
 */
export async function asMember<T>(
  store: Store,
  { chain, party }: { chain: string; party: string },
  permissions: readonly string[],
  work: (tx: Tx) => Promise<T>,
): Promise<T | null> {
  const absent = new Error('no member');
  const look = async (client: pg.PoolClient): Promise<TxContext> => {
    const values = [store.clock.now().toISOString(), chain, party];
    const { rows } = await runStatement(client, partySql, values);
    const found = rows[0] as Pick<Found, 'zone' | 'roles' | 'reads'> | undefined;
    if (!found) throw absent;
    const { zone, roles } = found;
    const reads = readsIn(found);
    return { chain, zone, actor: { party, user: null, key: null, roles, permissions, reads } };
  };
  try {
    return await withClaims(store, { chain, party }, look, work);
  } catch (error) {
    if (error === absent) return null;
    throw error;
  }
}

function readsIn(found: Pick<Found, 'reads'>): Actor['reads'] {
  const reads: Partial<Record<Scope, string[]>> = {};
  for (const [scope, owner] of found.reads ?? []) {
    reads[scope] = [...(reads[scope] ?? []), owner];
  }
  return reads;
}

function contextOf(credential: Credential, found: Found): TxContext {
  const actor: Actor = {
    party: credential.party,
    user: credential.kind === 'session' ? credential.id : null,
    key: credential.kind === 'key' ? credential.id : null,
    roles: found.roles,
    permissions: found.seat ? seatPermissions[found.seat] : (found.scopes ?? []),
    reads: readsIn(found),
  };
  return { chain: credential.chain, zone: found.zone, actor };
}

export function mayDo(actor: Actor, permission: string): boolean {
  return permits(actor.permissions, permission);
}
