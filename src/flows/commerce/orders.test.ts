import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFactsOf } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { proposeAgreement, takeUpAgreement } from './agreements.ts';
import { nameForPartner } from './catalogue.ts';
import { sendDespatch } from './despatches.ts';
import { closeDispute, openDispute } from './disputes.ts';
import { commerce } from './index.ts';
import { getInvoice, issueCreditNote, issueInvoice } from './invoices.ts';
import { cancelOrder, changeOrder } from './order-change.ts';
import { answerCounter, respondToOrder } from './order-response.ts';
import { foldState } from './order-state.ts';
import { getOrder, listOrders, placeOrder } from './orders.ts';
import { addProduct } from './products.ts';
import { keptPromises } from './promises.ts';
import { arrivalsOf, loseDespatch, receiptsOf, receiveDespatch } from './receipts.ts';
import { returnGoods } from './returns.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore([commerce]);
});
afterAll(() => opened.close());

/** A dumpling maker, its meat supplier, a rival of the supplier, and agreed terms. */
async function openTrade() {
  opened.clock.set('2026-03-02T01:00:00.000Z');
  const { as, parties } = await openTestChain(opened.store, {
    maker: 'core',
    meat: 'supplier',
    rival: 'supplier',
  });
  const pork = await as('meat', (tx) =>
    addProduct(tx, {
      code: 'PK-25',
      gtin: '6901234567892',
      name_zh: '冷冻前腿肉 25 kg',
      unit: 'KGM',
      units: [{ unit: 'CT', base_quantity: '25' }],
      tax_code: '1030107010100000000',
    }),
  );
  const agreement = await as('meat', (tx) =>
    proposeAgreement(tx, {
      seller_id: parties.meat.id,
      buyer_id: parties.maker.id,
      valid_from: '2026-01-01',
      payment_days: 30,
      buyer_kind: 'large',
      seller_size: 'small',
      quantity_tolerance_percent: '2',
      prices: [
        {
          product_id: pork.id,
          unit: 'CT',
          price: '130.00',
          tax_rate: '0.09',
          valid_from: '2026-01-01',
        },
      ],
    }),
  );
  await as('maker', (tx) => takeUpAgreement(tx, agreement.id));
  await as('maker', (tx) => nameForPartner(tx, pork.id, 'M-0017'));
  const order = await as('maker', (tx) =>
    placeOrder(tx, {
      seller_id: parties.meat.id,
      requested_on: '2026-03-10',
      lines: [{ buyer_code: 'M-0017', quantity: '1200', unit: 'CT' }],
    }),
  );
  return { as, parties, pork, order };
}

test('an order takes price, unit and tax from the agreement of the day', async () => {
  const { order, pork } = await openTrade();
  expect(order).toMatchObject({
    number: 'PO-2026-00001',
    state: 'placed',
    due_on: '2026-03-10',
    net_minor: 15_600_000n,
    tax_minor: 1_404_000n,
    total_minor: 17_004_000n,
  });
  expect(order.lines[0]).toMatchObject({ product_id: pork.id, price: '130.00', unit: 'CT' });
});

test('of two agreements that hold from one day, the one taken up last counts', async () => {
  const { as, parties, pork } = await openTrade();
  const from = { valid_from: '2026-02-01' };
  const pair = { seller_id: parties.meat.id, buyer_id: parties.maker.id };
  for (const price of ['140.00', '120.00']) {
    const terms = { ...pair, payment_days: 30, buyer_kind: 'large', seller_size: 'small' } as const;
    const prices = [{ product_id: pork.id, unit: 'CT', price, tax_rate: '0.09', ...from }];
    const { id } = await as('meat', (tx) => proposeAgreement(tx, { ...terms, ...from, prices }));
    await as('maker', (tx) => takeUpAgreement(tx, id));
  }
  const { lines } = await as('maker', (tx) =>
    placeOrder(tx, {
      ...{ seller_id: parties.meat.id, requested_on: '2026-03-10' },
      lines: [{ product_id: pork.id, quantity: '4', unit: 'CT' }],
    }),
  );
  expect(lines[0]?.price).toBe('120.00');
});

