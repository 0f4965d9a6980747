import { z } from 'zod';
import {
  arrivalsOf,
  type Despatch,
  despatchesOf,
  getOrder,
  type InvoiceRow,
  invoicesOf,
  isHeldToPromise,
  keptPromises,
  type Order,
  type Receipt,
  receiptsOf,
} from '../../flows/commerce/index.ts';
import { getReceivable, type ReceivableDetail } from '../../flows/money/index.ts';
import {
  addDays,
  bilingual,
  businessDate,
  Decimal,
  type Fact,
  fromMinor,
  instant,
  listFactsOf,
  type Tx,
  uuid,
} from '../../kernel/index.ts';

const flow = z.enum(['commerce', 'goods', 'money', 'data']);
const tone = z.enum(['normal', 'late', 'broken']);

/** A fact on its thread, or (faint) a promise ahead of it. */
export const knot = z.object({
  id: z.string(),
  flow,
  at: instant,
  kind: z.enum(['fact', 'promise']),
  tone,
  title: bilingual,
  detail: bilingual.nullable(),
  fact_id: uuid.nullable(),
});
export type Knot = z.output<typeof knot>;

/** An order as its four flows: what happened, what follows from what, and what is promised. */
export const weave = z
  .object({
    now: instant,
    from: businessDate,
    to: businessDate,
    knots: z.array(knot),
    ties: z.array(z.object({ from: z.string(), to: z.string(), tone })),
    spans: z.array(z.object({ flow, from: instant, to: instant, tone: z.literal('late') })),
  })
  .meta({ id: 'Weave' });
export type Weave = z.output<typeof weave>;

type Threads = Pick<Weave, 'knots' | 'ties' | 'spans'>;

type Story = {
  order: Order;
  facts: readonly Fact[];
  despatches: readonly Despatch[];
  receipts: readonly Receipt[];
  invoices: readonly InvoiceRow[];
  receivables: readonly ReceivableDetail[];
  today: string;
};

/** Noon of a business day: where a fact is known by its day alone. */
const noon = (day: string) => `${day}T04:00:00.000Z`;
const money = (minor: bigint, currency: string) => {
  const grouped = fromMinor(minor, currency).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return currency === 'CNY' ? `¥${grouped}` : `${currency} ${grouped}`;
};

const commerceTitles: Record<string, [string, string, Knot['tone']]> = {
  'commerce.order.placed': ['下单', 'Placed', 'normal'],
  'commerce.order.responded': ['逐行答复', 'Answered', 'normal'],
  'commerce.order.counter_answered': ['回复还价', 'Counter answered', 'normal'],
  'commerce.order.changed': ['变更', 'Changed', 'normal'],
  'commerce.order.cancelled': ['取消', 'Cancelled', 'broken'],
  'commerce.invoice.issued': ['开票', 'Invoiced', 'normal'],
  'commerce.credit_note.issued': ['红字发票', 'Credited', 'normal'],
  'commerce.dispute.opened': ['部分争议', 'Disputed in part', 'broken'],
  'commerce.dispute.closed': ['争议了结', 'Dispute closed', 'normal'],
};

function commerceThread({ facts }: Story): Knot[] {
  return facts.flatMap((fact) => {
    const found = commerceTitles[fact.type];
    if (!found) return [];
    const [zh, en, factTone] = found;
    const number = (fact.body.number ?? fact.body.invoice_number) as string | undefined;
    return [
      {
        id: fact.id,
        flow: 'commerce' as const,
        at: fact.occurred_at,
        kind: 'fact' as const,
        tone: factTone,
        title: { zh, en },
        detail: number ? { zh: number, en: number } : null,
        fact_id: fact.id,
      },
    ];
  });
}

function sum(values: readonly string[]): string {
  return values.reduce((all, one) => all.plus(one), new Decimal(0)).toFixed();
}

function despatchKnots({ despatches, facts }: Story): Knot[] {
  return despatches.map((one, at) => {
    const fact = facts.find((candidate) => candidate.body.despatch_id === one.id);
    const sent = sum(one.lines.map((line) => line.quantity));
    const lost = one.state === 'lost';
    return {
      id: `despatch:${one.id}`,
      flow: 'goods' as const,
      at: one.despatched_at,
      kind: 'fact' as const,
      tone: lost ? ('broken' as const) : ('normal' as const),
      title: lost
        ? { zh: `第 ${at + 1} 批丢失`, en: `Shipment ${at + 1} lost` }
        : { zh: `第 ${at + 1} 批发运`, en: `Shipment ${at + 1}` },
      detail: { zh: `${one.number} · ${sent}`, en: `${one.number} · ${sent}` },
      fact_id: fact?.id ?? null,
    };
  });
}

