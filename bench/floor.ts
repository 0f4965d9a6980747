import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { typeParsers } from '../src/kernel/db/driver.ts';
import type { Database } from '../src/kernel/db/place.ts';

type Row = Record<string, unknown>;
type Write = { table: string; rows: Row[] };

/**
 * What each of the seven commands of one finished order wrote, table by table. Updates are counted
 * as the rows that they touched, and written again as updates.
 */
type Template = { writes: Write[]; updates: { table: string; rows: Row[] }[] }[];

/** Which command first writes a row of which table; a fact and a stored answer come with each. */
const plan: { inserts: string[]; updates: string[]; accounts?: string[] }[] = [
  { inserts: ['purchase_order', 'order_line'], updates: [] },
  { inserts: [], updates: ['purchase_order', 'order_line'] },
  {
    inserts: ['despatch', 'despatch_line', 'event', 'event_item'],
    updates: ['purchase_order', 'order_line', 'counter'],
  },
  {
    inserts: ['receipt', 'receipt_line', 'event', 'event_item'],
    updates: ['purchase_order', 'order_line', 'despatch', 'despatch_line', 'counter'],
  },
  {
    inserts: ['invoice', 'invoice_line', 'receivable', 'entry', 'entry_line', 'fact'],
    updates: ['purchase_order', 'order_line', 'account_balance', 'counter'],
    accounts: ['1122', '6001', '2221.02', '1405', '2221.01', '2202'],
  },
  { inserts: ['payment'], updates: [] },
  {
    inserts: ['payment_allocation', 'entry', 'entry_line'],
    updates: ['payment', 'receivable', 'account_balance'],
    accounts: ['1002', '1122', '2202'],
  },
];

async function rowsOf(pool: pg.Pool, chain: string, order: string): Promise<Map<string, Row[]>> {
  const all = new Map<string, Row[]>();
  const read = async (table: string, where: string, values: unknown[]) => {
    const text = `select * from ${table} where chain_id = $1 and ${where}`;
    all.set(table, (await pool.query(text, [chain, ...values])).rows);
  };
  await read('purchase_order', 'id = $2', [order]);
  for (const table of ['order_line', 'despatch', 'despatch_line', 'receipt', 'receipt_line']) {
    await read(table, 'order_id = $2', [order]);
  }
  await read('invoice', 'order_id = $2', [order]);
  const invoice = all.get('invoice')?.[0]?.id;
  await read('invoice_line', 'invoice_id = $2', [invoice]);
  await read('receivable', 'id = $2', [invoice]);
  await read('payment_allocation', 'receivable_id = $2', [invoice]);
  const payment = all.get('payment_allocation')?.[0]?.payment_id;
  await read('payment', 'id = $2', [payment]);
  await read('entry', 'subject_id in ($2, $3)', [invoice, payment]);
  const entries = (all.get('entry') ?? []).map((row) => row.id);
  await read('entry_line', 'entry_id = any($2)', [entries]);
  await read('fact', 'subject_id in ($2, $3, $4)', [order, invoice, payment]);
  const owner = all.get('purchase_order')?.[0]?.seller_id;
  await read('event', '$2::uuid = any(parties)', [owner]);
  all.set('event', (all.get('event') ?? []).slice(0, 2));
  const events = (all.get('event') ?? []).map((row) => row.id);
  await read('event_item', 'event_id = any($2)', [events]);
  await read('account_balance', '(owner_id = $2 or counterparty_id = $2)', [owner]);
  await read('counter', 'owner_id = $2 and value > 0', [owner]);
  all.set('counter', (all.get('counter') ?? []).slice(0, 1));
  await read('idempotency_key', `key <> ''`, []);
  all.set('idempotency_key', (all.get('idempotency_key') ?? []).slice(0, 1));
  return all;
}

/** Facts in the order of the commands that wrote them, one (or two) for each command. */
function templateOf(rows: Map<string, Row[]>): Template {
  const facts = [...(rows.get('fact') ?? [])].sort((a, b) =>
    String(a.id) < String(b.id) ? -1 : 1,
  );
  const perCommand = Math.ceil(facts.length / plan.length);
  const seen = new Set<string>();
  return plan.map(({ inserts, updates, accounts }, step) => {
    const writes: Write[] = [];
    for (const table of inserts) {
      if (table === 'fact') continue;
      const all = rows.get(table) ?? [];
      // The entries of the invoice and of the payment, and the two events, are one half each.
      const halved = ['entry', 'entry_line', 'event', 'event_item'].includes(table);
      const half = Math.ceil(all.length / 2);
      const part = !halved ? all : seen.has(table) ? all.slice(half) : all.slice(0, half);
      seen.add(table);
      writes.push({ table, rows: part });
    }
    writes.push({ table: 'fact', rows: facts.slice(step * perCommand, (step + 1) * perCommand) });
    writes.push({ table: 'idempotency_key', rows: rows.get('idempotency_key') ?? [] });
    return {
      writes: writes.filter((write) => write.rows.length > 0),
      updates: updates.map((table) => ({
        table,
        rows: (rows.get(table) ?? []).filter(
          (row) => table !== 'account_balance' || accounts?.includes(String(row.account_code)),
        ),
      })),
    };
  });
}

function freshId(): string {
  const hex = randomBytes(16).toString('hex');
  const cuts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...cuts, hex.slice(20)].join('-');
}