test('a counter-offer is the first promise, and agreeing later does not rewrite it', async () => {
  const { as, order } = await openTrade();
  const countered = await as('meat', (tx) =>
    respondToOrder(tx, order.id, {
      lines: [
        {
          line_no: 1,
          answer: 'counter',
          schedule: [
            { quantity: '800', on: '2026-03-10' },
            { quantity: '400', on: '2026-03-15' },
          ],
        },
      ],
    }),
  );
  expect(countered.state).toBe('countered');
  const agreed = await as('maker', (tx) =>
    answerCounter(tx, order.id, { lines: [{ line_no: 1, agree: true }] }),
  );
  expect(agreed.state).toBe('confirmed');
  const first = agreed.lines[0]?.first_promise;
  await as('maker', (tx) =>
    changeOrder(tx, order.id, {
      lines: [{ change: 'alter', line_no: 1, requested_on: '2026-03-20' }],
    }),
  );
  const again = await as('meat', (tx) =>
    respondToOrder(tx, order.id, { lines: [{ line_no: 1, answer: 'accept' }] }),
  );
  expect(again.lines[0]?.promised).toEqual([{ quantity: '1200', on: '2026-03-20' }]);
  expect(again.lines[0]?.first_promise).toEqual(first);
  expect((await as('maker', (tx) => getOrder(tx, order.id))).lines[0]?.first_promise).toEqual(
    first,
  );
});

/** Two halves of an order, one in full and in time, one 40 short and a day late. */
async function openShortDelivery() {
  const { as, parties, order } = await openTrade();
  await as('meat', (tx) =>
    respondToOrder(tx, order.id, { lines: [{ line_no: 1, answer: 'accept' }] }),
  );
  const send = (quantity: string, lot: string) =>
    as('meat', (tx) =>
      sendDespatch(tx, {
        order_id: order.id,
        expected_on: '2026-03-10',
        lines: [{ order_line_no: 1, quantity, lot, best_before: '2026-09-01' }],
      }),
    );
  const one = await send('600', 'QT261108');
  await expect(send('601', 'QT261111')).rejects.toMatchObject({ code: 'commerce.too_much' });
  const two = await send('600', 'QT261111');
  const receive = (id: string, accepted: string, short: string) =>
    as('maker', (tx) =>
      receiveDespatch(tx, {
        despatch_id: id,
        lines: [
          { despatch_line_no: 1, accepted, short, ...(short === '0' ? {} : { reason: '短少' }) },
        ],
      }),
    );
  opened.clock.set('2026-03-09T02:00:00.000Z');
  await receive(one.despatch.id, '600', '0');
  opened.clock.set('2026-03-11T02:00:00.000Z');
  await expect(receive(two.despatch.id, '560', '0')).rejects.toMatchObject({
    code: 'commerce.receipt_uneven',
  });
  const received = await receive(two.despatch.id, '560', '40');
  expect(received.order.state).toBe('delivered');
  await expect(receive(two.despatch.id, '560', '40')).rejects.toMatchObject({
    code: 'commerce.despatch_state',
  });
  return { as, parties, order, received };
}

test('what arrived is held against the first promise', async () => {
  const { as, order, received } = await openShortDelivery();
  const arrivals = arrivalsOf(await as('maker', (tx) => receiptsOf(tx, order.id)));
  const kept = keptPromises(
    received.order.lines[0]?.first_promise ?? [],
    arrivals.get(1) ?? [],
    '2026-03-12',
  );
  expect(kept).toMatchObject([{ in_time: '600', full_on: null, outcome: 'in_part' }]);
});

