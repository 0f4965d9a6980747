import { expect } from 'vitest';
import { documentOf, sender } from './goods-events.ts';
import { type By, type Player, plainly, type Story } from './trade-story.ts';
import type { World } from './world.ts';

/** The maker recalls the lot that the dealer got; the dealer holds it, and says what it found. */
export async function tellRecalls(
  world: World<Player>,
  story: Story,
  tell = plainly(world),
): Promise<void> {
  const [product = ''] = story.products;
  const suspicion = { items: [{ item: `urn:uuid:${product}?lot=L0` }] };
  await tell('maker', 'recall.try', { body: suspicion });
  const known_at = world.test.clock.now().toISOString();
  const body = { title: '标签漏标过敏原', hazard: '过敏人群可能不适', known_at };
  const opened = await tell('maker', 'recall.open', {
    body: { ...body, number: 'ZH-001', grade: 2, suspicion },
  });
  const params = { id: opened.id };
  await tell('maker', 'recall.hold', { params });
  await tell('maker', 'recall.send', { params, body: { note: '请立即下架' } });
  await tell('maker', 'recall.list', { query: { state: 'open', limit: 1 } });
  await tell('maker', 'recall.lines', { params });
  await tell('maker', 'recall_notice.list', { query: { side: 'sent', recall_id: opened.id } });
  const { items } = await tell('dealer', 'recall_notice.list', {
    query: { side: 'received', state: 'open' },
  });
  const notice = { id: items[0]?.id ?? '' };
  await tell('dealer', 'recall_notice.get', { params: notice });
  await tell('dealer', 'recall_notice.acknowledge', { params: notice });
  await tell('dealer', 'recall_notice.hold', { params: notice });
  const lines = await tell('dealer', 'recall_notice.lines', { params: notice });
  await tell('dealer', 'recall_notice.answer', {
    params: notice,
    body: { lines: lines.items.map(({ line_no }) => ({ line_no, kept: '17', remark: '已封存' })) },
  });
  await tell('dealer', 'recall_notice.list', { query: { state: 'answered', limit: 1 } });
  await tell('maker', 'recall.get', { params });
  const stock = await tell('maker', 'stock.list', { query: { disposition: 'recalled' } });
  const [held] = stock.items;
  if (!held) throw new Error('the maker holds what is left of the lot');
  const { place_id, product_id, lot, unit } = held;
  const settle = (outcome: 'released' | 'destroyed', quantity: string) =>
    tell('maker', 'stock.settle_held', {
      body: { place_id, outcome, reason: '复检', lines: [{ product_id, lot, unit, quantity }] },
    });
  await settle('destroyed', '1');
  await settle('released', '2');
  await recallMuch(world, tell);
  await tell('maker', 'recall.close', { params, body: { outcome: '已更换标签' } });
  await tell('dealer', 'recall_notice.list', { query: { state: 'closed' } });
}

const much = 'https://id.gs1.org/01/06901234000016/10/MUCH';

/** A quantity has as many digits as a partner writes; its list and its sums are read anyway. */
async function recallMuch(world: World<Player>, tell: By): Promise<void> {
  const known_at = world.test.clock.now().toISOString();
  const made = {
    type: 'ObjectEvent',
    eventTime: known_at,
    eventTimeZoneOffset: '+08:00',
    action: 'ADD',
    bizStep: 'commissioning',
    quantityList: [{ epcClass: much, quantity: 1, uom: 'KGM' }],
    bizLocation: { id: 'https://id.gs1.org/414/6901234000009' },
  };
  const body = documentOf([made]).replace('"quantity":1,', `"quantity":${'9'.repeat(30)}.25,`);
  const headers = { 'content-type': 'application/json' };
  const told = await sender(world)('maker', 'POST', '/epcis/capture', { headers, body });
  expect(told.status, told.body).toBe(202);
  const text = { title: '抽检不合格', hazard: '异物', known_at };
  const suspicion = { items: [{ item: much }] };
  const { id } = await tell('maker', 'recall.open', {
    body: { ...text, number: 'ZH-002', grade: 3, suspicion },
  });
  const { progress } = await tell('maker', 'recall.get', { params: { id } });
  expect(progress[0]?.listed).toBe(`${'9'.repeat(30)}.25`);
  await tell('maker', 'recall.lines', { params: { id } });
}
