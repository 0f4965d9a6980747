import type pg from 'pg';
import { openEmbedded } from '../src/kernel/db/embedded.ts';
import { makeChain, withPlatform } from './chain.ts';
import {
  type Ask,
  caller,
  context,
  EVENTS_OF_DOCUMENT,
  eventOf,
  gtin,
  inTurns,
  site,
  steps,
  streamDocument,
} from './epcis-stream.ts';
import { percentile, report } from './figure.ts';
import { startServer, temporaryFolder } from './server.ts';

/** 50,000 events by documents. */
const DOCUMENTS = 100;
/** One by one: of a server that has just started, and of one that has answered for some seconds. */
const FIRST_SINGLES = 4_000;
const WARMING = 12_000;
const SINGLES = 16_000;
const CLIENTS = 16;

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

/**
 * Single events from the `first` of the stream on. V8 has compiled the way of a request after some
 * ten thousand of them; until then it is slower, which is said apart.
 */
async function oneByOne(clients: readonly Ask[], first: number): Promise<void> {
  let next = first;
  const post = (ask: Ask) => {
    const event = { '@context': [context], ...eventOf(next++) };
    return ask('POST', '/epcis/events', JSON.stringify(event));
  };
  const measured = async (name: string, count: number) => {
    const { seconds, latencies } = await inTurns(clients, count, post);
    report({ name: `goods.${name}`, value: count / seconds, unit: 'events/s' });
    report({ name: `goods.${name}_p99`, value: percentile(latencies, 99), unit: 'ms' });
  };
  await measured('first_single_events', FIRST_SINGLES);
  await inTurns(clients, WARMING, post);
  await measured('single_events', SINGLES);
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
        streamDocument(n * EVENTS_OF_DOCUMENT),
      );
      const send = (ask: Ask, n: number) => ask('POST', '/epcis/capture', bodies[n]);
      await inTurns(four, 8, send);
      const all = await inTurns(four, DOCUMENTS, (ask, n) => send(ask, n + 8));
      const events = DOCUMENTS * EVENTS_OF_DOCUMENT;
      const floor = await floorOf(database.owner, events);
      report({ name: 'goods.captured', value: events / all.seconds, unit: 'events/s', floor });
      const many = Array.from({ length: CLIENTS }, () => caller(server.base, key));
      await oneByOne(many, (DOCUMENTS + 8) * EVENTS_OF_DOCUMENT);
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
