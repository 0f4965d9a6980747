import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { openEmbedded } from '../src/kernel/db/embedded.ts';
import type { Store } from '../src/kernel/index.ts';
import { makeChain, withPlatform } from './chain.ts';
import { openClient } from './client.ts';
import {
  type Ask,
  caller,
  documentOf,
  EVENTS_OF_DOCUMENT,
  gtin,
  inTurns,
  site,
  steps,
  streamDocument,
} from './epcis-stream.ts';
import { percentile, report } from './figure.ts';
import { startServer, temporaryFolder } from './server.ts';

const EVENTS = 10_000_000;
const FIRST_EVENTS = 100_000;
const FILL_BATCH = 500_000;
const DOCUMENTS = 60;
const SECONDS_BETWEEN = 6;
const EVENTS_OF_LOT = 50;
const began = Date.UTC(2024, 0, 1);
/** A lot, made into so many, each of them into so many: 10,101 nodes. */
const [FIRST_LOTS, LOTS_OF_LOT] = [100, 100];

/**
 * What ten million stored events cost: capture beside that of a small store, a page of what is
 * asked for, and a trace of 10,101 lots, all by HTTP. The events are filled into the tables as
 * capture writes them, each with a thing seen four times and a lot seen fifty times.
 * `--folder` keeps the store, and uses it again: filling takes longer than all else.
 */
export async function benchGoodsStore(): Promise<void> {
  const events = Number(asked('--events') ?? EVENTS);
  const kept = asked('--folder');
  const small = await inTemporaryFolder((folder) => onStore(folder, FIRST_EVENTS, captured));
  const measure = async (one: Filled) => {
    const value = await captured(one);
    report({ name: 'goods_store.captured', value, unit: 'events/s', floor: small });
    await queries(one, events);
    await traceLots(one);
  };
  if (kept === null) await inTemporaryFolder((folder) => onStore(folder, events, measure));
  else await onStore(kept, events, measure);
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, remove } = temporaryFolder();
  try {
    return await work(folder);
  } finally {
    remove();
  }
}

function asked(option: string): string | null {
  const at = process.argv.indexOf(option);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

type Owner = { chain: string; party: string; key: string };
type Filled = { base: string; key: string; callers: readonly Ask[] };

/** Starts the server on a store of so many events, which is filled where it is new. */
async function onStore<T>(
  folder: string,
  events: number,
  work: (filled: Filled) => Promise<T>,
): Promise<T> {
  const note = join(folder, 'bench-owner.json');
  const owner: Owner = existsSync(note)
    ? JSON.parse(readFileSync(note, 'utf8'))
    : await withPlatform(folder, makeOwner);
  const server = await startServer(folder, ['--empty', '--api-only']);
  const database = await openEmbedded(folder);
  try {
    if (!existsSync(note)) await fill(database.owner, owner, events);
    writeFileSync(note, JSON.stringify(owner));
    const callers = Array.from({ length: 4 }, () => caller(server.base, owner.key));
    return await work({ base: server.base, key: owner.key, callers });
  } finally {
    await database.close({ leave: true });
    await server.stop();
  }
}

async function makeOwner(store: Store): Promise<Owner> {
  const { chain_id, pairs } = await makeChain(store, 1);
  const [pair] = pairs;
  if (!pair) throw new Error('The bench chain has no pair.');
  return { chain: chain_id, party: pair.seller_id, key: pair.seller_key };
}

/** $1 chain, $2 party, from $3 on, below $4: the events' columns, by their number. */
const filled = `
  select n, at, id, 'urn:uuid:' || id as uri, '${site}/254/dock-' || n % 40 as place,
    'https://ref.gs1.org/cbv/BizStep-' || ($5::text[])[1 + n % ${steps.length}] as step,
    'https://id.gs1.org/01/${gtin}/21/F' || n / 4 as thing,
    'https://id.gs1.org/01/${gtin}/10/L' || n / ${EVENTS_OF_LOT} as lot
  from generate_series($3::int, $4::int - 1) n,
    lateral (select to_timestamp(${began / 1000} + n * ${SECONDS_BETWEEN}.0) as at) t,
    lateral (select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '70008000' || lpad(to_hex(n), 12, '0'))::uuid as id) i`;

const statements = [
  `insert into event_name (chain_id, event_uri, capturer_id)
    select $1::uuid, uri, $2::uuid from (${filled}) f`,
  `insert into event (chain_id, id, capturer_id, parties, event_time, recorded_at, type, biz_step,
      disposition, body, event_uri, event_hash, action, read_point, biz_location, body_bytes)
    select $1::uuid, id, $2::uuid, array[$2::uuid], at, at, 'ObjectEvent', step,
      'https://ref.gs1.org/cbv/Disp-in_progress', body, uri, 'ni:///sha-256;' || md5(uri),
      'OBSERVE', place, place, octet_length(body::text)
    from (${filled}) f, lateral (select jsonb_build_object('type', 'ObjectEvent', 'eventTime', at,
      'eventTimeZoneOffset', '+08:00', 'eventID', uri, 'action', 'OBSERVE', 'bizStep', step,
      'disposition', 'in_progress', 'epcList', jsonb_build_array(thing), 'quantityList',
      jsonb_build_array(jsonb_build_object('epcClass', lot, 'quantity', '12', 'uom', 'KGM')),
      'readPoint', jsonb_build_object('id', place),
      'bizLocation', jsonb_build_object('id', place)) as body) b`,
  `insert into event_item (chain_id, item, event_time, event_id, place, role, by_class, quantity,
      uom, capturer_id, parties)
    select $1::uuid, item, at, id, number, 'epc', number = 1, case number when 1 then 12 end,
      case number when 1 then 'KGM' end, $2::uuid, array[$2::uuid]
    from (${filled}) f, lateral (values (thing, 0), (lot, 1)) m (item, number)`,
];

async function fill(owner: pg.Pool, { chain, party }: Owner, events: number): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('set synchronous_commit = off');
    for (let at = 0; at < events; at += FILL_BATCH) {
      const to = Math.min(events, at + FILL_BATCH);
      for (const text of statements) await client.query(text, [chain, party, at, to, steps]);
      process.stderr.write(`${to.toLocaleString('en')} events\n`);
    }
    await client.query('vacuum analyze event, event_item, event_name');
    await client.query('checkpoint');
  } finally {
    client.release();
  }
}

