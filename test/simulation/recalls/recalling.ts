import { type Actor, type Command, command, type View } from '../part.ts';

type Lot = { product_id: string; lot: string };

/** A lot that has left: there is somebody who can be told. */
async function despatched(view: View): Promise<Lot | undefined> {
  const query = { side: 'sending', limit: 10 } as const;
  const row = view.pick((await view.read('despatch.list', { query })).items);
  if (!row) return undefined;
  const { lines } = await view.read('despatch.get', { params: { id: row.id } });
  const named = lines.flatMap(({ product_id, lot }) =>
    product_id && lot ? [{ product_id, lot }] : [],
  );
  return view.pick(named);
}

async function inStock(view: View): Promise<Lot | undefined> {
  const { items } = await view.read('stock.list', {
    query: { owner_id: view.me, limit: 50 },
  });
  return view.pick(items.filter(({ lot }) => lot !== ''));
}

/** A lot of what the actor sells, as events name it. */
async function lotIn(view: View): Promise<string | undefined> {
  const found = view.dice.chance(0.7) ? await despatched(view) : await inStock(view);
  if (!found) return undefined;
  const products = await view.read('product.list', { query: { limit: 50 } });
  const product = products.items.find(({ id }) => id === found.product_id);
  const lot = encodeURIComponent(found.lot);
  return product?.gtin
    ? `https://id.gs1.org/01/${product.gtin}/10/${lot}`
    : `urn:uuid:${found.product_id}?lot=${lot}`;
}

const open: Command = command({
  name: 'recall.open',
  duty: 'recall',
  weight: 1,
  async choose(view) {
    const item = await lotIn(view);
    if (item === undefined) return null;
    // Now and then a number that is taken, or a danger that is known of tomorrow.
    const number = `ZH-${view.dice.between(1, 400)}`;
    const known_at = `${view.day(view.dice.chance(0.9) ? -1 : 1)}T00:00:00.000Z`;
    const grade = view.dice.pick([1, 2, 3] as const);
    const suspicion = { items: [{ item }] };
    return { body: { number, title: '抽检不合格', hazard: '异物', grade, known_at, suspicion } };
  },
});

async function openRecall(view: View) {
  const { items } = await view.read('recall.list', { query: { state: 'open', limit: 20 } });
  return view.pick(items);
}

const send: Command = command({
  name: 'recall.send',
  duty: 'recall',
  weight: 2,
  async choose(view) {
    const recall = await openRecall(view);
    if (!recall) return null;
    const body = view.dice.chance(0.5) ? { told_by: '电话' } : { note: '请下架' };
    return { params: { id: recall.id }, body };
  },
});

const hold: Command = command({
  name: 'recall.hold',
  duty: 'recall',
  weight: 1,
  async choose(view) {
    const recall = await openRecall(view);
    return recall ? { params: { id: recall.id } } : null;
  },
});

const close: Command = command({
  name: 'recall.close',
  duty: 'recall',
  weight: 1,
  async choose(view) {
    const recall = await openRecall(view);
    return recall ? { params: { id: recall.id }, body: { outcome: '已处理' } } : null;
  },
});

async function noticeTo(view: View) {
  const query = { side: 'received', limit: 20 } as const;
  const { items } = await view.read('recall_notice.list', { query });
  const open = items.filter(({ state }) => state !== 'closed');
  return view.pick(view.dice.chance(0.95) ? open : items);
}

const acknowledge: Command = command({
  name: 'recall_notice.acknowledge',
  duty: 'be_told',
  weight: 1,
  async choose(view) {
    const notice = await noticeTo(view);
    return notice ? { params: { id: notice.id } } : null;
  },
});

const answer: Command = command({
  name: 'recall_notice.answer',
  duty: 'be_told',
  weight: 2,
  async choose(view) {
    const notice = await noticeTo(view);
    if (!notice) return null;
    const params = { id: notice.id };
    const { items } = await view.read('recall_notice.lines', { params });
    const line = view.pick(items);
    if (!line) return null;
    const kept = String(view.dice.between(0, 30));
    const passed_on = String(view.dice.between(0, 9));
    return { params, body: { lines: [{ line_no: line.line_no, kept, passed_on }] } };
  },
});

const holdForNotice: Command = command({
  name: 'recall_notice.hold',
  duty: 'be_told',
  weight: 1,
  async choose(view) {
    const notice = await noticeTo(view);
    return notice ? { params: { id: notice.id } } : null;
  },
});

const settle: Command = command({
  name: 'stock.settle_held',
  duty: 'settle',
  weight: 3,
  async choose(view) {
    const { items } = await view.read('stock.list', {
      query: { owner_id: view.me, disposition: 'recalled', limit: 20 },
    });
    const row = view.pick(items);
    if (!row || Number(row.quantity) <= 0) return null;
    const { place_id, product_id, lot, unit } = row;
    // Back into sale in the main, or a chain would soon have nothing to sell.
    const outcome = view.dice.chance(0.85) ? 'released' : 'destroyed';
    const quantity = view.dice.chance(0.8) ? row.quantity : String(view.dice.between(1, 50));
    const lines = [{ product_id, lot, unit, quantity }];
    return { body: { place_id, outcome, reason: '复检', lines } };
  },
});

const scopes = ['goods.*.*', 'commerce.*.read'];
const quality = (of: string, ...duties: string[]): Actor => ({
  ...{ name: `${of}.quality`, of, scopes, duties: [...duties, 'settle'] },
});

export const actors: readonly Actor[] = [
  quality('miller', 'recall'),
  quality('maker', 'recall', 'be_told'),
  quality('dealer', 'be_told'),
  quality('other_dealer', 'be_told'),
];
export const commands: readonly Command[] = [
  ...[open, send, hold, close],
  ...[acknowledge, answer, holdForNotice],
  settle,
];