test('an invoice is matched to what came; the contested part is credited', async () => {
  const { as, parties, order } = await openShortDelivery();
  const { invoice } = await as('meat', (tx) =>
    issueInvoice(tx, {
      order_id: order.id,
      buyer_id: parties.maker.id,
      lines: [{ order_line_no: 1, quantity: '1200' }],
    }),
  );
  expect(invoice.match).toBe('differs');
  expect(invoice.lines[0]?.differences).toEqual([
    { what: 'quantity', expected: '1160', found: '1200', within: false },
  ]);
  const contested = 40n * 13_000n + (40n * 13_000n * 9n) / 100n;
  const { dispute } = await as('maker', (tx) =>
    openDispute(tx, invoice.id, { amount_minor: contested, reason: '少 40 箱' }),
  );
  await expect(
    as('maker', (tx) =>
      openDispute(tx, invoice.id, { amount_minor: invoice.total_minor, reason: 'x' }),
    ),
  ).rejects.toMatchObject({ code: 'commerce.dispute_too_large' });
  await as('meat', (tx) =>
    issueCreditNote(tx, {
      invoice_id: invoice.id,
      reason: '短少 40 箱',
      lines: [{ order_line_no: 1, quantity: '40', price: '130' }],
    }),
  );
  await expect(
    as('meat', (tx) =>
      issueCreditNote(tx, {
        invoice_id: invoice.id,
        reason: '再退 1161 箱：两张加起来多于所开',
        lines: [{ order_line_no: 1, quantity: '1161', price: '130' }],
      }),
    ),
  ).rejects.toMatchObject({ code: 'commerce.credit_too_large' });
  await as('meat', (tx) => closeDispute(tx, dispute.id, 'credited'));
  expect((await as('maker', (tx) => getInvoice(tx, invoice.id))).disputed_minor).toBe(0n);
  expect((await as('maker', (tx) => getOrder(tx, order.id))).state).toBe('closed');
});

test('an impossible step names the state and the reason', async () => {
  const { as, order } = await openTrade();
  await as('maker', (tx) => cancelOrder(tx, order.id, '计划取消'));
  await expect(
    as('meat', (tx) => respondToOrder(tx, order.id, { lines: [{ line_no: 1, answer: 'accept' }] })),
  ).rejects.toMatchObject({
    code: 'commerce.order_state',
    messages: { zh: expect.stringContaining('已取消') },
  });
});

test('a lost shipment may be sent again; accepted goods may go back', async () => {
  const { as, order } = await openTrade();
  await as('meat', (tx) =>
    respondToOrder(tx, order.id, { lines: [{ line_no: 1, answer: 'accept' }] }),
  );
  const send = () =>
    as('meat', (tx) =>
      sendDespatch(tx, {
        order_id: order.id,
        expected_on: '2026-03-10',
        lines: [{ order_line_no: 1, quantity: '1200' }],
      }),
    );
  const lost = await send();
  await as('maker', (tx) => loseDespatch(tx, lost.despatch.id, '车辆事故'));
  const { despatch } = await send();
  await as('maker', (tx) =>
    receiveDespatch(tx, {
      despatch_id: despatch.id,
      lines: [{ despatch_line_no: 1, accepted: '1200' }],
    }),
  );
  const back = (quantity: string) =>
    as('maker', (tx) =>
      returnGoods(tx, {
        order_id: order.id,
        reason: '包装破',
        lines: [{ order_line_no: 1, quantity }],
      }),
    );
  await back('10');
  await expect(back('1191')).rejects.toMatchObject({ code: 'commerce.too_much' });
});

test('a rival sees neither the order nor that it exists', async () => {
  const { as, order } = await openTrade();
  expect((await as('rival', (tx) => listOrders(tx, { limit: 50 }))).items).toEqual([]);
  await expect(as('rival', (tx) => getOrder(tx, order.id))).rejects.toMatchObject({ status: 404 });
  expect(await as('rival', (tx) => listFactsOf(tx, order.id))).toEqual([]);
});

test('the same number twice is one order', async () => {
  const { as, parties } = await openTrade();
  const place = () =>
    as('maker', (tx) =>
      placeOrder(tx, {
        number: 'A-1',
        seller_id: parties.meat.id,
        requested_on: '2026-03-10',
        lines: [{ seller_code: 'PK-25', quantity: '1', unit: 'CT' }],
      }),
    );
  await place();
  await expect(place()).rejects.toMatchObject({ code: 'commerce.order_number_taken' });
});

test('a number written by hand in our own form does not stop the series', async () => {
  const { as, parties } = await openTrade();
  const place = (number?: string) =>
    as('maker', (tx) =>
      placeOrder(tx, {
        ...(number ? { number } : {}),
        seller_id: parties.meat.id,
        requested_on: '2026-03-10',
        lines: [{ seller_code: 'PK-25', quantity: '1', unit: 'CT' }],
      }),
    );
  await place('PO-2026-00002');
  expect((await place()).number).toBe('PO-2026-00003');
});