/** @returns events a second, of documents of 500 events with 5 EPCs each */
async function captured({ callers }: Filled): Promise<number> {
  // Things of this run's own: what a kept store has seen before would only be known again.
  const stream = `${Date.now().toString(36)}-`;
  const body = (n: number) => streamDocument(n * EVENTS_OF_DOCUMENT, stream);
  const bodies = Array.from({ length: DOCUMENTS + 8 }, (_, n) => body(n));
  const send = (ask: Ask, n: number) => ask('POST', '/epcis/capture', bodies[n]);
  await inTurns(callers, 8, send);
  const { seconds } = await inTurns(callers, DOCUMENTS, (ask, n) => send(ask, n + 8));
  return (DOCUMENTS * EVENTS_OF_DOCUMENT) / seconds;
}

/** Each question begins somewhere else in the store. */
async function queries({ callers: [ask] }: Filled, events: number): Promise<void> {
  if (!ask) return;
  const somewhere = (n: number) => Math.floor((events - 1) * ((n * 0.618) % 1));
  const since = (n: number) =>
    new Date(began + somewhere(n) * SECONDS_BETWEEN * 1_000).toISOString();
  const item = (text: string) => encodeURIComponent(`https://id.gs1.org/01/${gtin}/${text}`);
  const asked: Record<string, (n: number) => string> = {
    epc: (n) => `MATCH_epc=${item(`21/F${Math.floor(somewhere(n) / 4)}`)}`,
    lot: (n) => `MATCH_epcClass=${item(`10/L${Math.floor(somewhere(n) / EVENTS_OF_LOT)}`)}`,
    step_and_time: (n) => {
      const hour = new Date(Date.parse(since(n)) + 3_600_000).toISOString();
      return `EQ_bizStep=${steps[n % steps.length]}&GE_eventTime=${since(n)}&LT_eventTime=${hour}`;
    },
    step_since: (n) => `EQ_bizStep=${steps[n % steps.length]}&GE_eventTime=${since(n)}`,
  };
  for (const [name, query] of Object.entries(asked)) {
    const latencies: number[] = [];
    for (let n = 0; n < 520; n++) {
      const took = await ask('GET', `/epcis/events?${query(n)}&perPage=30`);
      if (n >= 20) latencies.push(took);
    }
    report({ name: `goods_store.${name}_p95`, value: percentile(latencies, 95), unit: 'ms' });
  }
}

/** One lot goes into a hundred, and each of them into a hundred more. */
async function traceLots({ base, key, callers: [ask] }: Filled): Promise<void> {
  const lot = (name: string) => `https://id.gs1.org/01/${gtin}/10/${name}`;
  const of = (name: string, quantity: number) => ({
    epcClass: lot(name),
    quantity,
    uom: 'KGM',
  });
  const made = (hour: string, from: string, into: readonly string[]) => ({
    type: 'TransformationEvent',
    eventTime: `2026-03-02T${hour}:00:00Z`,
    eventTimeZoneOffset: '+08:00',
    bizStep: 'commissioning',
    inputQuantityList: [of(from, into.length)],
    outputQuantityList: into.map((name) => of(name, 1)),
  });
  const numbered = (name: string, many: number) =>
    Array.from({ length: many }, (_, n) => `${name}-${n}`);
  const first = numbered('T', FIRST_LOTS);
  const events = [made('01', 'T', first)];
  for (const name of first) events.push(made('02', name, numbered(name, LOTS_OF_LOT)));
  await ask?.('POST', '/epcis/capture', documentOf(events));
  const latencies: number[] = [];
  const client = openClient(base, key, latencies);
  const question = { direction: 'forward', items: [{ item: lot('T') }], nodes: 20_000 };
  let nodes = 0;
  for (let n = 0; n < 12; n++) {
    nodes = (await client.post<{ nodes: unknown[] }>('/api/v1/trace', question)).nodes.length;
  }
  report({ name: 'goods_store.trace_nodes', value: nodes, unit: 'nodes' });
  report({ name: 'goods_store.trace_p50', value: percentile(latencies.slice(2), 50), unit: 'ms' });
}
