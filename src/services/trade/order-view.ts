import { z } from 'zod';
import {
  arrivalsOf,
  type Despatch,
  despatch,
  despatchesOf,
  getOrder,
  invoiceRow,
  invoicesOf,
  isHeldToPromise,
  keptPromises,
  order,
  type PromiseKept,
  receipt,
  receiptsOf,
} from '../../flows/commerce/index.ts';
import { getReceivable, receivableDetail } from '../../flows/money/index.ts';
import { bilingual, Decimal, type Tx } from '../../kernel/index.ts';

const outcome = z.enum(['on_time_in_full', 'late', 'in_part', 'not_due']);

/** Something about an order that cannot wait, in one sentence. */
export const alert = z.object({ tone: z.enum(['late', 'broken']), text: bilingual });

/**
 * All that one page says of an order: its lines held against the first promise, what was delivered,
 * billed and is owed, and which steps are open to the reader.
 */
export const orderView = z
  .object({
    order,
    promises: z.array(
      z.object({
        line_no: z.int(),
        parts: z.array(
          z.object({
            quantity: z.string(),
            promised_on: z.iso.date(),
            full_on: z.iso.date().nullable(),
            in_time: z.string(),
            outcome,
          }),
        ),
      }),
    ),
    despatches: z.array(despatch),
    receipts: z.array(receipt),
    invoices: z.array(invoiceRow),
    receivables: z.array(receivableDetail),
    alerts: z.array(alert),
    steps: z.array(
      z.enum([
        'respond',
        'answer_counter',
        'change',
        'cancel',
        'despatch',
        'receive',
        'invoice',
        'dispute',
        'credit',
        'pay',
        'return',
      ]),
    ),
  })
  .meta({ id: 'OrderView' });
export type OrderView = z.output<typeof orderView>;
type Step = OrderView['steps'][number];

function sellerSteps(view: Omit<OrderView, 'steps' | 'alerts'>): Step[] {
  const { order: of, invoices, receivables } = view;
  const steps: Step[] = [];
  if (of.lines.some((line) => line.state === 'open')) steps.push('respond');
  const sendable = of.lines.some(
    (line) =>
      line.promised &&
      line.state === 'accepted' &&
      line.promised
        .reduce((all, part) => all.plus(part.quantity), new Decimal(0))
        .gt(line.despatched),
  );
  if (sendable) steps.push('despatch');
  const billable = of.lines.some((line) =>
    new Decimal(line.accepted).minus(line.returned).gt(line.invoiced),
  );
  if (billable) steps.push('invoice');
  if (invoices.length > 0 && receivables.some((one) => one.disputed_minor > 0n)) {
    steps.push('credit');
  }
  return steps;
}

function buyerSteps({ order: of, despatches, receivables }: Omit<OrderView, 'steps' | 'alerts'>) {
  const steps: Step[] = [];
  if (of.state === 'countered') steps.push('answer_counter');
  if (despatches.some((one) => one.state === 'under_way')) steps.push('receive');
  if (receivables.some((one) => one.payable_minor > 0n)) steps.push('pay', 'dispute');
  const untouched = of.lines.some(
    (line) => ['open', 'accepted', 'countered'].includes(line.state) && line.despatched === '0',
  );
  if (untouched && !['delivered', 'closed'].includes(of.state)) steps.push('change');
  if (['placed', 'countered', 'confirmed'].includes(of.state)) steps.push('cancel');
  if (of.lines.some((line) => new Decimal(line.accepted).gt(line.returned))) steps.push('return');
  return steps;
}

function lateAlerts(promises: OrderView['promises']): OrderView['alerts'] {
  const parts = promises.flatMap((one) => one.parts);
  const late = parts.filter((part) => part.outcome === 'late');
  const open = parts.filter((part) => part.outcome === 'in_part');
  const alerts: OrderView['alerts'] = [];
  if (open.length > 0) {
    const on = open.map((part) => part.promised_on).sort()[0];
    alerts.push({
      tone: 'late',
      text: { zh: `首次承诺 ${on} 到货，至今未到齐`, en: `Promised for ${on}, not all here yet` },
    });
  }
  if (late.length > 0) {
    alerts.push({
      tone: 'late',
      text: { zh: `${late.length} 批比首次承诺晚到`, en: `${late.length} part(s) came late` },
    });
  }
  return alerts;
}

function shortAlert({ order: of }: Pick<OrderView, 'order'>): OrderView['alerts'] {
  const poor = of.lines.flatMap((line) => {
    const missing = new Decimal(line.short).plus(line.damaged).plus(line.turned_away);
    return missing.gt(0) ? [{ line, missing }] : [];
  });
  return poor.map(({ line, missing }) => ({
    tone: 'broken' as const,
    text: {
      zh: `${line.name}:${missing.toFixed()} 短少、破损或拒收`,
      en: `${line.name}: ${missing.toFixed()} short, damaged or refused`,
    },
  }));
}

function lostAlerts(despatches: readonly Despatch[]): OrderView['alerts'] {
  return despatches
    .filter((one) => one.state === 'lost')
    .map((one) => ({
      tone: 'broken' as const,
      text: { zh: `发运 ${one.number} 丢失`, en: `Despatch ${one.number} was lost` },
    }));
}

/** One order with everything around it. @throws commerce.order_unknown */
export async function viewOrder(tx: Tx, id: string): Promise<OrderView> {
  const found = await getOrder(tx, id);
  const receipts = await receiptsOf(tx, id);
  const invoices = await invoicesOf(tx, id);
  const arrivals = arrivalsOf(receipts);
  const promises = found.lines.flatMap((line) => {
    if (!line.first_promise || !isHeldToPromise(line)) return [];
    const parts: PromiseKept[] = keptPromises(
      line.first_promise,
      arrivals.get(line.line_no) ?? [],
      tx.today,
    );
    return [{ line_no: line.line_no, parts }];
  });
  const receivables = [];
  for (const one of invoices) {
    if (one.kind === 'invoice') receivables.push(await getReceivable(tx, one.id));
  }
  const despatches = await despatchesOf(tx, id);
  const view = { order: found, promises, despatches, receipts, invoices, receivables };
  const me = tx.actor.party;
  const steps =
    me === found.seller.id ? sellerSteps(view) : me === found.buyer.id ? buyerSteps(view) : [];
  const live = !['cancelled', 'refused'].includes(found.state);
  const alerts = live
    ? [...lateAlerts(promises), ...lostAlerts(despatches), ...shortAlert(view)]
    : [];
  return { ...view, steps, alerts };
}
