import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { disputePart, importStatement, money, openReceivable, recordPayment } from './index.ts';
import { routes } from './routes.ts';

let test: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;
let known: Record<string, string>;
const openChain = () => openTestChain(test.store, { seller: 'supplier', buyer: 'core' });

beforeAll(async () => {
  test = await openTestStore([money]);
  chain = await openChain();
  const { seller, buyer } = chain.parties;
  const { id } = await chain.as('seller', async (tx) => {
    const csv = new TextEncoder().encode('date,amount,name\n2026-03-02,1.00,buyer\n');
    await importStatement(tx, { bytes: csv, file_name: 'a', currency: 'CNY', take_good: false });
    return openReceivable(tx, {
      invoice_id: tx.newId(),
      number: 'F-1',
      seller_id: seller.id,
      buyer_id: buyer.id,
      currency: 'CNY',
      net_minor: 1_000n,
      tax_minor: 130n,
      issued_on: tx.today,
      buyer_kind: 'large',
      seller_size: 'small',
      delivered_on: '2025-12-01',
    });
  });
  await chain.as('buyer', (tx) =>
    disputePart(tx, { id: tx.newId(), receivable_id: id, amount_minor: 10n }),
  );
  const payment = await chain.as('seller', (tx) =>
    recordPayment(tx, {
      payer_id: buyer.id,
      payee_id: seller.id,
      currency: 'CNY',
      amount_minor: 700n,
      paid_on: tx.today,
      reference: 'B-1',
      remittance: [],
    }),
  );
  known = { receivable: id, payment, buyer: buyer.id };
});
afterAll(() => test.close());

const listed = routes.filter(({ method, path }) => method === 'GET' && !path.includes('{'));

/** Asks as the kernel does: the query is decoded, the answer encoded by the route's own schemas. */
async function ask(path: string, given: Record<string, string>, id = ''): Promise<string> {
  const route = routes.find((one) => one.method === 'GET' && one.path === path);
  if (!route) throw new Error(`no route ${path}`);
  const request = { params: { id }, query: route.query?.parse(given), body: undefined };
  const reply = await chain.as('seller', (tx) =>
    route.run(tx, { ...request, document: null, if_match: null, accept: [] }),
  );
  return JSON.stringify(z.encode(route.reply, reply));
}

describe('what the routes answer', () => {
  it.each(listed.map(({ path }) => path))('%s fits its schema and holds a row', async (path) => {
    const given = { buyer_id: known.buyer ?? '', from: '2026-01-01', to: '2026-12-31' };
    const needsMore = path === '/api/v1/payments/record';
    const text = await ask(path, needsMore ? given : {});
    const isSound = path === '/api/v1/ledger/reconciliation';
    if (isSound) expect(text).toBe('{"items":[]}');
    else expect(JSON.parse(text).items.length).toBeGreaterThan(0);
  });

  it.each([
    ['/api/v1/receivables/{id}', 'receivable', '"open_minor":"430"'],
    ['/api/v1/payments/{id}', 'payment', '"allocated_minor":"700"'],
  ])('%s shows one', async (path, name, part) => {
    expect(await ask(path, {}, known[name])).toContain(part);
  });

  it('pages through a list without a gap or a double', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const given = { limit: '2', ...(after ? { after } : {}) };
      const page = JSON.parse(await ask('/api/v1/ledger/balances', given));
      seen.push(...page.items.map((row: { account_code: string }) => row.account_code));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual(['1002', '1122', '2221.02', '6001']);
  });
});