function receiptKnots({ receipts, despatches, facts, order }: Story): Knot[] {
  return receipts.map((one) => {
    const fact = facts.find((candidate) => candidate.body.id === one.id);
    const accepted = sum(one.lines.map((line) => line.accepted));
    const sent = sum(
      despatches.find((sent) => sent.id === one.despatch_id)?.lines.map((line) => line.quantity) ??
        [],
    );
    const whole = new Decimal(accepted).eq(sent);
    const late = one.lines.some((line) => {
      const promise = order.lines.find((each) => each.line_no === line.order_line_no);
      const last = promise?.first_promise?.map((part) => part.on).sort();
      return last !== undefined && line.received_on > (last.at(-1) as string);
    });
    const amount = whole ? accepted : `${accepted} / ${sent}`;
    return {
      id: `receipt:${one.id}`,
      flow: 'goods' as const,
      at: one.received_at,
      kind: 'fact' as const,
      tone: whole ? (late ? ('late' as const) : ('normal' as const)) : ('broken' as const),
      title: { zh: `签收 ${amount}`, en: `Received ${amount}` },
      detail: { zh: one.number, en: one.number },
      fact_id: fact?.id ?? null,
    };
  });
}

/** First promises: kept ones are behind their receipts; late and open ones stand on the thread. */
function promiseKnots({ order, receipts, today }: Story): Threads {
  const knots: Knot[] = [];
  const spans: Weave['spans'] = [];
  const arrivals = arrivalsOf(receipts);
  const parts = order.lines.filter(isHeldToPromise).flatMap((line) => {
    return keptPromises(line.first_promise ?? [], arrivals.get(line.line_no) ?? [], today);
  });
  for (const on of [...new Set(parts.map((part) => part.promised_on))].sort()) {
    const due = parts.filter((part) => part.promised_on === on);
    if (due.every((part) => part.outcome === 'on_time_in_full')) continue;
    const open = due.some((part) => part.full_on === null);
    const late = due.some((part) => part.outcome === 'late' || part.outcome === 'in_part');
    const last = due.map((part) => part.full_on ?? today).sort();
    knots.push({
      id: `promise:${on}`,
      flow: 'goods',
      at: noon(on),
      kind: 'promise',
      tone: late && open ? 'late' : 'normal',
      title: { zh: '首次承诺', en: 'First promise' },
      detail: { zh: on, en: on },
      fact_id: null,
    });
    if (late)
      spans.push({ flow: 'goods', from: noon(on), to: noon(last.at(-1) ?? today), tone: 'late' });
  }
  return { knots, ties: [], spans };
}

function moneyKnots({ receivables, facts, today }: Story): Knot[] {
  return receivables.flatMap((one) => {
    const fact = facts.find((candidate) => candidate.body.invoice_id === one.id);
    const owed: Knot = {
      id: `owed:${one.id}`,
      flow: 'money',
      at: fact?.occurred_at ?? noon(one.issued_on),
      kind: 'fact',
      tone: 'normal',
      title: {
        zh: `应付 ${money(one.total_minor, one.currency)}`,
        en: `Owed ${money(one.total_minor, one.currency)}`,
      },
      detail: { zh: one.number, en: one.number },
      fact_id: fact?.id ?? null,
    };
    const paid = one.allocations
      .filter((part) => part.amount_minor > 0n)
      .map(
        (part): Knot => ({
          id: `paid:${one.id}:${part.payment_id}`,
          flow: 'money',
          at: noon(part.paid_on),
          kind: 'fact',
          tone: part.paid_on > one.clock.due_on ? 'late' : 'normal',
          title: {
            zh: `付款 ${money(part.amount_minor, one.currency)}`,
            en: `Paid ${money(part.amount_minor, one.currency)}`,
          },
          detail: null,
          fact_id: null,
        }),
      );
    if (one.clock.paid) return [owed, ...paid];
    const due: Knot = {
      id: `due:${one.id}`,
      flow: 'money',
      at: noon(one.clock.due_on),
      kind: 'promise',
      tone: one.clock.due_on < today ? 'late' : 'normal',
      title: { zh: '到期', en: 'Due' },
      detail: {
        zh: `${one.clock.due_on} · ${money(one.payable_minor, one.currency)}`,
        en: `${one.clock.due_on} · ${money(one.payable_minor, one.currency)}`,
      },
      fact_id: null,
    };
    return [owed, ...paid, due];
  });
}

