import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  equalInMeaning,
  readXml,
  type TradeDocument,
  type TradeParty,
  tradeDocument,
  ublOf,
} from '../../flows/data/index.ts';
import * as sample from '../../flows/data/testing.ts';
import { gs1CheckDigit } from '../../kernel/index.ts';
import { openTradeServer, type TradeServer } from './testing.ts';

type Who = 'buyer' | 'seller' | 'other';
let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer();
});
afterAll(() => trade.close());

function partyIn(who: Who): TradeParty {
  const { uscc, name_zh } = trade.parties[who];
  return { ...sample.SELLER, ids: [{ value: uscc }], name: name_zh, tax_id: `CN${uscc}` } as never;
}

/** A sample document between two parties of the chain, changed where a test needs it. */
function between(document: TradeDocument, change: Record<string, unknown>, seller: Who = 'seller') {
  const ends = { buyer: partyIn('buyer'), seller: partyIn(seller) };
  const transport = { shipper: ends.seller, consignee: ends.buyer };
  return ublOf(tradeDocument.parse({ ...document, ...ends, ...transport, ...change })).bytes;
}

/** Line ids of the buyer's system, which are no numbers. */
const named = (lines: readonly { line_id: string }[]) =>
  lines.map((line) => ({ ...line, line_id: `A-${line.line_id}0` }));
const refer = (lines: readonly { order_line_id: string | null }[]) =>
  lines.map((line) => ({ ...line, order_line_id: `A-${line.order_line_id}0` }));

async function orderOf(number: string) {
  const { items } = (await trade.get('buyer', `/api/v1/orders?number=${number}`)).json();
  expect(items).toHaveLength(1);
  return (await trade.get('buyer', `/api/v1/orders/${items[0].id}`)).json();
}

async function place(number: string) {
  const lines = named(sample.ORDER.lines);
  await applied('buyer', between(sample.ORDER, { number, lines }));
  return orderOf(number);
}

const accept = (number: string) =>
  between(sample.ORDER_RESPONSE, {
    number: `${number}-SO`,
    order_number: number,
    answer: 'AP',
    lines: [],
  });

const despatch = (order_number: string, number: string, change: Record<string, unknown> = {}) =>
  between(sample.DESPATCH, {
    number,
    order_numbers: [order_number],
    lines: refer(sample.DESPATCH.lines).map((line) => ({ ...line, order_number, ...change })),
  });

/** Trade's own words as UBL, held against our own rules. */
async function validOut(who: Who, url: string) {
  const given = await trade.get(who, url, 'application/xml');
  expect(given.statusCode, url).toBe(200);
  const headers = { authorization: await trade.keyOf(who), 'content-type': 'application/xml' };
  const checked = await trade.server.inject({
    method: 'POST',
    url: '/api/v1/document-checks',
    headers,
    payload: given.rawPayload,
  });
  expect(checked.json().errors, url).toEqual([]);
  return checked.json();
}

/** Sends what must be taken, and holds what comes out again against it. */
async function applied(who: Who, bytes: Uint8Array): Promise<string> {
  const sent = await trade.post(who, bytes);
  expect(sent.json()).toMatchObject({ errors: [], state: 'applied' });
  const given = await trade.get(who, `/api/v1/documents/${sent.json().id}`, 'application/xml');
  const [before, after] = [readXml(bytes).root, readXml(given.rawPayload).root];
  expect(before && after && equalInMeaning(before, after)).toBe(true);
  return sent.json().subject_id;
}

