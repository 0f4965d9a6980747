import type pg from 'pg';
import { completeUscc } from '../../src/kernel/index.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { isDone, type Journey, type Load, orderOf, travel } from './journeys.ts';
import type { RealServer } from './real-server.ts';

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function post<T>(url: string, key: string, body: object): Promise<T> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (reply.status !== 201) throw new Error(`${url}: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as T;
}

/** A chain of two with something to sell, made by the command line beside the running server. */
async function settleIn(server: RealServer, url: string): Promise<Load> {
  await server.jingwei('chains', 'create', '--slug', 'crash', '--name', '试链');
  const member = async (digits: string, role: string) => {
    const code = completeUscc(`91410300${digits}`);
    const at = ['--chain', 'crash'];
    const made = await server.jingwei(
      ...['parties', 'create', ...at, '--code', code, '--name', role, '--role', role, '--json'],
    );
    const key = await server.jingwei('keys', 'create', ...at, '--party', code);
    return { id: (JSON.parse(made) as { id: string }).id, key };
  };
  const maker = await member('00000001', 'core');
  const dealer = await member('00000002', 'dealer');
  const place = await post<{ id: string }>(`${url}/api/v1/places`, maker.key, {
    name_zh: '一号库',
    kind: 'cold_store',
  });
  const product = await post<{ id: string }>(`${url}/api/v1/products`, maker.key, {
    code: 'DUMPLING',
    name_zh: '水饺',
    unit: 'KGM',
  });
  await post(`${url}/api/v1/stock/counts`, maker.key, {
    place_id: place.id,
    reason: '期初',
    lines: [
      { product_id: product.id, product_name: '水饺', lot: 'L', unit: 'KGM', counted: '1000000' },
    ],
  });
  return {
    url,
    keys: { maker: maker.key, dealer: dealer.key },
    ids: { maker: maker.id, dealer: dealer.id, place: place.id, product: product.id },
  };
}

/**
 * Clients at work at a server, each with one order after the other under keys of its own, so that
 * whatever broke under them can be gone on with and counted.
 */
export async function openRush(server: RealServer, clients: number, url = server.url) {
  const load = await settleIn(server, url);
  const journeys: Journey[] = [];

  return {
    load,
    journeys,
    /** How many commands have been answered with success. */
    acknowledged: () => journeys.reduce((sum, one) => sum + one.acknowledged.length, 0),

    /** Works until `breaks` is over; a client whose request failed stands still until `goOn`. */
    async work(round: string, breaks: () => Promise<void>): Promise<void> {
      let goes = true;
      const working = Array.from({ length: clients }, async (_, client) => {
        for (let at = 0; goes; at++) {
          const journey = { number: `${round}-${client}-${at}`, acknowledged: [] };
          journeys.push(journey);
          if (!(await travel(journey, load, () => goes))) return;
        }
      });
      await breaks();
      goes = false;
      await Promise.all(working);
    },

    /** All that stand still go on under their old keys. @returns those that did not end */
    async goOn(): Promise<Journey[]> {
      for (let tries = 0; tries < 40; tries++) {
        const waiting = journeys.filter((one) => !isDone(one));
        const ended = await Promise.all(waiting.map((one) => travel(one, load, () => true)));
        if (ended.every(Boolean)) return [];
        await pause(500);
      }
      return journeys.filter((one) => !isDone(one));
    },

    /** What the database holds against what was answered: lost, half or twice done. */
    async broken(owner: pg.Pool): Promise<string[]> {
      const { rows } = await owner.query(
        `select o.number, o.id::text, o.state,
            (select count(*)::int from despatch d where d.chain_id = o.chain_id
              and d.order_id = o.id) as despatches,
            (select count(*)::int from invoice i where i.chain_id = o.chain_id
              and i.order_id = o.id) as invoices
           from purchase_order o`,
      );
      const shown = (row: object) => JSON.stringify(row);
      const kept = new Set(rows.map(shown));
      const expected = journeys.map((one) =>
        shown({
          number: one.number,
          id: orderOf(one),
          state: 'delivering',
          despatches: 1,
          invoices: 1,
        }),
      );
      const answered = new Set(expected);
      return [
        ...expected.filter((row) => !kept.has(row)).map((row) => `not kept: ${row}`),
        ...[...kept].filter((row) => !answered.has(row)).map((row) => `nobody asked: ${row}`),
        ...(await unsound(owner)).map((one) => `unsound: ${JSON.stringify(one)}`),
      ];
    },
  };
}

export type Rush = Awaited<ReturnType<typeof openRush>>;
