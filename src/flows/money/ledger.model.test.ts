import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Fault, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { lesser } from './amounts.ts';
import {
  accrueInterest,
  applyCreditNote,
  confirmPayment,
  disputePart,
  getReceivable,
  listBalances,
  money,
  openReceivable,
  reconcile,
  recordPayment,
  settleDispute,
} from './index.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore([money]);
});
afterAll(() => test.close());

const NAMES = ['mill', 'kitchen', 'shop'] as const;
type Name = (typeof NAMES)[number];

/** What a debt should be, kept by hand beside the tables. */
type Debt = {
  id: string;
  seller: Name;
  buyer: Name;
  total: bigint;
  paid: bigint;
  credited: bigint;
  disputes: { id: string; amount: bigint }[];
};

type Payment = { id: string; payee: Name; debt: Debt; amount: bigint };

type Step =
  | { do: 'open'; seller: number; buyer: number; net: bigint; tax: bigint }
  | { do: 'pay' | 'credit' | 'dispute'; debt: number; amount: bigint }
  | { do: 'confirm'; payment: number }
  | { do: 'withdraw'; debt: number }
  | { do: 'wait'; days: number };

// Few amounts, large beside the debts: they meet each other's limits often.
const amount = fc.constantFrom(1n, 100n, 400n, 600n, 900n);
const opening: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('open' as const),
  seller: fc.nat(2),
  buyer: fc.nat(2),
  net: amount,
  tax: fc.constantFrom(0n, 100n),
});
const movement: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('pay' as const, 'credit', 'dispute'),
  debt: fc.nat(3),
  amount,
});
const waiting: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('wait' as const),
  days: fc.integer({ min: 1, max: 50 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: opening },
  { weight: 4, arbitrary: movement },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('confirm' as const), payment: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), debt: fc.nat(3) }) },
  { weight: 1, arbitrary: waiting },
);

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);
const openOf = ({ total, paid, credited }: Debt) => total - paid - credited;
const contestedIn = ({ disputes }: Debt) => sumOf(disputes.map((dispute) => dispute.amount));

type As = <T>(name: Name, work: (tx: Tx) => Promise<T>) => Promise<T>;
type World = { as: As; ids: Record<Name, string>; debts: Debt[]; payments: Payment[] };

