import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import {
  acceptMatch,
  getPayment,
  getReceivable,
  importStatement,
  listMatches,
  listStatementLines,
  money,
  openReceivable,
  reconcile,
  recordPayment,
  setLineAside,
} from './index.ts';

let test: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;
const openChain = () => openTestChain(test.store, { seller: 'supplier', buyer: 'core' });

beforeAll(async () => {
  test = await openTestStore([money]);
  chain = await openChain();
});
afterAll(() => test.close());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const take = (text: string, take_good = false) =>
  chain.as('seller', (tx) =>
    importStatement(tx, { bytes: bytesOf(text), file_name: 'a.csv', currency: 'CNY', take_good }),
  );
const waiting = () => chain.as('seller', (tx) => listMatches(tx, { limit: 50 }));

const open = (number: string, net_minor: bigint) =>
  chain.as('seller', (tx) =>
    openReceivable(tx, {
      invoice_id: tx.newId(),
      number,
      seller_id: chain.parties.seller.id,
      buyer_id: chain.parties.buyer.id,
      currency: 'CNY',
      net_minor,
      tax_minor: 0n,
      issued_on: tx.today,
      buyer_kind: 'large',
      seller_size: 'small',
      delivered_on: tx.today,
    }),
  );

it('a statement settles what it shows, line by line', async () => {
  const [named, recorded] = [await open('F-2026-1', 50_000n), await open('F-2026-2', 70_000n)];
  await chain.as('buyer', (tx) =>
    recordPayment(tx, {
      payer_id: chain.parties.buyer.id,
      payee_id: chain.parties.seller.id,
      currency: 'CNY',
      amount_minor: 70_000n,
      paid_on: tx.today,
      reference: 'B-2',
      remittance: [{ receivable_id: recorded.id, toward: 'principal', amount_minor: 70_000n }],
    }),
  );
  const text = `日期,金额,对方户名,摘要,流水号
2026-03-02,500.00,某某,付F-2026-1,B-1
2026-03-02,700.00,buyer,,B-2
2026-03-02,-8.00,银行,手续费,B-3
`;
  expect(await take(text)).toMatchObject({ taken: 3, known: 0, unread: 0 });
  const { items } = await waiting();
  for (const { line, payment_id, counterparty, allocations } of items) {
    await chain.as('seller', async (tx) => {
      if (line.amount_minor < 0n) return setLineAside(tx, line.id);
      const counterparty_id = counterparty?.id ?? '';
      const paid = allocations.map(({ receivable_id, amount_minor }) => ({
        receivable_id,
        toward: 'principal' as const,
        amount_minor,
      }));
      const choice = payment_id ? { payment_id } : { counterparty_id, allocations: paid };
      const id = await acceptMatch(tx, line.id, choice);
      expect((await getPayment(tx, id)).state).toBe('confirmed');
    });
  }
  expect((await waiting()).items).toEqual([]);
  for (const { id } of [named, recorded]) {
    expect((await chain.as('buyer', (tx) => getReceivable(tx, id))).state).toBe('settled');
  }
  expect(await chain.as('seller', reconcile)).toEqual([]);
  const lines = await chain.as('buyer', (tx) => listStatementLines(tx, { limit: 9 }));
  expect(lines.items).toEqual([]);
});

it('a statement is taken once, and a transfer of two statements once', async () => {
  const text = '日期,金额,流水号\n2026-03-02,1.00,X-1\n2026-03-02,2.00,X-2\n';
  await take(text);
  await expect(take(text)).rejects.toMatchObject({ code: 'money.statement_known' });
  expect(await take(`${text}2026-03-02,3.00,X-3\n`)).toMatchObject({ taken: 1, known: 2 });
});

it('a statement with lines that cannot be read is taken in part only if asked to', async () => {
  const text = '日期,金额,流水号\n2026-03-02,eleven,Y-1\n2026-03-02,2.00,Y-2\n';
  await expect(take(text)).rejects.toMatchObject({
    code: 'money.statement_unreadable',
    errors: [{ path: '2' }],
  });
  expect(await take(text, true)).toMatchObject({ taken: 1, unread: 1 });
});

it('a line is dealt with once, by what fits it', async () => {
  await take('日期,金额,流水号\n2026-03-02,9.00,Z-1\n');
  const { items } = await waiting();
  const line = items.find((item) => item.line.reference === 'Z-1')?.line.id ?? '';
  const other = await chain.as('seller', (tx) =>
    recordPayment(tx, {
      payer_id: chain.parties.buyer.id,
      payee_id: chain.parties.seller.id,
      currency: 'CNY',
      amount_minor: 1n,
      paid_on: tx.today,
      reference: null,
      remittance: [],
    }),
  );
  const accept = (payment_id: string) =>
    chain.as('seller', (tx) => acceptMatch(tx, line, { payment_id }));
  await expect(accept(other)).rejects.toMatchObject({ code: 'money.match_unfit' });
  await chain.as('seller', (tx) => setLineAside(tx, line));
  await expect(accept(other)).rejects.toMatchObject({ code: 'money.statement_line_unknown' });
});

it('GB 18030, as banks hand it out, is read', async () => {
  // 日期,金额,摘要 / 2026-03-02,1.50,货款
  const heads = [
    0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xbd, 0xf0, 0xb6, 0xee, 0x2c, 0xd5, 0xaa, 0xd2, 0xaa,
  ];
  const row = [...bytesOf('\n2026-03-02,1.50,'), 0xbb, 0xf5, 0xbf, 0xee];
  const bytes = new Uint8Array([...heads, ...row]);
  await chain.as('seller', (tx) =>
    importStatement(tx, { bytes, file_name: 'gbk.csv', currency: 'CNY', take_good: false }),
  );
  const { items } = await chain.as('seller', (tx) => listStatementLines(tx, { limit: 50 }));
  expect(items.find(({ memo }) => memo === '货款')?.amount_minor).toBe(150n);
});
