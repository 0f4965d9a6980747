import { type Command, command, type View } from '../part.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function owed(view: View) {
  const query = { side: 'buyer', limit: 6 } as const;
  const { items } = await view.read('receivable.list', { query });
  return view.pick(items.filter((one) => Number(one.open_minor) > 0)) ?? view.pick(items);
}

/** Mostly what is owed, sometimes less, sometimes more. */
function amountNear(view: View, most: number): string {
  const share = view.dice.pick([1, 1, 1, 0.5, 1.2]);
  return String(Math.max(1, Math.round(most * share)));
}

const record: Command = command({
  name: 'payment.record',
  duty: 'pay',
  weight: 6,
  async choose(view) {
    const row = await owed(view);
    if (!row) return null;
    const amount_minor = amountNear(view, Number(row.payable_minor));
    const remittance = view.dice.chance(0.6)
      ? [{ receivable_id: row.id, amount_minor: amountNear(view, Number(amount_minor)) }]
      : [];
    return {
      body: {
        payer_id: view.me,
        payee_id: row.seller.id,
        currency: 'CNY',
        amount_minor,
        paid_on: view.day(0),
        ...(view.dice.chance(0.5) ? { reference: `T-${view.dice.between(1, 40)}` } : {}),
        remittance,
      },
    };
  },
});

async function incoming(view: View) {
  const query = { side: 'payee', state: 'recorded', limit: 6 } as const;
  return view.pick((await view.read('payment.list', { query })).items);
}

/** Where a payment may go: to what its payer owes, in amounts that now and then are too large. */
async function allocationsFor(view: View, payer_id: string, left: number) {
  const query = { side: 'seller', counterparty_id: payer_id, limit: 6 } as const;
  const { items } = await view.read('receivable.list', { query });
  const row = view.pick(items);
  if (!row) return [];
  const most = Math.min(left, Number(row.payable_minor));
  const amount_minor = amountNear(view, most);
  const twice = view.dice.chance(0.1);
  const one = { receivable_id: row.id, amount_minor };
  return twice ? [one, one] : [one];
}

const confirm: Command = command({
  name: 'payment.confirm',
  duty: 'collect',
  weight: 5,
  async choose(view) {
    const payment = await incoming(view);
    if (!payment) return null;
    const allocations = view.dice.chance(0.4)
      ? await allocationsFor(view, payment.payer.id, Number(payment.amount_minor))
      : [];
    return { params: { id: payment.id }, body: { allocations } };
  },
});

const refuse: Command = command({
  name: 'payment.refuse',
  duty: 'collect',
  weight: 1,
  async choose(view) {
    const payment = await incoming(view);
    return payment ? { params: { id: payment.id }, body: { reason: '未到账' } } : null;
  },
});

const allocate: Command = command({
  name: 'payment.allocate',
  duty: 'collect',
  weight: 3,
  async choose(view) {
    const query = { side: 'payee', state: 'confirmed', limit: 20 } as const;
    const { items } = await view.read('payment.list', { query });
    const leftOf = (one: (typeof items)[number]) =>
      Number(one.amount_minor) - Number(one.allocated_minor);
    const open = items.filter((one) => leftOf(one) > 0);
    const payment = view.pick(view.dice.chance(0.9) ? open : items);
    if (!payment) return null;
    const left = leftOf(payment);
    const allocations = await allocationsFor(view, payment.payer.id, left);
    return allocations.length > 0 ? { params: { id: payment.id }, body: { allocations } } : null;
  },
});

const accrue: Command = command({
  name: 'receivable.accrue',
  duty: 'collect',
  weight: 1,
  choose: async (view) => ({ body: { as_of: view.day(view.dice.pick([0, 0, -1])) } }),
});

/** The bank's own words: what came from whom, some of it known, some of it new. */
const statement: Command = command({
  name: 'statement.import',
  duty: 'bank',
  weight: 2,
  async choose(view) {
    const query = { side: 'seller', state: 'open', limit: 6 } as const;
    const row = view.pick((await view.read('receivable.list', { query })).items);
    const name = row?.buyer.name.zh ?? '银行';
    const amount = (Number(row?.payable_minor ?? 100) / 100).toFixed(2);
    const lines = [
      '交易日期,借方发生额,贷方发生额,对方户名,摘要,交易流水号',
      `${view.day(0)},,${amount},${name},${row?.number ?? '利息'},B-${view.dice.between(1, 999)}`,
      `${view.day(0)},${view.dice.between(1, 9)}.00,,银行,手续费,B-${view.dice.between(1_000, 9_999)}`,
    ];
    return {
      query: { currency: 'CNY' },
      bytes: bytesOf(`${lines.join('\n')}\n`),
      headers: { 'content-type': 'text/csv' },
    };
  },
});

const acceptLine: Command = command({
  name: 'statement_line.accept',
  duty: 'bank',
  weight: 5,
  async choose(view) {
    const { items } = await view.read('statement_line.match', { query: { limit: 10 } });
    const found = view.pick(items.filter((one) => one.counterparty || one.payment_id));
    if (!found) return null;
    const { line, payment_id, counterparty } = found;
    const allocations = found.allocations.map(({ receivable_id, amount_minor }) => ({
      receivable_id,
      amount_minor,
    }));
    const body = payment_id
      ? { payment_id }
      : { counterparty_id: counterparty?.id ?? '', allocations };
    return { params: { id: line.id }, body };
  },
});

const setAside: Command = command({
  name: 'statement_line.set_aside',
  duty: 'bank',
  weight: 1,
  async choose(view) {
    const { items } = await view.read('statement_line.list', { query: { limit: 10 } });
    const line = view.pick(items.filter((one) => !one.payment_id && !one.set_aside));
    return line ? { params: { id: line.id } } : null;
  },
});

const post: Command = command({
  name: 'entry.post',
  duty: 'ledger',
  weight: 2,
  async choose(view) {
    const amount = view.dice.between(1, 9_999);
    const off = view.dice.chance(0.1) ? 1 : 0;
    const line = (account_code: string, minor: number) => ({
      account_code,
      currency: 'CNY',
      amount_minor: String(minor),
    });
    return {
      body: {
        booked_on: view.day(0),
        memo: '投入资本',
        lines: [line('1002', amount), line('4001', -amount - off)],
      },
    };
  },
});

const reverse: Command = command({
  name: 'entry.reverse',
  duty: 'ledger',
  weight: 2,
  async choose(view) {
    const { items } = await view.read('entry.list', { query: { limit: 10 } });
    const entry = view.pick(items);
    return entry ? { params: { id: entry.id }, body: { reason: '记错' } } : null;
  },
});

export const paying: readonly Command[] = [
  record,
  confirm,
  refuse,
  allocate,
  accrue,
  statement,
  acceptLine,
  setAside,
  post,
  reverse,
];
