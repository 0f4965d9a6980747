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
import {
  asked,
  type Filled,
  type Filling,
  inFolder,
  inTemporaryFolder,
  onStore,
} from './filled-store.ts';

const EVENTS = 10_000_000;
const FIRST_EVENTS = 100_000;
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
  const small = await inTemporaryFolder((folder) =>
    onStore(folder, fillingOf(FIRST_EVENTS), captured),
  );
  await inFolder((folder) =>
    onStore(folder, fillingOf(events), async (one) => {
      const value = await captured(one);
      report({ name: 'goods_store.captured', value, unit: 'events/s', floor: small });
      await queries(one, events);
      await traceLots(one);
    }),
  );
}

/** The events' columns, by their number; see `Filling`, and $5 are the steps. */
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

const fillingOf = (rows: number): Filling => ({
  ...{ rows, statements, more: [steps] },
  tables: 'event, event_item',
});

const callersOf = ({ base, key }: Filled) => Array.from({ length: 4 }, () => caller(base, key));

/** @returns events a second, of documents of 500 events with 5 EPCs each */
async function captured(filled: Filled): Promise<number> {
  const callers = callersOf(filled);
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
async function queries({ base, key }: Filled, events: number): Promise<void> {
  const ask = caller(base, key);
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
async function traceLots({ base, key }: Filled): Promise<void> {
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
  await caller(base, key)('POST', '/epcis/capture', documentOf(events));
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