/** Whether the command was taken; a fault is a refusal, anything else is a bug. */
async function taken(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

async function open(world: World, given: Step & { do: 'open' }): Promise<void> {
  const [seller, buyer] = [NAMES[given.seller], NAMES[given.buyer]];
  if (!seller || !buyer) return;
  const id = test.store.newId();
  const isTaken = await taken(
    world.as(seller, (tx) =>
      openReceivable(tx, {
        invoice_id: id,
        number: id,
        seller_id: world.ids[seller],
        buyer_id: world.ids[buyer],
        currency: 'CNY',
        net_minor: given.net,
        tax_minor: given.tax,
        issued_on: tx.today,
        buyer_kind: 'large',
        seller_size: 'small',
        delivered_on: tx.today,
        term_days: 10,
      }),
    ),
  );
  expect(isTaken).toBe(seller !== buyer);
  const total = given.net + given.tax;
  if (isTaken) world.debts.push({ id, seller, buyer, total, paid: 0n, credited: 0n, disputes: [] });
}

async function pay(world: World, debt: Debt, amount: bigint): Promise<void> {
  const id = await world.as(debt.buyer, (tx) =>
    recordPayment(tx, {
      payer_id: world.ids[debt.buyer],
      payee_id: world.ids[debt.seller],
      currency: 'CNY',
      amount_minor: amount,
      paid_on: tx.today,
      reference: null,
      remittance: [{ receivable_id: debt.id, toward: 'principal', amount_minor: amount }],
    }),
  );
  world.payments.push({ id, payee: debt.seller, debt, amount });
}

async function confirm(world: World, payment: Payment): Promise<void> {
  await world.as(payment.payee, (tx) => confirmPayment(tx, payment.id, []));
  world.payments.splice(world.payments.indexOf(payment), 1);
  const payable = openOf(payment.debt) - contestedIn(payment.debt);
  payment.debt.paid += lesser(payment.amount, payable);
}

async function credit(world: World, debt: Debt, amount: bigint): Promise<void> {
  const isTaken = await taken(
    world.as(debt.seller, (tx) =>
      applyCreditNote(tx, {
        credit_note_id: tx.newId(),
        receivable_id: debt.id,
        number: 'C',
        net_minor: amount,
        tax_minor: 0n,
        credited_on: tx.today,
      }),
    ),
  );
  expect(isTaken).toBe(amount <= openOf(debt) + debt.paid);
  if (!isTaken) return;
  // What was paid already and is credited now is the payer's advance again.
  const excess = amount - openOf(debt);
  if (excess > 0n) debt.paid -= excess;
  if (amount > openOf(debt) - contestedIn(debt)) debt.disputes = [];
  debt.credited += amount;
}

async function dispute(world: World, debt: Debt, amount: bigint): Promise<void> {
  const id = test.store.newId();
  const given = { id, receivable_id: debt.id, amount_minor: amount };
  const isTaken = await taken(world.as(debt.buyer, (tx) => disputePart(tx, given)));
  expect(isTaken).toBe(amount <= openOf(debt) - contestedIn(debt));
  if (isTaken) debt.disputes.push({ id, amount });
}

async function take(world: World, given: Step): Promise<void> {
  if (given.do === 'open') return open(world, given);
  if (given.do === 'wait') {
    test.clock.set(new Date(test.clock.now().getTime() + given.days * 86_400_000));
    for (const name of NAMES) {
      await world.as(name, (tx) => accrueInterest(tx, { as_of: tx.today }));
    }
    return;
  }
  if (given.do === 'confirm') {
    const payment = world.payments[given.payment % Math.max(1, world.payments.length)];
    return payment && confirm(world, payment);
  }
  const debt = world.debts[given.debt % Math.max(1, world.debts.length)];
  if (!debt) return;
  if (given.do === 'withdraw') {
    const id = debt.disputes.shift()?.id;
    if (!id) return;
    await world.as(debt.buyer, (tx) => settleDispute(tx, { id, outcome: 'withdrawn' }));
    return;
  }
  return { pay, credit, dispute }[given.do](world, debt, given.amount);
}

async function check(world: World): Promise<void> {
  for (const debt of world.debts) {
    const seen = await world.as(debt.buyer, (tx) => getReceivable(tx, debt.id));
    expect(seen.open_minor).toBe(openOf(debt));
    expect(seen.disputed_minor).toBe(contestedIn(debt));
    expect(seen.paid_minor).toBe(debt.paid);
    expect(seen.interest_minor >= 0n).toBe(true);
  }
  const owed = { '1122': 0n, '2202': 0n, '1123': 0n, '2203': 0n, '1132': 0n, '2231': 0n };
  for (const name of NAMES) {
    expect(await world.as(name, reconcile)).toEqual([]);
    const { items } = await world.as(name, (tx) => listBalances(tx, { limit: 200 }));
    expect(sumOf(items.map(({ balance_minor }) => balance_minor))).toBe(0n);
    for (const { account_code, balance_minor } of items) {
      if (account_code in owed) owed[account_code as keyof typeof owed] += balance_minor;
    }
  }
  expect(owed['1122']).toBe(sumOf(world.debts.map(openOf)));
  expect(owed['1122'] + owed['2202']).toBe(0n);
  expect(owed['1123'] + owed['2203']).toBe(0n);
  expect(owed['1132'] + owed['2231']).toBe(0n);
}

it('holds its laws whatever three firms do to each other', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const roles = { mill: 'supplier', kitchen: 'core', shop: 'shop' } as const;
      const { as, parties } = await openTestChain(test.store, roles);
      const ids = { mill: parties.mill.id, kitchen: parties.kitchen.id, shop: parties.shop.id };
      const world: World = { as, ids, debts: [], payments: [] };
      const first: Step = { do: 'open', seller: 0, buyer: 1, net: 1_000n, tax: 130n };
      for (const given of [first, ...steps]) await take(world, given);
      await check(world);
    }),
    { numRuns: 60 },
  );
});
