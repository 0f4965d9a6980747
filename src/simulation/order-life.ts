import {
  answerCounter,
  getDespatch,
  getInvoice,
  getOrder,
  type LineAnswer,
  type NewOrder,
  type Order,
  placeOrder,
  respondToOrder,
} from '../flows/commerce/index.ts';
import { getReceivable } from '../flows/money/index.ts';
import { addDays, Decimal, dateInZone, lineAmountMinor } from '../kernel/index.ts';
import {
  billBuyer,
  contestInvoice,
  creditBuyer,
  despatchGoods,
  receiveGoods,
  reportLoss,
} from '../services/trade/index.ts';
import type { Lane } from './lane.ts';
import { payBill } from './paying.ts';

/** How two parties behave towards each other; chances are per order. */
export type Manner = {
  counter: number;
  refuse_line: number;
  late: number;
  split: number;
  short: number;
  damage: number;
  overbill: number;
  /** Days around the due day on which the buyer pays; above zero is late. */
  pays: readonly [number, number];
  carriers: readonly string[];
  to_place_id: string | null;
  /** Lots and place that a seller with stock ships from; null where it keeps none. */
  pick: ((product: string, quantity: number, at: Date) => Picked | null) | null;
  /** Whether the shipment that leaves now is the one that never arrives. */
  loses?: () => boolean;
  /** Told when goods of the buyer's arrived. */
  arrived?: (product: string, lot: string, quantity: number, at: Date) => void;
};

export type Picked = { place_id: string; lots: { lot: string; quantity: number }[] };

const hour = 3_600_000;
const dayMs = 24 * hour;
const later = (from: Date, ms: number) => new Date(from.getTime() + ms);

/** A simulated order from its placing on; each step plans the next. */
export function liveOrder(
  lane: Lane,
  seller: string,
  manner: Manner,
  buyer: string,
  input: Omit<NewOrder, 'seller_id'>,
): () => Promise<void> {
  return async () => {
    const order = await lane.as(buyer, (tx) => placeOrder(tx, { ...input, seller_id: seller }));
    const life: Life = { lane, seller, buyer, manner, id: order.id };
    lane.at(later(lane.now(), lane.dice.between(2, 20) * hour), () => respond(life));
  };
}

type Life = { lane: Lane; seller: string; buyer: string; manner: Manner; id: string };

function answerTo(life: Life, order: Order, line_no: number): LineAnswer {
  const { dice } = life.lane;
  const line = order.lines.find((one) => one.line_no === line_no);
  if (order.lines.length > 1 && dice.chance(life.manner.refuse_line)) {
    return { line_no, answer: 'refuse', reason: '本周无货' };
  }
  if (!line || !dice.chance(life.manner.counter)) return { line_no, answer: 'accept' };
  const wished = line.requested[0]?.on ?? order.requested_on;
  const all = Number(line.quantity);
  const part = Math.max(1, Math.floor(all * 0.6));
  if (part >= all) {
    return {
      line_no,
      answer: 'counter',
      schedule: [{ quantity: line.quantity, on: addDays(wished, 2) }],
    };
  }
  return {
    line_no,
    answer: 'counter',
    schedule: [
      { quantity: String(part), on: wished },
      { quantity: String(all - part), on: addDays(wished, dice.between(2, 4)) },
    ],
    reason: '产能紧张，分两批',
  };
}

async function respond(life: Life): Promise<void> {
  const { lane, seller, id } = life;
  const order = await lane.as(seller, async (tx) => {
    const found = await getOrder(tx, id);
    const lines = found.lines.map((line) => answerTo(life, found, line.line_no));
    return respondToOrder(tx, id, { lines });
  });
  if (order.state === 'countered') {
    lane.at(later(lane.now(), lane.dice.between(3, 24) * hour), () => agree(life));
  } else planDespatch(life, order);
}