function moneySpans({ receivables, today }: Story): Weave['spans'] {
  return receivables
    .filter((one) => !one.clock.paid && one.clock.due_on < today)
    .map((one) => ({
      flow: 'money' as const,
      from: noon(one.clock.due_on),
      to: noon(today),
      tone: 'late' as const,
    }));
}

/** What follows from what: an answer sends shipments, a receipt is billed, an invoice is owed. */
function tiesOf(story: Story, knots: readonly Knot[]): Weave['ties'] {
  const { facts, despatches, receipts, receivables } = story;
  const there = new Set(knots.map((one) => one.id));
  const ties: Weave['ties'] = [];
  const tie = (
    from: string | undefined,
    to: string | undefined,
    tieTone: Knot['tone'] = 'normal',
  ) => {
    if (from && to && there.has(from) && there.has(to)) ties.push({ from, to, tone: tieTone });
  };
  const lastBefore = (types: readonly string[], at: string) =>
    facts.filter((fact) => types.includes(fact.type) && fact.occurred_at <= at).at(-1)?.id;
  const answers = ['commerce.order.responded', 'commerce.order.counter_answered'];
  for (const one of despatches) tie(lastBefore(answers, one.despatched_at), `despatch:${one.id}`);
  for (const fact of facts) {
    if (fact.type === 'commerce.invoice.issued') {
      const before = receipts.filter((one) => one.received_at <= fact.occurred_at).at(-1);
      tie(before && `receipt:${before.id}`, fact.id);
    }
    if (fact.type === 'commerce.dispute.opened') {
      const poor = receipts.find((one) => one.lines.some((line) => line.reason !== null));
      tie(poor && `receipt:${poor.id}`, fact.id, 'broken');
      tie(fact.id, `owed:${String(fact.body.invoice_id)}`, 'broken');
    }
  }
  for (const one of receivables) {
    const invoiced = facts.find(
      (fact) => fact.type === 'commerce.invoice.issued' && fact.body.invoice_id === one.id,
    );
    tie(invoiced?.id, `owed:${one.id}`);
  }
  return ties;
}

/** The documents that came or went for the order, on the thread of data. */
function dataKnots({ facts }: Story): Knot[] {
  return facts
    .filter((fact) => fact.type === 'trade.document.exchanged')
    .map((fact) => ({
      id: fact.id,
      flow: 'data' as const,
      at: fact.occurred_at,
      kind: 'fact' as const,
      tone: 'normal' as const,
      title: { zh: String(fact.body.title_zh), en: String(fact.body.title_en) },
      detail: { zh: String(fact.body.number), en: String(fact.body.number) },
      fact_id: fact.id,
    }));
}

async function storyOf(tx: Tx, id: string): Promise<Story> {
  const order = await getOrder(tx, id);
  const invoices = await invoicesOf(tx, id);
  const receivables = [];
  for (const one of invoices) {
    if (one.kind === 'invoice') receivables.push(await getReceivable(tx, one.id));
  }
  return {
    order,
    facts: await listFactsOf(tx, id),
    despatches: await despatchesOf(tx, id),
    receipts: await receiptsOf(tx, id),
    invoices,
    receivables,
    today: tx.today,
  };
}

/** The weave of one order. @throws commerce.order_unknown */
export async function weaveOrder(tx: Tx, id: string): Promise<Weave> {
  const story = await storyOf(tx, id);
  const promises = promiseKnots(story);
  const knots = [
    ...commerceThread(story),
    ...despatchKnots(story),
    ...receiptKnots(story),
    ...promises.knots,
    ...moneyKnots(story),
    ...dataKnots(story),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  const days = [
    ...knots.map((one) => one.at.slice(0, 10)),
    story.order.requested_on,
    tx.today,
  ].sort();
  const first = days[0] ?? tx.today;
  const last = days.at(-1) ?? tx.today;
  return {
    now: tx.now,
    from: addDays(first, -1),
    to: addDays(last, 3),
    knots,
    ties: tiesOf(story, knots),
    spans: [...promises.spans, ...moneySpans(story)],
  };
}
