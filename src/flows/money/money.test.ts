import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import {
  accrueInterest,
  ageing,
  allocatePayment,
  applyCreditNote,
  confirmPayment,
  disputePart,
  getPayment,
  getReceivable,
  listBalances,
  listEntries,
  listReceivables,
  money,
  type NewReceivable,
  openAccount,
  openReceivable,
  paidBetween,
  paymentRecords,
  postEntry,
  reconcile,
  recordAcceptance,
  recordPayment,
  refusePayment,
  reverseEntry,
  settleDispute,
} from './index.ts';
import { receivableQuery } from './schema.ts';

let test: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;
let serial = 0;

const openChain = () =>
  openTestChain(test.store, { seller: 'supplier', buyer: 'core', stranger: 'dealer' });

const DAY = '2026-03-02';
const standOn = (day: string) => test.clock.set(`${day}T01:00:00.000Z`);

beforeAll(async () => {
  test = await openTestStore([money]);
  chain = await openChain();
});
afterAll(() => test.close());

/** Opens 113.00 (100.00 and 13.00 VAT), delivered and issued on 2 March 2026, due in 60 days. */
async function open(given: Partial<NewReceivable> = {}): Promise<string> {
  standOn(DAY);
  serial += 1;
  const { id } = await chain.as('seller', (tx) =>
    openReceivable(tx, {
      invoice_id: tx.newId(),
      number: `F-${serial}`,
      seller_id: chain.parties.seller.id,
      buyer_id: chain.parties.buyer.id,
      currency: 'CNY',
      net_minor: 10_000n,
      tax_minor: 1_300n,
      issued_on: DAY,
      buyer_kind: 'large',
      seller_size: 'small',
      delivered_on: DAY,
      ...given,
    }),
  );
  return id;
}

const pay = (amount_minor: bigint, remittance: { receivable_id: string; amount: bigint }[] = []) =>
  chain.as('buyer', (tx) =>
    recordPayment(tx, {
      payer_id: chain.parties.buyer.id,
      payee_id: chain.parties.seller.id,
      currency: 'CNY',
      amount_minor,
      paid_on: tx.today,
      reference: null,
      remittance: remittance.map(({ receivable_id, amount }) => ({
        receivable_id,
        toward: 'principal',
        amount_minor: amount,
      })),
    }),
  );

const confirm = (id: string) => chain.as('seller', (tx) => confirmPayment(tx, id, []));
const seen = (id: string) => chain.as('buyer', (tx) => getReceivable(tx, id));

async function balanceOf(party: 'seller' | 'buyer', account_code: string): Promise<bigint> {
  const { items } = await chain.as(party, (tx) => listBalances(tx, { limit: 50, account_code }));
  return items.reduce((sum, { balance_minor }) => sum + balance_minor, 0n);
}

async function expectFault(code: string, work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  expect(error.code).toBe(code);
}

async function expectSound(): Promise<void> {
  for (const party of ['seller', 'buyer'] as const) {
    expect(await chain.as(party, reconcile)).toEqual([]);
  }
}

describe('an invoice', () => {
  it('stands in both books, with its clock and the rules that set it', async () => {
    const [claim, duty] = [await balanceOf('seller', '1122'), await balanceOf('buyer', '2202')];
    const id = await open();
    expect(await balanceOf('seller', '1122')).toBe(claim + 11_300n);
    expect(await balanceOf('buyer', '2202')).toBe(duty - 11_300n);
    const { items } = await chain.as('buyer', (tx) =>
      listEntries(tx, { limit: 1, subject_id: id }),
    );
    expect(items[0]?.lines.map(({ account_code }) => account_code)).toEqual([
      '1405',
      '2221.01',
      '2202',
    ]);
    expect(await seen(id)).toMatchObject({
      state: 'open',
      payable_minor: 11_300n,
      clock: { due_on: '2026-05-01', days_left: 60, days_late: 0, paid: false },
      term_rule: { article: { en: 'Decree 802, article 9' } },
      late_rate_daily: '0.0005',
    });
  });

  it('has one receivable, opened by one of its parties, seen by nobody else', async () => {
    const id = await open();
    await expectFault('money.receivable_exists', open({ invoice_id: id }));
    await expectFault(
      'money.receivable_unknown',
      chain.as('stranger', (tx) => getReceivable(tx, id)),
    );
    const foreign = { buyer_id: chain.parties.stranger.id, seller_id: chain.parties.buyer.id };
    await expectFault('money.not_your_part', open(foreign));
    expect(await chain.as('stranger', (tx) => listEntries(tx, { limit: 9 }))).toMatchObject({
      items: [],
    });
  });

  it('starts its clock when the inspection passes', async () => {
    const id = await open({ inspection_due_on: '2026-03-20' });
    expect((await seen(id)).clock.due_on).toBe('2026-05-19');
    standOn('2026-03-06');
    await expectFault(
      'money.not_your_part',
      chain.as('seller', (tx) => recordAcceptance(tx, id, '2026-03-05')),
    );
    await chain.as('buyer', (tx) => recordAcceptance(tx, id, '2026-03-05'));
    expect((await seen(id)).clock.due_on).toBe('2026-05-04');
    await expectFault(
      'money.accepted_already',
      chain.as('buyer', (tx) => recordAcceptance(tx, id, '2026-03-06')),
    );
  });
});