describe('a trade in documents alone', () => {
  let order: { id: string };
  let despatchId: string;
  let receiptId: string;

  it('goes from order to receipt', async () => {
    order = await place('J-1');
    expect(order).toMatchObject({ state: 'placed', net_minor: '446000', total_minor: '503980' });
    const lines = refer(sample.ORDER_RESPONSE.lines);
    const answer = { number: 'SO-J-1', order_number: 'J-1', lines };
    await applied('seller', between(sample.ORDER_RESPONSE, answer));
    const offered = [{ quantity: '150', on: '2026-03-13' }];
    expect((await orderOf('J-1')).lines).toMatchObject([
      { line_no: 1, state: 'accepted' },
      { line_no: 2, state: 'countered', offered, offered_price: '5.9' },
    ]);
    await validOut('buyer', `/api/v1/orders/${order.id}/response-document`);
    const agreed = [{ line_no: 2, agree: true }];
    await trade.send('buyer', `/api/v1/orders/${order.id}/counter-answer`, { lines: agreed });
    despatchId = await applied('seller', despatch('J-1', 'DN-J-1'));
    const receipt = between(sample.RECEIPT, {
      number: 'GR-J-1',
      received_on: '2026-03-02',
      order_numbers: ['J-1'],
      despatch_numbers: ['DN-J-1'],
      lines: refer(sample.RECEIPT.lines),
    });
    receiptId = await applied('buyer', receipt);
    const [first] = (await orderOf('J-1')).lines;
    expect(first).toMatchObject({ accepted: '750', short: '25', turned_away: '25' });
  });

  it('comes out again as valid UBL under the names of the buyer', async () => {
    const out = await validOut('seller', `/api/v1/orders/${order.id}/document`);
    expect(out.body).toMatchObject({ number: 'J-1', lines: [{ line_id: 'A-10' }, {}] });
    expect(out.format).toBe('peppol');
    const advice = await validOut('buyer', `/api/v1/despatches/${despatchId}/document`);
    expect(advice.body.lines[0]).toMatchObject({ order_line_id: 'A-10', quantity: '800' });
    const receipts = `/api/v1/orders/${order.id}/receipts/${receiptId}/document`;
    const counted = await validOut('seller', receipts);
    expect(counted.body.lines[0]).toMatchObject({ received_quantity: '775', short_quantity: '25' });
  });

  it('is billed and credited', async () => {
    const billed = refer(sample.INVOICE.lines);
    const invoice = { number: 'INV-J-1', order_number: 'J-1', lines: billed };
    const invoiceId = await applied('seller', between(sample.INVOICE, invoice));
    const row = (await trade.get('buyer', `/api/v1/invoices/${invoiceId}`)).json();
    expect(row).toMatchObject({ total_minor: '298320', match: 'differs' });
    const credit = between(sample.CREDIT_NOTE, {
      number: 'CN-J-1',
      invoice_numbers: ['INV-J-1'],
      tax_amount: '21.45',
      taxes: [{ category: 'S', percent: '13', taxable: '165', amount: '21.45' }],
      totals: { lines: '165', without_tax: '165', with_tax: '186.45', payable: '186.45' },
      lines: billed.map((line) => ({ ...line, quantity: '50', amount: '165' })),
    });
    const creditId = await applied('seller', credit);
    const bill = await validOut('buyer', `/api/v1/invoices/${invoiceId}/document`);
    expect(bill).toMatchObject({ format: 'peppol', body: { totals: { with_tax: '2983.2' } } });
    await validOut('buyer', `/api/v1/invoices/${creditId}/document`);
  });

  it('is a knot on the data thread for each document', async () => {
    const weave = (await trade.get('seller', `/api/v1/orders/${order.id}/weave`)).json();
    const knots = weave.knots.filter((knot: { flow: string }) => knot.flow === 'data');
    expect(knots.map((knot: { title: { en: string } }) => knot.title.en)).toEqual([
      'Order',
      'Order response',
      'Despatch advice',
      'Receipt advice',
      'Invoice',
      'Credit note',
    ]);
  });

  it('changes what differs, adds and cancels lines, and cancels the order', async () => {
    const order = await place('J-2');
    const [first, second] = named(sample.ORDER_CHANGE.lines);
    const added = { ...second, line_id: 'A-30', status: '1', quantity: '10', amount: '58.00' };
    const change = between(sample.ORDER_CHANGE, {
      number: 'J-2-C1',
      order_number: 'J-2',
      adjustments: [],
      tax_amount: null,
      totals: null,
      lines: [
        { ...first, status: '3', quantity: '500', amount: '1650.00' },
        { ...second, status: '2' },
        added,
      ],
    });
    expect(await applied('buyer', change)).toBe(order.id);
    expect((await orderOf('J-2')).lines).toMatchObject([
      { quantity: '500', state: 'open', price: '82.5' },
      { state: 'cancelled' },
      { line_no: 3, quantity: '10' },
    ]);
    const cancel = between(sample.ORDER_CANCELLATION, { number: 'J-2-X', order_number: 'J-2' });
    await applied('buyer', cancel);
    expect((await orderOf('J-2')).state).toBe('cancelled');
    const late = await trade.post('seller', accept('J-2'));
    expect(late.statusCode).toBe(422);
    expect(late.json().errors[0].rule).toBe('commerce.order_state');
  });
});