async function agree(life: Life): Promise<void> {
  const { lane, buyer, id } = life;
  const order = await lane.as(buyer, async (tx) => {
    const found = await getOrder(tx, id);
    const countered = found.lines.filter((line) => line.state === 'countered');
    const lines = countered.map((line) => ({
      line_no: line.line_no,
      agree: lane.dice.chance(0.9),
    }));
    return answerCounter(tx, id, { lines });
  });
  planDespatch(life, order);
}

type Part = { line_no: number; quantity: number };

/** Shipments by promised day; a late one leaves one to five days after it should. */
function planDespatch(life: Life, order: Order): void {
  const { lane, manner } = life;
  const byDay = new Map<string, Part[]>();
  for (const line of order.lines) {
    for (const part of line.promised ?? []) {
      const parts = byDay.get(part.on) ?? [];
      parts.push({ line_no: line.line_no, quantity: Number(part.quantity) });
      byDay.set(part.on, parts);
    }
  }
  for (const [on, parts] of byDay) {
    const delay = lane.dice.chance(manner.late) ? lane.dice.between(1, 5) : 0;
    const due = new Date(`${on}T00:00:00.000Z`);
    const leaves = later(due, (delay - 1) * dayMs + lane.dice.between(0, 8) * hour);
    const earliest = later(lane.now(), 2 * hour);
    const when = new Date(Math.max(leaves.getTime(), earliest.getTime()));
    const halves = lane.dice.chance(manner.split) ? splitOf(parts) : [parts];
    for (const [i, half] of halves.entries()) {
      lane.at(later(when, i * 10 * hour), () => despatch(life, half, i === halves.length - 1));
    }
  }
}

function splitOf(parts: readonly Part[]): Part[][] {
  const first = parts.map((part) => ({ ...part, quantity: Math.floor(part.quantity / 2) }));
  const second = parts.map((part, i) => ({
    ...part,
    quantity: part.quantity - (first[i]?.quantity ?? 0),
  }));
  return [first, second].map((half) => half.filter((part) => part.quantity > 0));
}

function sentLines(life: Life, order: Order, parts: readonly Part[]) {
  const { lane, manner } = life;
  let place: string | null = null;
  const today = dateInZone(lane.now().toISOString(), 'Asia/Shanghai');
  const lines = parts.flatMap(({ line_no, quantity }) => {
    const line = order.lines.find((one) => one.line_no === line_no);
    const picked = line?.product_id ? manner.pick?.(line.product_id, quantity, lane.now()) : null;
    const best_before = addDays(today, 300);
    if (!picked) {
      const lot = `${today.replaceAll('-', '').slice(2)}${lane.dice.between(1, 9)}`;
      return [{ order_line_no: line_no, quantity: String(quantity), lot, best_before }];
    }
    place = picked.place_id;
    return picked.lots.map((one) => ({
      order_line_no: line_no,
      quantity: String(one.quantity),
      lot: one.lot,
    }));
  });
  return { lines, place: place as string | null };
}

async function despatch(life: Life, parts: readonly Part[], last: boolean): Promise<void> {
  const { lane, seller, buyer, id, manner } = life;
  const { dice } = lane;
  const sent = await lane.as(seller, async (tx) => {
    const order = await getOrder(tx, id);
    const { lines, place } = sentLines(life, order, parts);
    if (lines.length === 0) return null;
    return despatchGoods(tx, {
      order_id: id,
      expected_on: addDays(tx.today, 1),
      ...(manner.carriers.length > 0 ? { carrier_id: dice.pick(manner.carriers) } : {}),
      ...(place ? { from_place_id: place } : {}),
      ...(manner.to_place_id ? { to_place_id: manner.to_place_id } : {}),
      lines,
    });
  });
  if (!sent) return;
  if (manner.loses?.()) {
    const reason = '车辆事故，货物灭失';
    lane.at(later(lane.now(), 2 * dayMs), async () => {
      await lane.as(buyer, (tx) => reportLoss(tx, sent.despatch.id, reason));
    });
    return;
  }
  lane.at(later(lane.now(), dice.between(8, 26) * hour), () =>
    receive(life, sent.despatch.id, last),
  );
}

