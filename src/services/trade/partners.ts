import type { Identifier, TradeParty } from '../../flows/data/index.ts';
import {
  type ChainRole,
  findParty,
  invite,
  listParties,
  mayDo,
  type Party,
  parseGln,
  parseUscc,
  type Tx,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';

/** Codes that the chain's directory knows, and names that only the sender uses. */
type Names = {
  uscc: string | null;
  gln: string | null;
  others: { scheme: string; value: string }[];
};

function usccIn(text: string): string | null {
  // Invoices write a tax number with its country before it.
  const found = parseUscc(text.replace(/^CN(?=[0-9A-Z]{18}$)/i, ''));
  return found.ok ? found.value.code : null;
}

/** Every identifier of a party in a document, by what can be done with it. */
function namesOf({ ids, endpoint, tax_id }: TradeParty): Names {
  const names: Names = { uscc: null, gln: null, others: [] };
  const tax = tax_id === null ? [] : [{ scheme: 'VAT', value: tax_id }];
  const all: Identifier[] = [...ids, ...(endpoint ? [endpoint] : []), ...tax];
  for (const { scheme, value } of all) {
    const uscc = usccIn(value);
    const gln = scheme === '0088' || scheme === null ? parseGln(value) : null;
    if (uscc) names.uscc ??= uscc;
    else if (gln?.ok && (names.gln === null || names.gln === gln.value)) names.gln = gln.value;
    else names.others.push({ scheme: scheme ?? '', value });
  }
  return names;
}

export function nameOf(party: TradeParty): string | null {
  const name = party.name ?? party.legal_name ?? party.ids[0]?.value ?? party.endpoint?.value;
  return name?.trim().slice(0, 200) || null;
}

/** Whether a document means the same party twice; two without any name are not the same. */
export function isSameParty(one: TradeParty | null, other: TradeParty | null): boolean {
  if (!one || !other) return false;
  const [a, b] = [namesOf(one), namesOf(other)];
  const shared = a.others.some((x) =>
    b.others.some((y) => x.scheme === y.scheme && x.value === y.value),
  );
  if (shared || (a.gln && a.gln === b.gln) || (a.uscc && a.uscc === b.uscc)) return true;
  const unnumbered = [a, b].every(({ uscc, gln, others }) => !uscc && !gln && others.length === 0);
  return unnumbered && nameOf(one) !== null && nameOf(one) === nameOf(other);
}

async function aliased(tx: Tx, names: readonly { scheme: string; value: string }[]) {
  if (names.length === 0) return [];
  const rows = await tx.db
    .selectFrom('party_alias')
    .select('party_id')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where((is) =>
      is.or(
        names.map((one) => is.and([is('scheme', '=', one.scheme), is('value', '=', one.value)])),
      ),
    )
    .execute();
  return rows.map((row) => row.party_id);
}

/** The one active member of exactly this name; the invited are known by their aliases. */
async function findByName(tx: Tx, name: string): Promise<string[]> {
  const { items } = await listParties(tx, { limit: 20, search: name.slice(0, 100) });
  const named = items.filter((one) => [one.name_zh, one.name_en].includes(name));
  const active = named.filter((one) => one.status === 'active');
  return active.length === 1 ? active.map(({ id }) => id) : [];
}

const nameAlias = (party: TradeParty) => {
  const name = nameOf(party);
  return name === null ? [] : [{ scheme: 'name', value: name }];
};

/**
 * Who a party in a document is: by 统一社会信用代码 and GLN, then by what the sender called somebody
 * before, and by its name only where the document gives no code that would be proof.
 * @throws trade.party_ambiguous when its identifiers belong to two parties
 */
export async function findPartner(tx: Tx, party: TradeParty): Promise<Party | undefined> {
  const names = namesOf(party);
  const ids = new Set<string>();
  for (const code of [names.uscc, names.gln]) {
    const found = code === null ? undefined : await findParty(tx, code);
    if (found) ids.add(found.id);
  }
  if (ids.size === 0) {
    for (const id of await aliased(tx, names.others)) ids.add(id);
  }
  const proof = names.uscc !== null || names.gln !== null;
  const name = nameOf(party);
  if (ids.size === 0 && !proof && name !== null) {
    const known = await aliased(tx, names.others.length === 0 ? nameAlias(party) : []);
    for (const id of known.length > 0 ? known : await findByName(tx, name)) ids.add(id);
  }
  if (ids.size > 1) throw fault('trade.party_ambiguous', { name });
  const [id] = ids;
  return id === undefined ? undefined : findParty(tx, id);
}

/** Remembers what the sender calls a party, so that the next document finds it again. */
async function rememberNames(tx: Tx, party: TradeParty, id: string): Promise<void> {
  const { uscc, gln, others } = namesOf(party);
  const only = uscc === null && gln === null && others.length === 0;
  const names = only ? nameAlias(party) : others;
  const unique = new Map(names.map((one) => [JSON.stringify(one), one]));
  if (unique.size === 0) return;
  const owned = { chain_id: tx.chain, owner_id: tx.actor.party, party_id: id, recorded_at: tx.now };
  tx.write(
    tx.db
      .insertInto('party_alias')
      .values([...unique.values()].map((one) => ({ ...owned, ...one })))
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/**
 * Brings a party that the chain does not know into it, invited and unverified. Null where the
 * sender may not invite, or where the document names nobody.
 */
export async function invitePartner(
  tx: Tx,
  party: TradeParty,
  role: ChainRole,
): Promise<Party | null> {
  const name = nameOf(party);
  if (name === null || !mayDo(tx.actor, 'identity.invitation.create')) return null;
  const { uscc, gln } = namesOf(party);
  const codes = { ...(uscc ? { uscc } : {}), ...(gln ? { gln } : {}) };
  const { party_id } = await invite(tx, { name_zh: name, roles: [role], ...codes });
  await rememberNames(tx, party, party_id);
  return (await findParty(tx, party_id)) ?? null;
}

/** What the actor's documents called a party. */
export async function aliasesOf(tx: Tx, id: string) {
  return tx.db
    .selectFrom('party_alias')
    .select(['scheme', 'value'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('party_id', '=', id)
    .orderBy('scheme')
    .orderBy('value')
    .limit(20)
    .execute();
}