describe('a payment', () => {
  it('is recorded by the payer, and moves the books once the payee confirms', async () => {
    const id = await open();
    const bank = await balanceOf('seller', '1002');
    const payment = await pay(11_300n, [{ receivable_id: id, amount: 11_300n }]);
    expect((await seen(id)).open_minor).toBe(11_300n);
    await expectFault(
      'money.not_your_part',
      chain.as('buyer', (tx) => confirmPayment(tx, payment, [])),
    );
    await confirm(payment);
    await expectFault('money.payment_state', confirm(payment));
    expect(await balanceOf('seller', '1002')).toBe(bank + 11_300n);
    expect(await seen(id)).toMatchObject({
      state: 'settled',
      settled_on: DAY,
      clock: { paid: true },
    });
    await expectSound();
  });

  it('above what it names stays an advance until it is allocated', async () => {
    const [first, second] = [await open(), await open()];
    const payment = await pay(20_000n, [{ receivable_id: first, amount: 20_000n }]);
    await confirm(payment);
    expect(await balanceOf('buyer', '1123')).toBe(8_700n);
    const allocation = {
      receivable_id: second,
      toward: 'principal' as const,
      amount_minor: 8_700n,
    };
    await chain.as('buyer', (tx) => allocatePayment(tx, payment, [allocation]));
    expect(await balanceOf('buyer', '1123')).toBe(0n);
    expect((await seen(second)).open_minor).toBe(2_600n);
    await expectFault(
      'money.above_payment',
      chain.as('buyer', (tx) =>
        allocatePayment(tx, payment, [{ ...allocation, amount_minor: 1n }]),
      ),
    );
    await expectSound();
  });

  it('that names nothing pays the oldest due first', async () => {
    const pair = await openChain();
    const before = chain;
    chain = pair;
    const late = await open({ term_days: 40 });
    const soon = await open({ term_days: 10 });
    await confirm(await pay(12_000n));
    expect((await seen(soon)).open_minor).toBe(0n);
    expect((await seen(late)).open_minor).toBe(10_600n);
    expect(await chain.as('seller', (tx) => paidBetween(tx, DAY))).toMatchObject([
      { paid_minor: 12_000n },
    ]);
    chain = before;
  });

  it('is recorded once by its reference, and again after it was refused', async () => {
    const given = {
      payer_id: chain.parties.buyer.id,
      payee_id: chain.parties.seller.id,
      currency: 'CNY',
      amount_minor: 5n,
      paid_on: DAY,
      reference: 'BANK-1',
      remittance: [],
    };
    const record = () => chain.as('buyer', (tx) => recordPayment(tx, given));
    const id = await record();
    await expectFault('money.payment_known', record());
    await chain.as('seller', (tx) => refusePayment(tx, id, '未到账'));
    expect(await chain.as('buyer', (tx) => getPayment(tx, id))).toMatchObject({ state: 'refused' });
    await record();
  });
});