async function receive(life: Life, despatchId: string, last: boolean): Promise<void> {
  const { lane, buyer, manner } = life;
  const { dice } = lane;
  const poor = dice.chance(manner.short) ? 'short' : dice.chance(manner.damage) ? 'damaged' : null;
  const got = await lane.as(buyer, async (tx) => {
    const found = await getDespatch(tx, despatchId);
    return receiveGoods(tx, {
      despatch_id: despatchId,
      lines: found.lines.map((line, at) => {
        const sent = Number(line.quantity);
        const bad = poor && at === 0 ? Math.max(1, Math.round(sent * 0.03)) : 0;
        const accepted = String(sent - bad);
        const despatch_line_no = line.line_no;
        if (bad === 0) return { despatch_line_no, accepted };
        const reason = poor === 'short' ? '清点短少' : '外箱破损化冻';
        return { despatch_line_no, accepted, [poor as 'short']: String(bad), reason };
      }),
    });
  });
  for (const line of got.despatch.lines) {
    if (line.product_id && line.lot) {
      manner.arrived?.(line.product_id, line.lot, Number(line.accepted), lane.now());
    }
  }
  if (last) lane.at(later(lane.now(), dice.between(6, 60) * hour), () => bill(life));
}

async function bill(life: Life): Promise<void> {
  const { lane, seller, buyer, id, manner } = life;
  const over = lane.dice.chance(manner.overbill);
  const invoice = await lane.as(seller, async (tx) => {
    const order = await getOrder(tx, id);
    const lines = order.lines.flatMap((line) => {
      const sent = Number(line.accepted) + Number(line.short) + Number(line.damaged);
      const quantity = (over ? sent : Number(line.accepted)) - Number(line.invoiced);
      return quantity > 0 ? [{ order_line_no: line.line_no, quantity: String(quantity) }] : [];
    });
    if (lines.length === 0) return null;
    return billBuyer(tx, { order_id: id, buyer_id: buyer, lines });
  });
  if (!invoice) return;
  if (invoice.match === 'differs') {
    lane.at(later(lane.now(), lane.dice.between(4, 30) * hour), () => contest(life, invoice.id));
  }
  const due = await lane.as(seller, (tx) => getReceivable(tx, invoice.id));
  const [early, late] = manner.pays;
  const pays = new Date(
    `${addDays(due.clock.due_on, lane.dice.between(early, late))}T03:00:00.000Z`,
  );
  lane.at(later(pays, lane.dice.between(0, 5) * hour), () => payBill(lane, life, invoice.id));
}

async function contest(life: Life, invoiceId: string): Promise<void> {
  const { lane, buyer, seller } = life;
  const line = await lane.as(buyer, async (tx) => {
    const found = await getInvoice(tx, invoiceId);
    const wrong = found.lines.find((one) => one.differences.some((each) => !each.within));
    const off = wrong?.differences.find((each) => each.what === 'quantity');
    if (!wrong || !off) return null;
    const quantity = Number(off.found) - Number(off.expected);
    const net = lineAmountMinor(String(quantity), wrong.price, wrong.price_base_quantity, 'CNY');
    const tax = BigInt(new Decimal(net.toString()).times(wrong.tax_rate).toFixed(0));
    const amount_minor = net + tax;
    // Paid already: what is left is to ask for the money back, which is another story.
    if ((await getReceivable(tx, invoiceId)).payable_minor < amount_minor) return null;
    await contestInvoice(tx, invoiceId, { amount_minor, reason: `${wrong.name} 少收 ${quantity}` });
    return { ...wrong, quantity: String(quantity) };
  });
  if (!line || lane.dice.chance(0.4)) return;
  lane.at(later(lane.now(), lane.dice.between(1, 6) * dayMs), async () => {
    await lane.as(seller, (tx) =>
      creditBuyer(tx, {
        invoice_id: invoiceId,
        reason: '短少冲红',
        lines: [
          {
            name: line.name,
            quantity: line.quantity,
            unit: line.unit,
            price: line.price,
            tax_rate: line.tax_rate,
          },
        ],
      }),
    );
  });
}