describe('what trade refuses', () => {
  it('stays whole in the inbox, can be mended and sent again', async () => {
    const order = await place('R-1');
    await trade.post('seller', accept('R-1'));
    const tooMuch = await trade.post('seller', despatch('R-1', 'DN-R-1', { quantity: '1001' }));
    expect(tooMuch.statusCode).toBe(422);
    const problem = tooMuch.json();
    expect(problem).toMatchObject({ code: 'data.document_refused' });
    expect(problem.errors).toMatchObject([{ rule: 'commerce.too_much' }]);
    expect(problem.errors[0].zh).toContain('1001');
    const refused = (await trade.get('seller', problem.instance)).json();
    expect(refused).toMatchObject({ state: 'refused', error_count: 1 });
    const none = await trade.get('seller', `/api/v1/orders/${order.id}/view`);
    expect(none.json().despatches).toEqual([]);
    const mended = await trade.post('seller', despatch('R-1', 'DN-R-1'), {
      query: `?replaces_id=${refused.id}`,
    });
    expect(mended.json()).toMatchObject({ state: 'applied', replaces_id: refused.id });
    const old = (await trade.get('seller', problem.instance)).json();
    expect(old.replaced_by_id).toBe(mended.json().id);
  });

  it('names who should have sent it', async () => {
    await place('R-2');
    const mine = await trade.post('buyer', accept('R-2'));
    expect(mine.json().errors).toMatchObject([{ rule: 'trade.wrong_side' }]);
    const stranger = await trade.post('other', accept('R-2'));
    expect(stranger.json().errors).toMatchObject([{ rule: 'trade.not_your_trade' }]);
    const forged = await trade.post('seller', between(sample.ORDER, { number: 'R-2b' }));
    expect(forged.json().errors).toMatchObject([{ rule: 'trade.wrong_side' }]);
  });

  it('hears the same bytes again when what they lacked is here', async () => {
    const seller = { ids: [{ scheme: '0192', value: '987654325' }], name: '北方供应商' };
    const order = (number: string) =>
      ublOf(tradeDocument.parse({ ...sample.ORDER, number, buyer: partyIn('buyer'), seller }))
        .bytes;
    const narrow = ['trade.document.send', 'data.*.*'];
    const lacking = await trade.post('buyer', order('F-1'), { scopes: narrow });
    expect(lacking.json().errors).toMatchObject([{ rule: 'trade.partner_unknown' }]);
    expect((await trade.post('buyer', order('F-1'))).json().state).toBe('applied');
    // Known only by a foreign identifier, and found again by who may not invite.
    const next = await trade.post('buyer', order('F-2'), { scopes: narrow });
    expect(next.json()).toMatchObject({ state: 'applied' });
    const [one, two] = [await orderOf('F-1'), await orderOf('F-2')];
    expect(two.seller).toEqual(one.seller);
    const parties = (await trade.get('buyer', '/api/v1/parties')).json().items;
    const partner = parties.find((each: { id: string }) => each.id === one.seller.id);
    expect(partner).toMatchObject({ status: 'invited', verified: false });
    const out = await trade.get('buyer', `/api/v1/orders/${one.id}/document`, 'application/xml');
    expect(out.body).toContain('schemeID="0192">987654325<');
  });
});

describe('a customer that is not here yet', () => {
  const customer = { ids: [{ scheme: 'KUNDE', value: '4711' }], name: '某乡镇超市' };
  const order = (number: string) =>
    ublOf(
      tradeDocument.parse({ ...sample.ORDER, number, buyer: customer, seller: partyIn('seller') }),
    ).bytes;

  it('has its orders keyed in by the seller that invited it', async () => {
    const placed = await trade.post('seller', order('K-1'));
    expect(placed.json()).toMatchObject({ state: 'applied', errors: [] });
    const { items } = (await trade.get('seller', '/api/v1/orders?side=selling&number=K-1')).json();
    expect(items[0].buyer.name.zh).toBe('某乡镇超市');
    expect(items[0].seller.id).toBe(trade.parties.seller.id);
    const again = await trade.post('seller', order('K-2'));
    expect(again.json().receiver_id).toBe(items[0].buyer.id);
  });

  it('but no receipt is written for it', async () => {
    const receipt = ublOf(
      tradeDocument.parse({
        ...sample.RECEIPT,
        buyer: customer,
        seller: partyIn('seller'),
        consignee: customer,
        shipper: partyIn('seller'),
      }),
    ).bytes;
    const kept = await trade.post('seller', receipt);
    expect(kept.json()).toMatchObject({ state: 'accepted', subject_id: null });
    expect(kept.json().warnings.at(-1).rule).toBe('trade.theirs_to_send');
  });
});

describe('one effect', () => {
  it('of the same document twice, and of two at once', async () => {
    const bytes = between(sample.ORDER, { number: 'T-1' });
    const both = await Promise.all([trade.post('buyer', bytes), trade.post('buyer', bytes)]);
    expect(both.map((each) => each.statusCode)).toEqual([201, 201]);
    expect(both[0]?.json()).toEqual(both[1]?.json());
    await orderOf('T-1');
    const other = between(sample.ORDER, { number: 'T-1', note: '再发一次' });
    const taken = await trade.post('buyer', other);
    expect(taken.json().errors).toMatchObject([{ rule: 'commerce.order_number_taken' }]);
  });

  it('of two documents at once that bring the same new partner', async () => {
    const bring = async (digits: string) => {
      const gln = digits + gs1CheckDigit(digits);
      const seller = { ids: [{ scheme: '0088', value: gln }], name: '新来的供应商' };
      const order = (number: string) =>
        ublOf(tradeDocument.parse({ ...sample.ORDER, number, buyer: partyIn('buyer'), seller }))
          .bytes;
      const numbers = Array.from({ length: 6 }, (_, at) => `N-${gln}-${at}`);
      const sent = await Promise.all(numbers.map((one) => trade.post('buyer', order(one))));
      expect(sent.map((each) => each.statusCode)).toEqual(numbers.map(() => 201));
      expect(new Set(sent.map((each) => each.json().receiver_id)).size).toBe(1);
    };
    // The one that comes second fails in another place each time: see that it is found in all.
    for (let serial = 0; serial < 8; serial++) await bring(`69012345678${serial}`);
  });
});