test('agreed yuan are no dollars, and an order is billed in its own money', async () => {
  const { as, parties, order } = await openTrade();
  const inDollars = (price?: string) =>
    as('maker', (tx) =>
      placeOrder(tx, {
        seller_id: parties.meat.id,
        currency: 'USD',
        requested_on: '2026-03-10',
        lines: [{ seller_code: 'PK-25', quantity: '1', unit: 'CT', ...(price ? { price } : {}) }],
      }),
    );
  await expect(inDollars()).rejects.toMatchObject({ code: 'commerce.product_unknown' });
  expect(await inDollars('18.5')).toMatchObject({ currency: 'USD', net_minor: 1_850n });
  const bill = (currency: string, order_id?: string) =>
    as('meat', (tx) =>
      issueInvoice(tx, {
        buyer_id: parties.maker.id,
        currency,
        ...(order_id ? { order_id } : {}),
        lines: [{ name: '冷冻前腿肉', unit: 'CT', quantity: '1', price: '130' }],
      }),
    );
  await expect(bill('JPY', order.id)).rejects.toMatchObject({ status: 422 });
  await expect(bill('ZZZ')).rejects.toMatchObject({ status: 422 });
  expect((await bill('JPY')).invoice.net_minor).toBe(130n);
});

test('an order is closed when all that was kept is billed', async () => {
  const { as, parties, order } = await openTrade();
  const line_no = 1;
  await as('meat', (tx) =>
    respondToOrder(tx, order.id, { lines: [{ line_no, answer: 'accept' }] }),
  );
  const { despatch } = await as('meat', (tx) =>
    sendDespatch(tx, {
      order_id: order.id,
      expected_on: '2026-03-10',
      lines: [{ order_line_no: line_no, quantity: '1200' }],
    }),
  );
  await as('maker', (tx) =>
    receiveDespatch(tx, {
      despatch_id: despatch.id,
      lines: [{ despatch_line_no: 1, accepted: '1200' }],
    }),
  );
  await as('maker', (tx) =>
    returnGoods(tx, {
      order_id: order.id,
      reason: '包装破',
      lines: [{ order_line_no: line_no, quantity: '10' }],
    }),
  );
  const billed = await as('meat', (tx) =>
    issueInvoice(tx, {
      order_id: order.id,
      buyer_id: parties.maker.id,
      lines: [{ order_line_no: line_no, quantity: '1190' }],
    }),
  );
  expect(billed).toMatchObject({ invoice: { match: 'matched' }, order: { state: 'closed' } });
});

test('a product has each packing unit once; its code goes before a shared GTIN', async () => {
  const { as, parties } = await openTrade();
  const carton = { unit: 'CT', base_quantity: '25' };
  const second = { code: 'PK-25-B', gtin: '6901234567892', name_zh: '冷冻前腿肉 B', unit: 'KGM' };
  await expect(
    as('meat', (tx) => addProduct(tx, { ...second, units: [carton, carton] })),
  ).rejects.toThrow(/once/);
  const other = await as('meat', (tx) => addProduct(tx, { ...second, units: [carton] }));
  const placed = await as('maker', (tx) =>
    placeOrder(tx, {
      seller_id: parties.meat.id,
      requested_on: '2026-03-10',
      lines: [
        { seller_code: 'PK-25-B', gtin: '6901234567892', quantity: '1', unit: 'CT', price: '1' },
      ],
    }),
  );
  expect(placed.lines[0]?.product_id).toBe(other.id);
});

test('promises: every part has one outcome, and nothing in time is more than was promised', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
  const part = fc.record({ quantity: fc.integer({ min: 1, max: 50 }).map(String), on: day });
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.array(part),
      day,
      (promise, arrivals, today) => {
        for (const kept of keptPromises(promise, arrivals, today)) {
          expect(Number(kept.in_time)).toBeLessThanOrEqual(Number(kept.quantity));
          if (kept.outcome === 'on_time_in_full') expect(kept.in_time).toBe(kept.quantity);
          if (kept.outcome === 'not_due') expect(kept.promised_on >= today).toBe(true);
        }
      },
    ),
  );
});

test('a stored state is always the fold of the stored lines', async () => {
  const { as, order } = await openTrade();
  const now = await as('maker', (tx) => getOrder(tx, order.id));
  expect(now.state).toBe(foldState(now.lines));
});
