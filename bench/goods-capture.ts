import { Agent, request } from 'node:http';
import type pg from 'pg';
import { openEmbedded } from '../src/kernel/db/embedded.ts';
import { makeChain, withPlatform } from './chain.ts';
import { percentile, report } from './figure.ts';
import { startServer, temporaryFolder } from './server.ts';

const EVENTS_OF_DOCUMENT = 500;
const EPCS_OF_EVENT = 5;
/** 50,000 events by documents, and 4,000 one by one. */
const DOCUMENTS = 100;
const SINGLES = 4_000;
const CLIENTS = 16;

const gtin = '06901234000016';
const site = 'https://id.gs1.org/414/6901234000009';
const steps = ['commissioning', 'packing', 'loading', 'shipping', 'unloading', 'receiving'];

/** One event of a stream in which every thing is seen some times, at some places. */
function eventOf(n: number): object {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const place = { id: `${site}/254/dock-${n % 40}` };
  return {
    type: 'ObjectEvent',
    eventTime: at,
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep: steps[n % steps.length],
    disposition: 'in_progress',
    epcList: Array.from({ length: EPCS_OF_EVENT }, (_, k) => {
      return `https://id.gs1.org/01/${gtin}/21/${Math.floor(n / 4) * EPCS_OF_EVENT + k}`;
    }),
    readPoint: place,
    bizLocation: place,
  };
}

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

const documentOf = (from: number): string =>
  JSON.stringify({
    '@context': [context],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: {
      eventList: Array.from({ length: EVENTS_OF_DOCUMENT }, (_, n) => eventOf(from + n)),
    },
  });

type Ask = (method: string, path: string, body?: string) => Promise<number>;

/** A caller on one kept connection. @returns how long each answer took, in ms */
function caller(base: string, key: string): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(base);
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const headers: Record<string, string | number> = { authorization: `Bearer ${key}` };
      if (body !== undefined) {
        headers['content-type'] = 'application/json';
        headers['content-length'] = Buffer.byteLength(body);
      }
      const asked = request({ agent, hostname, port, method, path, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => {
          if ((answer.statusCode ?? 0) < 300) resolve(performance.now() - began);
          else reject(new Error(`${method} ${path}: ${answer.statusCode}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
}

/** Runs `count` jobs over some callers. @returns events a second are counted by the caller */
async function inTurns(
  callers: readonly Ask[],
  count: number,
  job: (ask: Ask, n: number) => Promise<number>,
): Promise<{ seconds: number; latencies: number[] }> {
  let next = 0;
  const latencies: number[] = [];
  const began = performance.now();
  await Promise.all(
    callers.map(async (ask) => {
      for (let n = next++; n < count; n = next++) latencies.push(await job(ask, n));
    }),
  );
  return { seconds: (performance.now() - began) / 1_000, latencies };
}

/** The same rows once more under other ids, copied into tables of the same form and indexes. */
async function floorOf(owner: pg.Pool, events: number): Promise<number> {
  await owner.query('create table floor_event (like event including all)');
  await owner.query('create table floor_item (like event_item including all)');
  const began = performance.now();
  await owner.query(`insert into floor_event select * from event order by id limit ${events}`);
  await owner.query(
    `insert into floor_item select i.* from event_item i
      where event_id in (select id from floor_event)`,
  );
  const seconds = (performance.now() - began) / 1_000;
  await owner.query('drop table floor_event, floor_item');
  return events / seconds;
}

async function queries(ask: Ask): Promise<void> {
  const epc = (n: number) => encodeURIComponent(`https://id.gs1.org/01/${gtin}/21/${n * 7}`);
  const asked = {
    epc: (n: number) => `MATCH_epc=${epc(n)}`,
    step_and_time: (n: number) =>
      `EQ_bizStep=${steps[n % steps.length]}&GE_eventTime=2026-01-0${1 + (n % 9)}T00:00:00Z`,
    place: (n: number) => `EQ_bizLocation=${encodeURIComponent(`${site}/254/dock-${n % 40}`)}`,
  };
  for (const [name, query] of Object.entries(asked)) {
    const latencies: number[] = [];
    for (let n = 0; n < 220; n++) {
      const took = await ask('GET', `/epcis/events?${query(n)}&perPage=30`);
      if (n >= 20) latencies.push(took);
    }
    report({ name: `goods.query_${name}_p95`, value: percentile(latencies, 95), unit: 'ms' });
  }
}

/** Capture by HTTP into the embedded database, fsync on, with every index and the wall. */
export async function benchGoodsCapture(): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    const chain = await withPlatform(folder, (store) => makeChain(store, 1));
    const server = await startServer(folder, ['--empty', '--api-only']);
    const database = await openEmbedded(folder);
    const key = chain.pairs[0]?.seller_key ?? '';
    try {
      const four = Array.from({ length: 4 }, () => caller(server.base, key));
      const bodies = Array.from({ length: DOCUMENTS + 8 }, (_, n) =>
        documentOf(n * EVENTS_OF_DOCUMENT),
      );
      const send = (ask: Ask, n: number) => ask('POST', '/epcis/capture', bodies[n]);
      await inTurns(four, 8, send);
      const all = await inTurns(four, DOCUMENTS, (ask, n) => send(ask, n + 8));
      const events = DOCUMENTS * EVENTS_OF_DOCUMENT;
      const floor = await floorOf(database.owner, events);
      report({ name: 'goods.captured', value: events / all.seconds, unit: 'events/s', floor });
      const many = Array.from({ length: CLIENTS }, () => caller(server.base, key));
      const first = (DOCUMENTS + 8) * EVENTS_OF_DOCUMENT;
      const single = (ask: Ask, n: number) =>
        ask(
          'POST',
          '/epcis/events',
          JSON.stringify({ '@context': [context], ...eventOf(first + n) }),
        );
      await inTurns(many, 400, single);
      const ones = await inTurns(many, SINGLES, (ask, n) => single(ask, n + 400));
      report({ name: 'goods.single_events', value: SINGLES / ones.seconds, unit: 'events/s' });
      const p99 = percentile(ones.latencies, 99);
      report({ name: 'goods.single_event_p99', value: p99, unit: 'ms' });
      await database.owner.query('analyze event, event_item');
      const [ask] = four;
      if (ask) await queries(ask);
    } finally {
      await database.close({ leave: true });
      await server.stop();
    }
  } finally {
    remove();
  }
}
