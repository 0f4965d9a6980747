import type pg from 'pg';
import { ask } from '../conformance/world/client.ts';
import type { Player } from '../conformance/world/trade-story.ts';
import type { World } from '../conformance/world/world.ts';
import type { Scene, Stage } from './commands.ts';

type Told = World<Player>;

/** What the scenes of one world share: who, and since when. */
function partiesOf({ parties }: Told): Record<Player, string> {
  const entries = Object.entries(parties).map(([name, { id }]) => [name, id]);
  return Object.fromEntries(entries) as Record<Player, string>;
}

async function shelf(world: Told, code: string) {
  const { server, keys } = world;
  const place = await ask(server, keys.maker, 'place.create', {
    body: { name_zh: `库${code}`, kind: 'cold_store' },
  });
  const there = await ask(server, keys.dealer, 'place.create', {
    body: { name_zh: `店${code}`, kind: 'shop' },
  });
  const product = await ask(server, keys.maker, 'product.create', {
    body: { code, name_zh: '水饺', unit: 'KGM' },
  });
  const line = {
    product_id: product.id,
    product_name: '水饺',
    lot: 'L',
    unit: 'KGM',
    counted: '6',
  };
  await ask(server, keys.maker, 'stock.count', {
    body: {
      ...{ place_id: place.id, reason: '期初' },
      lines: [
        line,
        { ...line, disposition: 'recalled', counted: '3' },
        { ...line, lot: 'Q', counted: '4' },
      ],
    },
  });
  const { event_id: production } = await ask(server, keys.maker, 'production.record', {
    body: {
      place_id: place.id,
      used: [{ product_id: product.id, lot: 'Q', unit: 'KGM', quantity: '4' }],
      made: [{ product_id: product.id, lot: 'R', quantity: '2' }],
    },
  });
  return { place: place.id, there: there.id, product: product.id, production };
}

/** A recall of the lot, under a number of its own; whoever was sent some of it is told. */
async function recalled({ test, server, keys }: Told, scene: Scene, code: string): Promise<Scene> {
  const { id } = await ask(server, keys.maker, 'recall.open', {
    body: {
      ...{ number: code, title: '异物', hazard: '划伤', grade: 1 },
      known_at: test.clock.now().toISOString(),
      suspicion: { items: [{ item: `urn:uuid:${scene.product}?lot=L` }] },
    },
  });
  if (scene.despatch === null) return { ...scene, recall: id };
  await ask(server, keys.maker, 'recall.send', { params: { id }, body: {} });
  const { items } = await ask(server, keys.dealer, 'recall_notice.list', {
    query: { side: 'received', recall_id: id },
  });
  const [notice] = items;
  if (!notice) throw new Error('the dealer was sent some of the lot');
  return { ...scene, recall: id, notice: notice.id };
}

/** An order of five, of six that there are: two of them sent where the scene goes so far. */
export async function setScene(world: Told, stage: Stage, code: string): Promise<Scene> {
  const { server, keys } = world;
  const parties = partiesOf(world);
  const today = world.test.clock.now().toISOString().slice(0, 10);
  const { place, there, product, production } = await shelf(world, code);
  const line = { product_id: product, quantity: '5', unit: 'KGM', price: '10', tax_rate: '0.13' };
  const { id: order } = await ask(server, keys.dealer, 'order.place', {
    body: { seller_id: parties.maker, requested_on: today, place_id: there, lines: [line] },
  });
  const scene: Scene = {
    ...{ order, place, product, production, parties, today },
    ...{ despatch: null, invoice: null, dispute: null, payments: [], recall: null, notice: null },
  };
  if (stage === 'placed') return scene;
  await ask(server, keys.maker, 'order.respond', {
    params: { id: order },
    body: { lines: [{ line_no: 1, answer: 'accept' }] },
  });
  if (stage === 'confirmed') return recalled(world, scene, code);
  const sent = await ask(server, keys.maker, 'despatch.send', {
    body: {
      order_id: order,
      from_place_id: place,
      expected_on: today,
      lines: [{ order_line_no: 1, quantity: '2', lot: 'L' }],
    },
  });
  scene.despatch = sent.despatch.id;
  return stage === 'sent' ? recalled(world, scene, code) : billed(world, scene);
}

async function billed(world: Told, scene: Scene): Promise<Scene> {
  const { server, keys } = world;
  const { order, parties, today } = scene;
  await ask(server, keys.dealer, 'receipt.record', {
    body: {
      despatch_id: scene.despatch ?? '',
      lines: [{ despatch_line_no: 1, accepted: '2' }],
    },
  });
  const invoice = await ask(server, keys.maker, 'invoice.issue', {
    body: {
      buyer_id: parties.dealer,
      order_id: order,
      lines: [{ order_line_no: 1, quantity: '2' }],
    },
  });
  const dispute = await ask(server, keys.dealer, 'dispute.open', {
    params: { id: invoice.id },
    body: { amount_minor: '200', reason: '税率' },
  });
  const payments: string[] = [];
  for (const amount_minor of ['1200', '1100']) {
    const payment = await ask(server, keys.dealer, 'payment.record', {
      body: {
        payer_id: parties.dealer,
        payee_id: parties.maker,
        currency: 'CNY',
        amount_minor,
        paid_on: today,
      },
    });
    payments.push(payment.id);
  }
  return { ...scene, invoice: invoice.id, dispute: dispute.id, payments };
}

/**
 * What the two commands have made of their scene, in words that do not depend on when and under
 * which id: states, sums and counts.
 */
export async function outcomeOf(owner: pg.Pool, scene: Scene): Promise<unknown> {
  const one = async (sql: string, values: unknown[]) => (await owner.query(sql, values)).rows;
  const { order, product, payments } = scene;
  return {
    order: await one(
      `select o.state, o.version, l.state as line, l.quantity, l.despatched, l.accepted, l.returned,
          l.invoiced, l.promised, l.first_promise, o.net_minor
         from purchase_order o join order_line l on l.order_id = o.id
        where o.id = $1 order by l.line_no`,
      [order],
    ),
    despatches: await one(
      `select state, count(*)::int from despatch where order_id = $1 group by 1 order by 1`,
      [order],
    ),
    stock: await one(
      `select owner_id, disposition, lot, quantity from stock
        where product_id = $1 order by 1, 2, 3`,
      [product],
    ),
    owed: await one(
      `select r.total_minor, credited_minor, paid_minor, r.disputed_minor, open_minor, accepted_on,
          interest_minor, due_on
         from receivable r join invoice i on i.id = r.id where i.order_id = $1 order by r.id`,
      [order],
    ),
    payments: await one(
      `select state, amount_minor, allocated_minor from payment where id = any($1) order by id`,
      [payments],
    ),
    disputes: await one(
      `select d.state, d.amount_minor from dispute d join invoice i on i.id = d.invoice_id
        where i.order_id = $1 order by 1, 2`,
      [order],
    ),
    facts: await one(
      `select type, count(*)::int from fact
        where subject_id = $1 or subject_id = any($2) group by 1 order by 1`,
      [order, [scene.invoice, ...payments].filter(Boolean)],
    ),
  };
}
