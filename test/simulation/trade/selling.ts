import { type Command, command, type Reply, type View } from '../part.ts';
import { orderIn } from './buying.ts';

type Line = Reply<'order.get'>['lines'][number];

function answerTo(view: View, { line_no, quantity, price }: Line) {
  const thrown = view.dice.fraction();
  if (thrown < 0.7) return { line_no, answer: 'accept' } as const;
  if (thrown < 0.8) return { line_no, answer: 'refuse', reason: '无货' } as const;
  const less = String(view.dice.between(1, Math.max(1, Math.ceil(Number(quantity)))));
  const schedule = [{ quantity: less, on: view.day(view.dice.between(1, 12)) }];
  const lower = view.dice.chance(0.3) ? { price: String(Number(price) - 1) } : {};
  return { line_no, answer: 'counter', schedule, ...lower, reason: '库存不足' } as const;
}

const respond: Command = command({
  name: 'order.respond',
  duty: 'sell',
  weight: 6,
  async choose(view) {
    const order = await orderIn(view, 'selling', ['placed', 'placed', 'countered', 'confirmed']);
    if (!order) return null;
    const open = order.lines.filter((line) => line.state === 'open');
    // Now and then an answer to what is answered already: it is refused, or a new counter-offer.
    const answered = open.length > 0 || view.dice.chance(0.9) ? open : order.lines;
    const lines = answered.map((line) => answerTo(view, line));
    return lines.length > 0 ? { params: { id: order.id }, body: { lines } } : null;
  },
});

/** What may leave of a line, and now and then more than that. */
function sending(view: View, line: Line): number {
  const promised = (line.promised ?? []).reduce((sum, item) => sum + Number(item.quantity), 0);
  const left = promised - Number(line.despatched);
  if (left <= 0) return view.dice.chance(0.1) ? 1 : 0;
  return view.dice.chance(0.6) ? left : view.dice.between(1, Math.ceil(left) + 1);
}

const despatch: Command = command({
  name: 'despatch.send',
  duty: 'sell',
  weight: 8,
  async choose(view) {
    const order = await orderIn(view, 'selling', ['confirmed', 'confirmed', 'delivering']);
    if (!order) return null;
    const { items } = await view.read('stock.list', {
      query: { owner_id: view.me, disposition: 'sellable_accessible', limit: 50 },
    });
    const lines = order.lines.flatMap((line) => {
      const quantity = sending(view, line);
      const shelf = view.pick(items.filter((row) => row.product_id === line.product_id));
      if (quantity <= 0 || !shelf) return [];
      const { lot, place_id } = shelf;
      return [{ place_id, line: { order_line_no: line.line_no, quantity: String(quantity), lot } }];
    });
    const from = lines[0]?.place_id;
    if (!from) return null;
    return {
      body: {
        order_id: order.id,
        from_place_id: from,
        expected_on: view.day(view.dice.between(0, 5)),
        lines: lines.filter((one) => one.place_id === from).map(({ line }) => line),
      },
    };
  },
});

const lose: Command = command({
  name: 'despatch.lose',
  duty: 'sell',
  weight: 1,
  async choose(view) {
    const query = { side: 'sending', state: 'under_way', limit: 6 } as const;
    const row = view.pick((await view.read('despatch.list', { query })).items);
    return row ? { params: { id: row.id }, body: { reason: '翻车' } } : null;
  },
});

const bill: Command = command({
  name: 'invoice.issue',
  duty: 'sell',
  weight: 6,
  async choose(view) {
    const order = await orderIn(view, 'selling', ['delivered', 'delivered', 'delivering']);
    if (!order) return null;
    // Some bill with the goods: then the buyer's acceptance comes behind the invoice.
    const isAhead = order.state === 'delivering' && view.dice.chance(0.5);
    const lines = order.lines.flatMap((line) => {
      const left = Number(isAhead ? line.despatched : line.accepted) - Number(line.invoiced);
      const more = view.dice.chance(0.1) ? 1 : 0;
      if (left + more <= 0) return [];
      return [{ order_line_no: line.line_no, quantity: String(left + more) }];
    });
    if (lines.length === 0) return null;
    return { body: { buyer_id: order.buyer.id, order_id: order.id, lines } };
  },
});

