import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../src/kernel/db/embedded.ts';
import type { Database } from '../src/kernel/db/place.ts';
import { firstIdAt } from '../src/kernel/ids.ts';
import { readSealKey, type Store, sealAll } from '../src/kernel/index.ts';
import { type BenchChain, makeChain, withPlatform } from './chain.ts';
import { openClient } from './client.ts';
import { percentile, report } from './figure.ts';
import { tradeOnce } from './order-to-paid.ts';
import { startServer, temporaryFolder } from './server.ts';

const clients = 8;
const rounds = 4;
const roundSeconds = 5;
const facts = 100_000;

async function tell(server: ChildProcess, wanted: 'seal' | 'rest' | 'stop'): Promise<void> {
  server.send(wanted);
  await once(server, 'message');
}

/** Orders to paid in some seconds, all clients at once. */
async function drive(base: string, chain: BenchChain, mark: string, seconds: number) {
  const began = performance.now();
  let orders = 0;
  await Promise.all(
    chain.pairs.map(async (pair, i) => {
      const trade = await tradeOnce(base, chain, pair, []);
      for (let n = 0; performance.now() - began < seconds * 1_000; n++) {
        await trade(`${mark}-${i}-${n}`);
        orders++;
      }
    }),
  );
  return orders / ((performance.now() - began) / 1_000);
}

/** Trade with sealing against trade without, turn by turn on one server. */
async function benchTrade(): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    const chain = await withPlatform(folder, (store) => makeChain(store, clients));
    const script = fileURLToPath(new URL('./sealing-server.ts', import.meta.url));
    const server = fork(script, [folder]);
    try {
      const [base] = (await once(server, 'message')) as [string];
      await compareTurns(server, base, chain);
    } finally {
      await tell(server, 'stop');
    }
  } finally {
    remove();
  }
}

async function compareTurns(server: ChildProcess, base: string, chain: BenchChain) {
  await drive(base, chain, 'WARM', roundSeconds);
  const rates = { seal: 0, rest: 0 };
  const turns = ['rest', 'seal'] as const;
  for (let round = 0; round < rounds; round++) {
    // Who begins takes turns, too: the tables grow from one to the next.
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
      await tell(server, turn);
      rates[turn] += await drive(base, chain, `T-${round}-${turn}`, roundSeconds);
    }
  }
  const [value, floor] = [rates.seal / rounds, rates.rest / rounds];
  report({ name: 'seals.trade_beside', value, unit: 'orders/s', floor });
}

/** Facts of the size of an order's, straight into the table. */
async function fill(database: Database, chain: BenchChain): Promise<void> {
  await database.owner.query(
    `insert into fact (chain_id, id, type, subject_id, party_id, parties, occurred_at, recorded_at,
       body)
     select $1, (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid, 'commerce.order.placed',
       $2, $2, array[$2, $3]::uuid[], now(), now(),
       jsonb_build_object('number', n::text, 'note', repeat('x', 1000))
     from generate_series(1, ${facts}) n`,
    [chain.chain_id, chain.buyer_id, chain.pairs[0]?.seller_id],
  );
  await database.owner.query('analyze fact');
}

async function sealThem(folder: string, store: Store): Promise<void> {
  const began = performance.now();
  const sealed = await sealAll(store, readSealKey(folder, null));
  const seconds = (performance.now() - began) / 1_000;
  report({ name: 'seals.rate', value: sealed / seconds, unit: 'facts/s' });
}

/** How fast facts are sealed, and how fast one of many is proved by HTTP. */
async function benchProofs(): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    const chain = await withPlatform(folder, async (store) => {
      const made = await makeChain(store, 1);
      await fill(store.database, made);
      await sealThem(folder, store);
      return made;
    });
    const server = await startServer(folder, ['--empty', '--api-only']);
    const database = await openEmbedded(folder);
    try {
      const latencies: number[] = [];
      const client = openClient(server.base, chain.pairs[0]?.seller_key ?? '', latencies);
      for (let n = 0; n < 600; n++) {
        if (n === 100) latencies.length = 0;
        const at = 1 + ((n * 7_919) % facts);
        const id = firstIdAt(new Date(at));
        await client.get(`/api/v1/facts/${id}/proof`);
      }
      report({ name: 'seals.proof_p50', value: percentile(latencies, 50), unit: 'ms' });
      report({ name: 'seals.proof_p95', value: percentile(latencies, 95), unit: 'ms' });
    } finally {
      await database.close({ leave: true });
      await server.stop();
    }
  } finally {
    remove();
  }
}

export async function benchSealing(): Promise<void> {
  await benchTrade();
  await benchProofs();
}
