import { openEmbedded } from '../src/kernel/db/embedded.ts';
import { type BenchChain, type BenchPair, makeChain, withPlatform } from './chain.ts';
import { openClient } from './client.ts';
import { percentile, report } from './figure.ts';
import { floorCycles } from './floor.ts';
import { startServer, temporaryFolder } from './server.ts';

const clients = 8;
const seconds = 12;

type Life = { order_id: string };

/** One order from placing to paid: seven commands, as the two firms' systems would send them. */
export async function tradeOnce(
  base: string,
  chain: BenchChain,
  pair: BenchPair,
  latencies: number[],
) {
  const buyer = openClient(base, pair.buyer_key, latencies);
  const seller = openClient(base, pair.seller_key, latencies);
  return async (number: string): Promise<Life> => {
    const today = new Date().toISOString().slice(0, 10);
    const line = { product_id: pair.product_id, unit: 'CT' };
    const order = await buyer.post<{ id: string }>('/api/v1/orders', {
      number,
      seller_id: pair.seller_id,
      requested_on: today,
      lines: [
        { ...line, quantity: '10' },
        { ...line, quantity: '20' },
        { ...line, quantity: '30' },
      ],
    });
    const numbers = [1, 2, 3];
    await seller.post(`/api/v1/orders/${order.id}/responses`, {
      lines: numbers.map((line_no) => ({ line_no, answer: 'accept' })),
    });
    const { despatch } = await seller.post<{ despatch: { id: string } }>('/api/v1/despatches', {
      order_id: order.id,
      expected_on: today,
      lines: numbers.map((n) => ({ order_line_no: n, quantity: String(n * 10), lot: `L${n}` })),
    });
    await buyer.post('/api/v1/receipts', {
      despatch_id: despatch.id,
      lines: numbers.map((n) => ({ despatch_line_no: n, accepted: String(n * 10) })),
    });
    const invoice = await seller.post<{ id: string; total_minor: string }>('/api/v1/invoices', {
      order_id: order.id,
      buyer_id: chain.buyer_id,
      lines: numbers.map((n) => ({ order_line_no: n, quantity: String(n * 10) })),
    });
    const amount_minor = invoice.total_minor;
    const payment = await buyer.post<{ id: string }>('/api/v1/payments', {
      payer_id: chain.buyer_id,
      payee_id: pair.seller_id,
      currency: 'CNY',
      amount_minor,
      paid_on: today,
      remittance: [{ receivable_id: invoice.id, toward: 'principal', amount_minor }],
    });
    await seller.post(`/api/v1/payments/${payment.id}/confirmation`, { allocations: [] });
    return { order_id: order.id };
  };
}

async function driveHttp(base: string, chain: BenchChain) {
  const latencies: number[] = [];
  const trades = await Promise.all(
    chain.pairs.map((pair) => tradeOnce(base, chain, pair, latencies)),
  );
  const first = await Promise.all(trades.map((trade, i) => trade(`FIRST-${i}`)));
  for (let n = 1; n < 20; n++) await Promise.all(trades.map((trade, i) => trade(`WARM-${n}-${i}`)));
  latencies.length = 0;
  const began = performance.now();
  let cycles = 0;
  await Promise.all(
    trades.map(async (trade, i) => {
      for (let n = 0; performance.now() - began < seconds * 1_000; n++) {
        await trade(`T-${i}-${n}`);
        cycles++;
      }
    }),
  );
  const rate = cycles / ((performance.now() - began) / 1_000);
  return { rate, latencies, orders: first.map((life) => life.order_id) };
}

/**
 * Order to paid by HTTP against embedded PostgreSQL, eight clients, beside a floor: the same rows
 * by bare prepared statements in as many transactions on the same server.
 */
export async function benchOrderToPaid(): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    const chain = await withPlatform(folder, (store) => makeChain(store, clients));
    const server = await startServer(folder, ['--empty', '--api-only']);
    const database = await openEmbedded(folder);
    try {
      const { rate, latencies, orders } = await driveHttp(server.base, chain);
      const floor = await floorCycles(database, chain.chain_id, orders, seconds);
      report({ name: 'trade.order_to_paid', value: rate, unit: 'orders/s', floor });
      report({ name: 'trade.command_p50', value: percentile(latencies, 50), unit: 'ms' });
      report({ name: 'trade.command_p99', value: percentile(latencies, 99), unit: 'ms' });
    } finally {
      await database.close({ leave: true });
      await server.stop();
    }
  } finally {
    remove();
  }
}