const credit: Command = command({
  name: 'credit_note.issue',
  duty: 'sell',
  weight: 2,
  async choose(view) {
    const query = { side: 'selling', kind: 'invoice', limit: 6 } as const;
    const row = view.pick((await view.read('invoice.list', { query })).items);
    if (!row) return null;
    const { lines, id } = await view.read('invoice.get', { params: { id: row.id } });
    const line = view.pick(lines);
    if (!line || line.order_line_no === null) return null;
    const quantity = String(view.dice.between(1, Math.ceil(Number(line.quantity)) + 1));
    const one = { order_line_no: line.order_line_no, quantity, price: line.price };
    return { body: { invoice_id: id, reason: '短少冲红', lines: [one] } };
  },
});

const count: Command = command({
  name: 'stock.count',
  duty: 'sell',
  weight: 2,
  async choose(view) {
    const query = { owner_id: view.me, limit: 50 };
    const row = view.pick((await view.read('stock.list', { query })).items);
    if (!row) return null;
    const { place_id, product_id, product_name, lot, unit, disposition } = row;
    const counted = String(view.dice.between(0, 400));
    const line = { product_id, product_name, lot, unit, disposition, counted };
    return { body: { place_id, reason: '盘点', lines: [line] } };
  },
});

/** Something of the actor's is made of what lies at one place: at times of more than there is. */
const make: Command = command({
  name: 'production.record',
  duty: 'sell',
  weight: 2,
  async choose(view) {
    const { items } = await view.read('stock.list', { query: { owner_id: view.me, limit: 50 } });
    const row = view.pick(items.filter(({ quantity }) => !quantity.startsWith('-')));
    const query = { owner_id: view.me, limit: 20 } as const;
    const product = view.pick((await view.read('product.list', { query })).items);
    if (!row || !product) return null;
    const { place_id, product_id, lot, unit } = row;
    const used = [{ product_id, lot, unit, quantity: String(view.dice.between(1, 60)) }];
    const made = { product_id: product.id, lot: view.dice.pick(['L1', 'L2', 'P1', 'P2']) };
    const quantity = String(view.dice.between(1, 60));
    const then = view.dice.chance(0.3) ? { made_at: view.instant(-view.dice.between(1, 600)) } : {};
    return { body: { place_id, used, made: [{ ...made, quantity }], ...then } };
  },
});

/** It was not made after all, or otherwise: also where some has left, or has been counted. */
const unmake: Command = command({
  name: 'production.withdraw',
  duty: 'sell',
  weight: 1,
  async choose(view) {
    const query = { biz_step: 'creating_class_instance', limit: 20 } as const;
    const events = (await view.read('event.list', { query })).items;
    const own = view.pick(events.filter(({ capturer_id }) => capturer_id === view.me));
    const recorded = own && (await view.find('production.get', { params: { id: own.id } }));
    if (!recorded) return null;
    const params = { id: recorded.event_id };
    if (view.dice.chance(0.4)) return { params, body: { reason: '没有生产' } };
    const quantity = () => String(view.dice.between(1, 60));
    const used = recorded.used.map(({ product_id, lot, unit }) => ({
      ...{ product_id, lot, unit, quantity: quantity() },
    }));
    const made = recorded.made.map(({ product_id, lot }) => ({
      ...{ product_id, lot, quantity: quantity() },
    }));
    return { params, body: { reason: '记错', instead: { used, made } } };
  },
});

export const selling: readonly Command[] = [
  ...[respond, despatch, lose, bill, credit, count],
  ...[make, unmake],
];