describe('a credit note', () => {
  const credit = (receivable_id: string, net_minor: bigint, credit_note_id?: string) =>
    chain.as('seller', (tx) =>
      applyCreditNote(tx, {
        credit_note_id: credit_note_id ?? tx.newId(),
        receivable_id,
        number: 'C-1',
        net_minor,
        tax_minor: 0n,
        credited_on: DAY,
      }),
    );

  it('is used once, over all invoices', async () => {
    const [first, second] = [await open(), await open()];
    await credit(first, 300n, first);
    await expectFault('money.credit_note_used', credit(second, 300n, first));
    await expectFault('money.above_open', credit(first, 11_001n));
    expect((await seen(first)).open_minor).toBe(11_000n);
    await expectSound();
  });

  it('that comes after the money makes an advance of what was paid', async () => {
    const id = await open();
    const payment = await chain.as('buyer', (tx) =>
      recordPayment(tx, {
        payer_id: tx.actor.party,
        payee_id: chain.parties.seller.id,
        currency: 'CNY',
        amount_minor: 11_300n,
        paid_on: DAY,
        reference: 'R-late-credit',
        remittance: [{ receivable_id: id, toward: 'principal', amount_minor: 11_300n }],
      }),
    );
    await chain.as('seller', (tx) => confirmPayment(tx, payment, []));
    await credit(id, 1_000n);
    expect(await seen(id)).toMatchObject({ open_minor: 0n, paid_minor: 10_300n });
    const { allocated_minor } = await chain.as('buyer', (tx) => getPayment(tx, payment));
    expect(allocated_minor).toBe(10_300n);
    const next = await open();
    await chain.as('buyer', (tx) =>
      allocatePayment(tx, payment, [
        { receivable_id: next, toward: 'principal', amount_minor: 1_000n },
      ]),
    );
    expect(await seen(next)).toMatchObject({ paid_minor: 1_000n });
    await expectSound();
  });

  it('answers the dispute that it reaches into', async () => {
    const id = await open();
    await chain.as('buyer', (tx) =>
      disputePart(tx, { id: tx.newId(), receivable_id: id, amount_minor: 3_000n }),
    );
    expect(await seen(id)).toMatchObject({ state: 'disputed', payable_minor: 8_300n });
    await credit(id, 9_000n);
    expect(await seen(id)).toMatchObject({ state: 'open', payable_minor: 2_300n });
    await expectSound();
  });
});

describe('a dispute', () => {
  it('leaves the rest payable, and is withdrawn by the buyer', async () => {
    const id = await open();
    const dispute = await chain.as('buyer', async (tx) => {
      const given = { id: tx.newId(), receivable_id: id, amount_minor: 10_000n };
      await disputePart(tx, given);
      return given.id;
    });
    const settle = (party: 'seller' | 'buyer') =>
      chain.as(party, (tx) => settleDispute(tx, { id: dispute, outcome: 'withdrawn' }));
    await confirm(await pay(11_300n, [{ receivable_id: id, amount: 11_300n }]));
    expect(await seen(id)).toMatchObject({ open_minor: 10_000n, payable_minor: 0n });
    await expectFault('money.not_your_part', settle('seller'));
    await settle('buyer');
    await expectFault('money.dispute_unknown', settle('buyer'));
    expect(await seen(id)).toMatchObject({ state: 'open', payable_minor: 10_000n });
    await expectSound();
  });
});

describe('being late', () => {
  it('earns interest, the same however often it is booked, until it is paid', async () => {
    const id = await open({ net_minor: 10_000_000n, tax_minor: 0n, term_days: 0 });
    const accrue = (as_of: string) =>
      chain.as('seller', (tx) => accrueInterest(tx, { as_of, receivable_id: id }));
    standOn('2026-04-01');
    expect(await accrue('2026-03-17')).toMatchObject([{ interest_minor: 75_000n }]);
    expect(await accrue('2026-04-01')).toMatchObject([{ interest_minor: 75_000n }]);
    expect(await accrue('2026-04-01')).toEqual([]);
    expect(await seen(id)).toMatchObject({ state: 'overdue', interest_minor: 150_000n });
    await expectFault('money.in_future', accrue('2026-04-02'));
    const payment = await pay(10_150_000n, [{ receivable_id: id, amount: 10_000_000n }]);
    await confirm(payment);
    const interest = { receivable_id: id, toward: 'interest' as const, amount_minor: 150_000n };
    await chain.as('seller', (tx) => allocatePayment(tx, payment, [interest]));
    standOn('2026-06-01');
    expect(await accrue('2026-06-01')).toEqual([]);
    expect(await seen(id)).toMatchObject({
      interest_paid_minor: 150_000n,
      clock: { days_late: 30 },
    });
    await expectSound();
  });

  it('shows in the lists, the ageing and the record of the buyer', async () => {
    chain = await openChain();
    const rows = { onTime: await open(), late: await open(), open: await open() };
    standOn('2026-05-01');
    await confirm(await pay(11_300n, [{ receivable_id: rows.onTime, amount: 11_300n }]));
    standOn('2026-05-11');
    await confirm(await pay(11_300n, [{ receivable_id: rows.late, amount: 11_300n }]));
    standOn('2026-06-10');
    const query = receivableQuery.parse({ state: 'overdue' });
    const { items } = await chain.as('seller', (tx) => listReceivables(tx, query));
    expect(items.map(({ id }) => id)).toEqual([rows.open]);
    const span = { buyer_id: chain.parties.buyer.id, from: '2026-01-01', to: '2026-12-31' };
    expect(await chain.as('seller', (tx) => paymentRecords(tx, span))).toMatchObject([
      {
        invoices: 3,
        invoices_on_time: 1,
        on_time_share: '0.3333',
        weighted_days_late: '16.6667',
        worst_days_late: 40,
        late_now_minor: 11_300n,
      },
    ]);
    expect(await chain.as('seller', (tx) => ageing(tx, 'seller'))).toMatchObject([
      { late_31_60_minor: 11_300n, late_1_30_minor: 0n, open_minor: 11_300n },
    ]);
    const accrued = await chain.as('seller', (tx) => accrueInterest(tx, { as_of: tx.today }));
    expect(accrued.map(({ interest_minor }) => interest_minor)).toEqual([57n, 226n]);
    expect(await chain.as('seller', (tx) => accrueInterest(tx, { as_of: tx.today }))).toEqual([]);
    await expectSound();
  });
});

