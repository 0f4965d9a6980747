import { openEmbedded } from '../src/kernel/db/embedded.ts';
import type { Database } from '../src/kernel/db/place.ts';
import { type BenchChain, makeChain, withPlatform } from './chain.ts';
import { openClient } from './client.ts';
import { percentile, report } from './figure.ts';
import { startServer, temporaryFolder } from './server.ts';

const orders = 1_000_000;
const sellers = 24;

/** A million orders of the chain, over its sellers, straight into the table: reading counts. */
async function fill(database: Database, chain: BenchChain): Promise<void> {
  await database.owner.query(
    `insert into purchase_order (chain_id, id, number, buyer_id, seller_id, agreement_id, currency,
       state, version, placed_at, changed_at, requested_on, due_on, deliver_to, place_id, note,
       line_count, net_minor, tax_minor, total_minor)
     select $1, (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid, 'B-' || n, $2,
       ($3::uuid[])[1 + n % ${sellers}], null, 'CNY',
       (array['closed','closed','closed','delivered','confirmed','placed'])[1 + n % 6], 3,
       now() - (${orders} - n) * interval '10 seconds', now(), current_date, null, null, null, null,
       3, 780000, 70200, 850200
     from generate_series(1, ${orders}) n`,
    [chain.chain_id, chain.buyer_id, chain.pairs.map((pair) => pair.seller_id)],
  );
  await database.owner.query('analyze purchase_order');
}

/** The order list of one dealer-sized party in a chain with a million orders. */
export async function benchOrderList(): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    const chain = await withPlatform(folder, (store) => makeChain(store, sellers));
    const server = await startServer(folder, ['--empty', '--api-only']);
    const database = await openEmbedded(folder);
    try {
      await fill(database, chain);
      const latencies: number[] = [];
      const pair = chain.pairs[3];
      if (!pair) throw new Error('The bench chain has no fourth pair.');
      const seller = openClient(server.base, pair.seller_key, latencies);
      const paths = ['?limit=50', '?limit=50&side=selling', '?limit=50&side=selling&state=placed'];
      for (let n = 0; n < 50; n++) await seller.get(`/api/v1/orders${paths[n % 3]}`);
      latencies.length = 0;
      let after = '';
      for (let n = 0; n < 600; n++) {
        const query = `${paths[n % 3]}${after ? `&after=${after}` : ''}`;
        const { next } = await seller.get<{ next: string | null }>(`/api/v1/orders${query}`);
        after = n % 20 === 19 ? '' : (next ?? '');
      }
      report({ name: 'trade.order_list_p50', value: percentile(latencies, 50), unit: 'ms' });
      report({ name: 'trade.order_list_p95', value: percentile(latencies, 95), unit: 'ms' });
    } finally {
      await database.close({ leave: true });
      await server.stop();
    }
  } finally {
    remove();
  }
}
