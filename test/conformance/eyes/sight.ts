import type pg from 'pg';

/** A row of any table, as JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** Who sees a row of a table, said once more and apart from the policies that make it so. */
type Sight = {
  /** Everybody in the chain. */
  everyone?: true;
  /** Columns with a party, or with a list of parties, who see the row. */
  parties?: readonly string[];
  /** Whose data a sharing agreement of that scope opens: the columns of those who may share it. */
  shared?: readonly [scope: string, ...owners: string[]];
  /** A further way to see it, where the row itself says so. */
  also?: (row: Row, party: string) => boolean;
};

const pair = ['buyer_id', 'seller_id'] as const;
const orders: Sight = { parties: pair, shared: ['orders', ...pair] };
const shipments: Sight = { parties: [...pair, 'carrier_id'], shared: ['shipments', ...pair] };
const receipts: Sight = { parties: [...pair, 'carrier_id'], shared: ['shipments', 'buyer_id'] };
const invoices: Sight = { parties: pair, shared: ['invoices', ...pair] };
const betweenTwo: Sight = { parties: pair };
const own: Sight = { parties: ['owner_id'] };
const ofParty: Sight = { parties: ['party_id'] };
const asked: Sight = { parties: ['owner_id', 'collector_id'] };
const books: Sight = { parties: ['owner_id', 'counterparty_id'], shared: ['ledger', 'owner_id'] };
const events: Sight = { parties: ['parties'], shared: ['shipments', 'capturer_id'] };
const recalled: Sight = { parties: ['owner_id', 'shown_to_id'] };
const payers = ['payer_id', 'payee_id'] as const;

/** Every table that a chain owns. One that is missing here fails the test. */
export const sights: Readonly<Record<string, Sight>> = {
  account: { parties: ['owner_id'], shared: ['ledger', 'owner_id'] },
  account_balance: books,
  api_key: ofParty,
  bank_statement: own,
  bank_statement_line: own,
  capture: own,
  collection: { parties: ['collector_id'] },
  collection_ask: asked,
  company_prefix: { everyone: true },
  consumer_page: own,
  consumer_warning: own,
  counter: own,
  despatch: shipments,
  despatch_line: shipments,
  dispute: betweenTwo,
  document: {
    parties: ['owner_id'],
    also: (row, party) =>
      row.receiver_id === party && ['accepted', 'applied'].includes(String(row.state)),
  },
  document_source: own,
  ended_page: own,
  entry: books,
  entry_line: books,
  event: events,
  event_item: events,
  event_void: events,
  fact: { parties: ['parties'] },
  file: { parties: ['parties'] },
  firm_profile: own,
  form: { everyone: true },
  form_draft: own,
  form_version: { everyone: true },
  idempotency_key: ofParty,
  invitation: { parties: ['inviter_id', 'party_id'] },
  invoice: invoices,
  invoice_line: invoices,
  line_name: betweenTwo,
  loss_allowance: own,
  master_data: { parties: ['owner_id'], shared: ['shipments', 'owner_id'] },
  member: { everyone: true },
  named_query: own,
  objection_mark: { parties: ['audience'] },
  order_line: orders,
  order_message: betweenTwo,
  partner_code: { parties: ['partner_id', 'owner_id'] },
  party_alias: own,
  payment: { parties: payers, shared: ['ledger', ...payers] },
  payment_allocation: { parties: payers, shared: ['invoices', ...payers] },
  place: { everyone: true },
  price: betweenTwo,
  product: { parties: ['owner_id'], also: (row) => row.published === true },
  product_bundle: own,
  product_unit: { everyone: true },
  purchase_order: orders,
  query_subscription: own,
  recall: own,
  recall_answer: { parties: ['owner_id', 'asked_by_id'] },
  recall_line: recalled,
  recall_notice: recalled,
  receipt: receipts,
  receipt_line: receipts,
  receivable: invoices,
  receivable_credit: invoices,
  receivable_dispute: invoices,
  release: { parties: ['owner_id'], also: (row) => row.is_published === true },
  release_series: own,
  release_source: own,
  report: asked,
  report_draft: own,
  report_ruling: asked,
  return_note: betweenTwo,
  return_note_line: betweenTwo,
  rights_request: { parties: ['requester_id', 'holder_id'] },
  sale_decision: own,
  seal: { everyone: true },
  seal_leaf: { everyone: true },
  seal_tile: { everyone: true },
  sealed_fact: { parties: ['parties'] },
  seat: ofParty,
  shared_access: own,
  sharing_agreement: { parties: ['owner_id', 'reader_id'] },
  sign_in_policy: ofParty,
  stock: { parties: ['owner_id'], shared: ['stock', 'owner_id'] },
  stock_movement: own,
  stock_name: own,
  stock_opening: own,
  stock_unknown: own,
  subscription_event: own,
  supply_agreement: betweenTwo,
  webhook: own,
  webhook_message: own,
};