describe('two at once', () => {
  /** Both start together; on one connection they come one after the other, which is also fair. */
  async function oneWins(work: () => Promise<unknown>, loser: string): Promise<void> {
    const results = await Promise.allSettled([work(), work()]);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual([loser]);
  }

  it('have one effect', async () => {
    chain = await openChain();
    const id = await open();
    const payment = await pay(9_000n);
    await oneWins(() => confirm(payment), 'money.payment_state');
    const given = { id: test.store.newId(), receivable_id: id, amount_minor: 2_000n };
    await oneWins(() => chain.as('buyer', (tx) => disputePart(tx, given)), 'money.above_open');
    const { id: entry } = await chain.as('seller', (tx) =>
      postEntry(tx, {
        booked_on: DAY,
        memo: '水电费',
        lines: [
          { account_code: '6602', currency: 'CNY', amount_minor: 1n },
          { account_code: '1002', currency: 'CNY', amount_minor: -1n },
        ],
      }),
    );
    await oneWins(
      () => chain.as('seller', (tx) => reverseEntry(tx, entry, '错')),
      'money.entry_not_reversible',
    );
    await expectSound();
  });

  it('over the same debts wait for each other, not in a ring', async () => {
    const ids = await Promise.all([open(), open(), open(), open()]);
    const payments = await Promise.all(
      [ids, ids.toReversed()].map((order) =>
        pay(
          4_000n,
          order.map((receivable_id) => ({ receivable_id, amount: 1_000n })),
        ),
      ),
    );
    await Promise.all(payments.map(confirm));
    for (const id of ids) expect((await seen(id)).paid_minor).toBe(2_000n);
    await expectSound();
  });
});

describe('an entry by hand', () => {
  const lines = (debit: string, credit: string) => [
    { account_code: debit, currency: 'CNY', amount_minor: 700n },
    { account_code: credit, currency: 'CNY', amount_minor: -700n },
  ];
  const post = (given: ReturnType<typeof lines>) =>
    chain.as('seller', (tx) => postEntry(tx, { booked_on: DAY, memo: '水电费', lines: given }));

  it('balances, on accounts that are open, away from the partners', async () => {
    const [first] = lines('6602', '1002');
    await expectFault('money.unbalanced', post(first ? [first, first] : []));
    await expectFault('money.account_unknown', post(lines('6602', '1002.01')));
    await expectFault('money.account_reserved', post(lines('1122', '6001')));
    const name = { zh: '基本户', en: 'Main bank account' };
    await chain.as('seller', (tx) => openAccount(tx, { code: '1002.01', name }));
    expect((await post(lines('6602', '1002.01'))).lines).toHaveLength(2);
    await expectSound();
  });

  it('is reversed once, by its owner', async () => {
    const { id } = await post(lines('6602', '1002'));
    const before = await balanceOf('seller', '6602');
    await expectFault(
      'money.entry_unknown',
      chain.as('buyer', (tx) => reverseEntry(tx, id, '错')),
    );
    await chain.as('seller', (tx) => reverseEntry(tx, id, '重复'));
    expect(await balanceOf('seller', '6602')).toBe(before - 700n);
    const again = chain.as('seller', (tx) => reverseEntry(tx, id, '重复'));
    await expectFault('money.entry_not_reversible', again);
  });
});