const keyColumns: Record<string, string[]> = {
  purchase_order: ['id'],
  order_line: ['order_id', 'line_no'],
  despatch: ['id'],
  despatch_line: ['despatch_id', 'line_no'],
  payment: ['id'],
  receivable: ['id'],
  account_balance: ['owner_id', 'account_code', 'counterparty_id', 'currency'],
  counter: ['owner_id', 'series'],
};

const touched: Record<string, string> = {
  purchase_order: 'changed_at',
  order_line: 'despatched',
  despatch: 'received_at',
  despatch_line: 'accepted',
  payment: 'allocated_minor',
  receivable: 'paid_minor',
  account_balance: 'debit_minor',
  counter: 'value',
};

const wire = (value: unknown) =>
  value !== null &&
  typeof value === 'object' &&
  !(value instanceof Uint8Array) &&
  !Array.isArray(value)
    ? JSON.stringify(value)
    : value;

/** Array columns of the database stay arrays; arrays of objects are jsonb. */
const encoded = (value: unknown) =>
  Array.isArray(value) && typeof value[0] === 'object' ? JSON.stringify(value) : wire(value);

async function insert(client: pg.PoolClient, { table, rows }: Write): Promise<void> {
  const columns = Object.keys(rows[0] as Row);
  const places = rows.map(
    (_, r) => `(${columns.map((_, c) => `$${r * columns.length + c + 1}`).join(',')})`,
  );
  await client.query({
    name: `floor_${table}_${rows.length}`,
    text: `insert into ${table} (${columns.join(',')}) values ${places.join(',')}`,
    values: rows.flatMap((row) => columns.map((column) => encoded(row[column]))),
  });
}

/** All touched rows of a table in one statement, found by their keys. */
async function update(client: pg.PoolClient, table: string, rows: Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const keys = keyColumns[table] ?? [];
  const column = touched[table] ?? '';
  const places = rows.map(
    (_, r) => `(${keys.map((_, k) => `$${2 + r * keys.length + k}`).join(',')})`,
  );
  await client.query({
    name: `floor_update_${table}_${rows.length}`,
    text: `update ${table} set ${column} = ${column}
      where chain_id = $1 and (${keys.join(',')}) in (${places.join(',')})`,
    values: [first.chain_id, ...rows.flatMap((row) => keys.map((key) => row[key]))],
  });
}

/** The template's rows as another order: fresh ids wherever the old ones stood, fresh numbers. */
function renamed(template: Template, fixed: ReadonlySet<string>): Template {
  const ids = new Map<string, string>();
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const suffix = randomBytes(6).toString('hex');
  const rename = (text: string) =>
    text.replace(uuid, (id) => {
      if (fixed.has(id)) return id;
      const known = ids.get(id) ?? freshId();
      ids.set(id, known);
      return known;
    });
  const value = (column: string, old: unknown): unknown => {
    if (column === 'number') return `${String(old).slice(0, 20)}-${suffix}`;
    if (column === 'key') return freshId();
    if (typeof old === 'string') return rename(old);
    if (Array.isArray(old) && typeof old[0] === 'string') return old.map((one) => rename(one));
    return old;
  };
  const rows = (list: Row[]) =>
    list.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, old]) => [column, value(column, old)])),
    );
  return template.map((step) => ({
    writes: step.writes.map(({ table, rows: list }) => ({ table, rows: rows(list) })),
    updates: step.updates.map(({ table, rows: list }) => ({ table, rows: rows(list) })),
  }));
}

async function runClient(pool: pg.Pool, chain: string, order: string) {
  const found = await rowsOf(pool, chain, order);
  const template = templateOf(found);
  const [row] = found.get('purchase_order') ?? [];
  if (!row) throw new Error('The floor has no order to copy.');
  const products = (found.get('order_line') ?? []).map((line) => String(line.product_id));
  const kept = [chain, row.buyer_id, row.seller_id, row.agreement_id, ...products];
  const fixed = new Set(kept.map(String));
  const client = await pool.connect();
  return {
    async until(end: number): Promise<number> {
      let cycles = 0;
      while (performance.now() < end) {
        for (const { writes, updates } of renamed(template, fixed)) {
          await client.query('begin');
          for (const write of writes) await insert(client, write);
          for (const { table, rows } of updates) await update(client, table, rows);
          await client.query('commit');
        }
        cycles++;
      }
      return cycles;
    },
    release: () => client.release(),
  };
}

/**
 * Orders a second that bare prepared statements reach when they write what one finished order of
 * each client's pair wrote, in as many transactions, with as many connections. The owner writes: no
 * row-level security, no checks, no reads.
 */
export async function floorCycles(
  database: Database,
  chain: string,
  orders: readonly string[],
  seconds: number,
): Promise<number> {
  const options = database.owner.options as pg.PoolConfig;
  // pg keeps a pool's password out of what a spread copies.
  const { password } = options;
  const pool = new pg.Pool({ ...options, password, max: orders.length + 1, types: typeParsers });
  const clients = await Promise.all(orders.map((order) => runClient(pool, chain, order)));
  try {
    const run = (end: number) => Promise.all(clients.map((client) => client.until(end)));
    await run(performance.now() + 1_500);
    const began = performance.now();
    const counts = await run(began + seconds * 1_000);
    return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - began) / 1_000);
  } finally {
    for (const client of clients) client.release();
    await pool.end();
  }
}