/** The same for tables that no chain owns, and that a party sees rows of; most it sees none of. */
const outsideSights: Readonly<Record<string, (row: Row, chain: string, party: string) => boolean>> =
  {
    security_event: (row, chain, party) => row.at_chain_id === chain && row.at_party_id === party,
  };

const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Every id that stands anywhere in a text. */
export function idsIn(text: string): string[] {
  return text.match(idPattern) ?? [];
}

/**
 * Stock has no id of its own, and what it is made of (a place, a product) everybody knows: whose it
 * is, where and of what, is the secret.
 */
function stockMark(row: Row): string {
  return `stock ${row.owner_id} ${row.place_id} ${row.product_id} ${row.lot}`;
}

/** The marks of the stock that a reply shows. */
export function stockIn(body: string): string[] {
  const { items = [] } = JSON.parse(body) as { items?: Row[] };
  return items.filter((row) => row.owner_id && row.place_id && 'lot' in row).map(stockMark);
}

type Kept = { table: string; row: Row; ids: readonly string[] };

/** All rows of all chains, and what each party may know of them. */
export type Truth = {
  /** Every id that stands anywhere in the database. */
  ids: readonly string[];
  /** The ids that a party may meet: those that stand in rows which it may see. */
  /** @param since also what an agreement opened that was live at any moment since then */
  known(chain: string, party: string, now: string, since?: string): ReadonlySet<string>;
  /** The same without what others share with it. */
  own(chain: string, party: string): ReadonlySet<string>;
};

export async function readTruth(owner: Pick<pg.Pool, 'query'>): Promise<Truth> {
  const { rows: tables } = await owner.query(
    `select relname, exists (select 1 from pg_attribute a where a.attrelid = c.oid
        and a.attname = 'chain_id') as owned
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p')`,
  );
  const unseen = tables.find(({ relname, owned }) => owned && !sights[relname]);
  if (unseen) throw new Error(`Nobody has said who sees a row of ${unseen.relname}.`);
  const all = tables.map(
    ({ relname, owned }) =>
      `select '${relname}' as table, ${owned} as owned, to_jsonb(t) as row from "${relname}" t`,
  );
  const { rows } = await owner.query(all.join(' union all '));
  const kept: Kept[] = [];
  const outside: string[] = [];
  const elsewhere: Kept[] = [];
  for (const { table, owned, row } of rows as { table: string; owned: boolean; row: Row }[]) {
    const ids = idsIn(JSON.stringify(row));
    if (table === 'stock') ids.push(stockMark(row));
    if (owned) kept.push({ table, row, ids });
    else outside.push(...ids);
    if (outsideSights[table]) elsewhere.push({ table, row, ids });
  }
  const agreements = kept.filter(({ table }) => table === 'sharing_agreement');
  const seenBy = (chain: string, party: string, reads: Reads) => {
    const seen = kept.filter(
      ({ table, row }) => row.chain_id === chain && sees(table, row, party, reads),
    );
    const beside = elsewhere.filter(({ table, row }) => outsideSights[table]?.(row, chain, party));
    return new Set([chain, ...[...seen, ...beside].flatMap(({ ids }) => ids)]);
  };
  return {
    ids: [...new Set([...kept.flatMap(({ ids }) => ids), ...outside])],
    known: (chain, party, now, since = now) =>
      seenBy(chain, party, readsOf(agreements, chain, party, now, since)),
    own: (chain, party) => seenBy(chain, party, new Set()),
  };
}

type Reads = ReadonlySet<string>;

/** 'scope owner' of each agreement that is live now, or was at some moment since. */
function readsOf(
  agreements: readonly Kept[],
  chain: string,
  party: string,
  now: string,
  since: string,
): Reads {
  const [at, from] = [new Date(now), new Date(since)];
  const live = agreements.filter(
    ({ row }) =>
      row.chain_id === chain &&
      row.reader_id === party &&
      (row.revoked_at === null || (from < at && new Date(String(row.revoked_at)) >= from)) &&
      new Date(String(row.valid_from)) <= at &&
      (row.valid_until === null || new Date(String(row.valid_until)) > from),
  );
  return new Set(live.map(({ row }) => `${row.scope} ${row.owner_id}`));
}

function sees(table: string, row: Row, party: string, reads: Reads): boolean {
  const { everyone, parties = [], shared, also } = sights[table] as Sight;
  if (everyone || also?.(row, party)) return true;
  if (parties.some((column) => [row[column]].flat().includes(party))) return true;
  const [scope, ...owners] = shared ?? ['none'];
  return owners.some((column) => reads.has(`${scope} ${row[column]}`));
}
