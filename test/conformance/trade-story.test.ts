import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, say } from './world/client.ts';
import { unsound } from './world/soundness.ts';
import { cast, type Player, type Story, tellStory } from './world/trade-story.ts';
import { openWorld, type World } from './world/world.ts';

const places = ['postgres', 'pglite'] as const;
const players = Object.keys(cast) as Player[];

/** The same story in both places of the database: what works in one works in the other. */
describe.each(places)('an order from its placing to its payment on %s', (place) => {
  let world: World<Player>;
  let story: Story;

  beforeAll(async () => {
    world = await openWorld(cast, { place });
    story = await tellStory(world);
  });
  afterAll(() => world?.close());

  it('ran where it should have', () => {
    const expected = place === 'postgres' && inject('postgres') ? 'embedded' : 'pglite';
    expect(world.test.store.database.place).toBe(expected);
  });

  it('ends with a closed order that kept its first promise on record', async () => {
    const order = await ask(world.server, world.keys.dealer, 'order.get', {
      params: { id: story.order.id },
    });
    expect(order.state).toBe('closed');
    expect(order.lines.map((line) => line.first_promise)).toEqual([
      [{ quantity: '20', on: '2026-03-06' }],
      [{ quantity: '18', on: '2026-03-07' }],
    ]);
    expect(order.lines.map((line) => [line.accepted, line.short, line.damaged])).toEqual([
      ['17', '2', '1'],
      ['18', '0', '0'],
    ]);
  });

  it('is paid to the fen, less what was credited', async () => {
    const params = { id: story.invoice.id };
    const owed = await ask(world.server, world.keys.maker, 'receivable.get', { params });
    // 20 × 150.00 + 18 × 148.00 = 5664.00 net; 13 % tax line by line.
    expect(owed.total_minor).toBe('640032');
    expect(owed.credited_minor).toBe('50850');
    expect(owed.paid_minor).toBe('589182');
    expect([owed.open_minor, owed.disputed_minor, owed.state]).toEqual(['0', '0', 'settled']);
  });

  it('leaves both books in order, seen by each of them', async () => {
    for (const who of players) {
      const { items } = await ask(world.server, world.keys[who], 'ledger.reconcile');
      expect(items, who).toEqual([]);
      const { differences } = await ask(world.server, world.keys[who], 'stock.reconcile');
      expect(differences, who).toEqual([]);
    }
  });

  it('is sound over the whole chain', async () => {
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  });

  it('left the goods where the receipts say', async () => {
    const stockOf = async (who: Player) => {
      const { items } = await ask(world.server, world.keys[who], 'stock.list');
      return items.map((row) => [row.lot, row.disposition, row.quantity]).sort();
    };
    expect(await stockOf('maker')).toEqual([
      ['L0', 'sellable_accessible', '960'],
      ['L1', 'sellable_accessible', '984'],
    ]);
    expect(await stockOf('dealer')).toEqual([
      ['L0', 'damaged', '12'],
      ['L0', 'sellable_accessible', '204'],
      ['L1', 'sellable_accessible', '216'],
    ]);
  });

  it('shows the photo to the two of them, and to nobody else', async () => {
    const look = (who: Player) =>
      say(world.server, world.keys[who], 'file.get', { params: { id: story.photo.id } });
    expect((await look('maker')).status).toBe(200);
    expect((await look('dealer')).status).toBe(200);
    expect((await look('stranger')).status).toBe(404);
  });

  it('is nothing to a stranger, and a despatch to its carrier', async () => {
    const orders = (who: Player) => ask(world.server, world.keys[who], 'order.list');
    expect((await orders('stranger')).items).toEqual([]);
    expect((await orders('carrier')).items).toEqual([]);
    const carried = await ask(world.server, world.keys.carrier, 'despatch.list');
    expect(carried.items.map((row) => row.id)).toEqual([story.despatch.id]);
  });

  it('has a fact for every step', async () => {
    const { items } = await ask(world.server, world.keys.maker, 'fact.list', {
      query: { subject: story.order.id },
    });
    expect(items.map((one) => one.type).toSorted()).toEqual([
      'commerce.credit_note.issued',
      'commerce.despatch.sent',
      'commerce.dispute.closed',
      'commerce.dispute.opened',
      'commerce.invoice.issued',
      'commerce.message.written',
      'commerce.order.counter_answered',
      'commerce.order.placed',
      'commerce.order.responded',
      'commerce.receipt.recorded',
    ]);
  });
});
