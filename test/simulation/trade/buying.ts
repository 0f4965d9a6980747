import { type Command, command, type Reply, type View } from '../part.ts';

type Order = Reply<'order.get'>;
type State = Order['state'];

/** An order of the actor's in one of these states, whole. */
export async function orderIn(
  view: View,
  side: 'buying' | 'selling',
  states: readonly State[],
): Promise<Order | null> {
  const query = { side, state: view.dice.pick(states), limit: 6 } as const;
  const row = view.pick((await view.read('order.list', { query })).items);
  return row ? view.read('order.get', { params: { id: row.id } }) : null;
}

async function ownPlace(view: View): Promise<string | undefined> {
  const { items } = await view.read('place.list', { query: { limit: 20 } });
  return items.find((place) => place.owner_id === view.me)?.id;
}

const place: Command = command({
  name: 'order.place',
  duty: 'buy',
  weight: 6,
  async choose(view) {
    const { items } = await view.read('agreement.list', { query: { limit: 10 } });
    const agreement = view.pick(items.filter((one) => one.buyer_id === view.me));
    if (!agreement) return null;
    const query = { owner_id: agreement.seller_id, limit: 10 };
    const products = (await view.read('product.list', { query })).items;
    const place_id = view.dice.chance(0.8) ? await ownPlace(view) : undefined;
    const lines = products
      .filter(() => view.dice.chance(0.7))
      .map(({ id }) => ({
        product_id: id,
        quantity: String(view.dice.between(1, 6)),
        unit: 'CT',
      }));
    if (lines.length === 0) return null;
    return {
      body: {
        seller_id: agreement.seller_id,
        requested_on: view.day(view.dice.between(-1, 9)),
        ...(place_id ? { place_id } : {}),
        lines,
      },
    };
  },
});

const answerCounter: Command = command({
  name: 'order.answer_counter',
  duty: 'buy',
  weight: 3,
  async choose(view) {
    const order = await orderIn(view, 'buying', ['countered']);
    const open = order?.lines.filter((line) => line.state === 'countered') ?? [];
    if (!order || open.length === 0) return null;
    const lines = open.map(({ line_no }) => ({ line_no, agree: view.dice.chance(0.7) }));
    return { params: { id: order.id }, body: { lines } };
  },
});

const change: Command = command({
  name: 'order.change',
  duty: 'buy',
  weight: 2,
  async choose(view) {
    const order = await orderIn(view, 'buying', ['placed', 'confirmed', 'delivering']);
    const line = order && view.pick(order.lines);
    if (!order || !line) return null;
    const quantity = String(view.dice.between(1, 8));
    const one = view.dice.chance(0.2)
      ? ({ change: 'cancel', line_no: line.line_no } as const)
      : ({ change: 'alter', line_no: line.line_no, quantity } as const);
    return { params: { id: order.id }, body: { reason: '改量', lines: [one] } };
  },
});

const cancel: Command = command({
  name: 'order.cancel',
  duty: 'buy',
  weight: 1,
  async choose(view) {
    const order = await orderIn(view, 'buying', ['placed', 'countered', 'confirmed']);
    return order && { params: { id: order.id }, body: { reason: '不要了' } };
  },
});

/** Parts of a quantity: what came, what did not, what is broken, what was turned away. */
function outcome(view: View, quantity: number) {
  const off = view.dice.chance(0.3) ? view.dice.between(0, Math.floor(quantity)) : 0;
  const how = view.dice.pick(['short', 'damaged', 'turned_away'] as const);
  const accepted = String(Number((quantity - off).toFixed(4)));
  return off === 0 ? { accepted } : { accepted, [how]: String(off), reason: '与单不符' };
}

const receive: Command = command({
  name: 'receipt.record',
  duty: 'buy',
  weight: 6,
  async choose(view) {
    const query = { side: 'receiving', state: 'under_way', limit: 6 } as const;
    const row = view.pick((await view.read('despatch.list', { query })).items);
    if (!row) return null;
    const despatch = await view.read('despatch.get', { params: { id: row.id } });
    const lines = despatch.lines.map((line) => ({
      despatch_line_no: line.line_no,
      ...outcome(view, Number(line.quantity)),
    }));
    return { body: { despatch_id: despatch.id, lines } };
  },
});

const sendBack: Command = command({
  name: 'return.send',
  duty: 'buy',
  weight: 2,
  async choose(view) {
    const order = await orderIn(view, 'buying', ['delivering', 'delivered', 'closed']);
    const line = order && view.pick(order.lines.filter((one) => Number(one.accepted) > 0));
    if (!order || !line) return null;
    const quantity = String(view.dice.between(1, Number(line.accepted) + 1));
    const one = { order_line_no: line.line_no, quantity };
    const lot = view.dice.pick(['L1', 'L2', null]);
    const lines = [lot ? { ...one, lot } : one];
    return { body: { order_id: order.id, reason: '包装破损', lines } };
  },
});

const contest: Command = command({
  name: 'dispute.open',
  duty: 'buy',
  weight: 2,
  async choose(view) {
    const query = { side: 'buyer', limit: 6 } as const;
    const row = view.pick((await view.read('receivable.list', { query })).items);
    if (!row) return null;
    const most = Number(row.payable_minor);
    const amount_minor = String(view.dice.between(1, Math.max(1, Math.ceil(most * 1.1))));
    return { params: { id: row.id }, body: { amount_minor, reason: '短少' } };
  },
});

const withdraw: Command = command({
  name: 'dispute.withdraw',
  duty: 'buy',
  weight: 1,
  async choose(view) {
    const query = { side: 'buyer', state: 'disputed', limit: 6 } as const;
    const row = view.pick((await view.read('receivable.list', { query })).items);
    if (!row) return null;
    const { disputes } = await view.read('receivable.get', { params: { id: row.id } });
    const dispute = view.pick(disputes);
    return dispute ? { params: { id: dispute.id } } : null;
  },
});

const accept: Command = command({
  name: 'receivable.accept',
  duty: 'buy',
  weight: 4,
  async choose(view) {
    const query = { side: 'buyer', state: 'open', limit: 30 } as const;
    const { items } = await view.read('receivable.list', { query });
    let row = view.pick(items);
    // Few deliveries wait for an inspection; of any other this is asked in vain.
    for (const one of items) {
      const { inspection_due_on, accepted_on } = await view.read('receivable.get', {
        params: { id: one.id },
      });
      if (inspection_due_on === null || accepted_on !== null) continue;
      row = one;
      break;
    }
    const accepted_on = view.day(-view.dice.between(0, 3));
    return row ? { params: { id: row.id }, body: { accepted_on } } : null;
  },
});

const write: Command = command({
  name: 'message.write',
  duty: 'buy',
  weight: 1,
  async choose(view) {
    const { items } = await view.read('order.list', { query: { side: 'buying', limit: 6 } });
    const order = view.pick(items);
    return order ? { params: { id: order.id }, body: { text: '请尽快' } } : null;
  },
});

export const buying: readonly Command[] = [
  place,
  answerCounter,
  change,
  cancel,
  receive,
  sendBack,
  contest,
  withdraw,
  accept,
  write,
];
