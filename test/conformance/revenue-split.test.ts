import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { say } from './world/client.ts';
import { type By, cast, type Player, plainly } from './world/trade-story.ts';
import { openWorld, type World } from './world/world.ts';

let world: World<Player>;
let tell: By;
const code = (prefix: string) => prefix.padEnd(19, '0');
const year = { from: '2026-01', to: '2026-12' };

/** The maker sells a product by an order and bills it; gives the invoice. */
async function sell(product_id: string, price: string, quantity = '10') {
  const order = await tell('dealer', 'order.place', {
    body: {
      seller_id: world.parties.maker.id,
      requested_on: '2026-03-10',
      lines: [{ product_id, quantity, unit: 'C62', price, tax_rate: '0.13' }],
    },
  });
  await tell('maker', 'order.respond', {
    params: { id: order.id },
    body: { lines: [{ line_no: 1, answer: 'accept' }] },
  });
  return tell('maker', 'invoice.issue', {
    body: {
      buyer_id: world.parties.dealer.id,
      order_id: order.id,
      lines: [{ order_line_no: 1, quantity }],
    },
  });
}

const bill = (lines: { name: string; price: string; tax_code?: string }[], currency = 'CNY') =>
  tell('maker', 'invoice.issue', {
    body: {
      buyer_id: world.parties.dealer.id,
      currency,
      lines: lines.map((line) => ({ ...line, quantity: '1', unit: 'C62', tax_rate: '0.06' })),
    },
  });

const split = (query: object = {}) =>
  tell('maker', 'revenue_split.get', { query: { ...year, ...query } });

beforeAll(async () => {
  world = await openWorld(cast);
  tell = plainly(world);
  const listed = async (name_zh: string, more: object) =>
    (
      await tell('maker', 'product.create', {
        body: { code: name_zh, name_zh, unit: 'C62', ...more },
      })
    ).id;
  const tyre = await listed('新胎', { industry_class: '2911', tax_code: code('107') });
  const parts = await listed('气门嘴', { tax_code: code('107') });
  const care = await listed('全生命周期托管', {});
  await sell(tyre, '400');
  const taken = await sell(tyre, '100');
  await tell('maker', 'credit_note.issue', {
    body: {
      invoice_id: taken.id,
      reason: '退货',
      lines: [{ order_line_no: 1, quantity: '10', price: '100', tax_rate: '0.13' }],
    },
  });
  await sell(parts, '100');
  await sell(care, '300');
  await bill([
    { name: '救援补胎', price: '1500', tax_code: code('202') },
    { name: '*物流辅助服务*轮胎仓储', price: '200' },
    { name: '翻新', price: '300' },
    { name: '储值卡', price: '700', tax_code: code('601') },
  ]);
  await bill([{ name: 'advice', price: '50' }], 'EUR');
}, 120_000);
afterAll(() => world?.close());

describe('a tyre maker reads what of its revenue is service', () => {
  it('from its own invoices, with every doubt, and with what is left out', async () => {
    const { revenue_minor, not_revenue_minor, other_currencies, service, test } = await split();
    // 4,000 of tyres, 1,000 of parts, 3,000 of care, 2,000 billed: the return has gone.
    expect([revenue_minor, not_revenue_minor]).toEqual(['1000000', '70000']);
    expect(other_currencies).toEqual([{ currency: 'EUR', lines: 1 }]);
    // Repair and storage are services; parts may be bought in, care and 翻新 may be anything.
    expect(service.amount_minor).toEqual({ low: '170000', high: '600000' });
    expect(test).toMatchObject({ answer: 'cannot_tell', answers_to_yes: 1, threshold: '0.3' });
    expect(test.questions.map(({ sale, basis }) => [sale.name, basis])).toEqual([
      ['全生命周期托管', 'A7'],
      ['气门嘴', 'A5'],
      ['翻新', 'A7'],
    ]);
    expect(test.under_rules).toHaveLength(3);
  });

  it('down to the lines, page by page', async () => {
    const query = { ...year, limit: 3 };
    const pages = [await tell('maker', 'revenue_split.lines', { query })];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
      pages.push(await tell('maker', 'revenue_split.lines', { query: { ...query, after: next } }));
    }
    const lines = pages.flatMap(({ items }) => items);
    expect(lines).toHaveLength(9);
    expect(new Set(lines.map((one) => `${one.invoice_id} ${one.line_no}`)).size).toBe(9);
    const revenue = lines.filter((one) => one.is_revenue);
    expect(revenue.reduce((sum, one) => sum + Number(one.net_minor), 0)).toBe(1_000_000);
    // The credit note takes back what it is a credit of, and is read by the same rule.
    expect(lines.find((one) => one.net_minor === '-100000')).toMatchObject({
      basis: 'A3',
      candidates: [['2911']],
    });
  });

  it('and narrows it by saying what is what, which is a fact', async () => {
    const queue = await tell('maker', 'revenue_split.queue', { query: year });
    expect(queue.items.map(({ sale }) => sale.name)).toEqual(['全生命周期托管', '翻新']);
    const { test } = await split();
    const parts = test.questions.find(({ sale }) => sale.name === '气门嘴');
    if (!parts) throw new Error('no question');
    const body = { ...parts.sale, class: '2915', reason: '本厂生产' };
    const decided = await tell('maker', 'sale_decision.set', { body });
    expect(decided).toMatchObject({ edition: 'gbt4754-2017-xg1', decided_on: '2026-03-02' });
    const care = queue.items[0]?.sale.product_id ?? '';
    await tell('maker', 'product_bundle.describe', {
      body: {
        product_id: care,
        obligations: [
          { name: '新胎', low: '50', high: '50', industry_class: '2911', tax_code: code('107') },
          { name: '按公里服务', low: '35', high: '60', tax_code: code('202') },
          { name: '翻新', low: '10', high: '20', industry_class: '2911', tax_code: code('107') },
        ],
      },
    });
    const after = await split();
    expect(after.self_declared_minor).toBe('100000');
    // 1,700 and a third to a half of 3,000; 翻新 is open still.
    expect(after.service.amount_minor).toEqual({ low: '270000', high: '350000' });
    expect(after.test).toMatchObject({ answer: 'cannot_tell', is_near: false });
    const last = { name: '翻新', class: '2911', reason: '按产品出售' };
    await tell('maker', 'sale_decision.set', { body: last });
    expect(await split()).toMatchObject({
      service: { amount_minor: { low: '270000', high: '320000' } },
      test: { answer: 'cannot_tell', answers_to_yes: 1, answers_to_no: 1 },
    });
    expect(await split({ threshold: '0.27' })).toMatchObject({ test: { answer: 'yes' } });
    const { items } = await tell('maker', 'sale_decision.list', {});
    expect(items.map(({ name }) => name)).toEqual(['翻新', '气门嘴']);
    const facts = await tell('maker', 'fact.list', { query: { limit: 3 } });
    expect(facts.items.map(({ type }) => type)).toContain('statistics.sale.decided');
  });

  it('and nobody else sees any of it, though they be on the same invoices', async () => {
    const theirs = await tell('dealer', 'revenue_split.get', { query: year });
    expect(theirs).toMatchObject({ revenue_minor: '0', service: { share: null } });
    // Sharing invoices shows them one by one; it does not make them the reader's own revenue.
    await tell('maker', 'sharing.create', {
      body: { reader_id: world.parties.stranger.id, scope: 'invoices', purpose: '对账' },
    });
    expect(await tell('stranger', 'revenue_split.get', { query: year })).toMatchObject({
      revenue_minor: '0',
      other_currencies: [],
    });
    const { items } = await tell('stranger', 'revenue_split.lines', { query: year });
    expect(items).toEqual([]);
    expect((await tell('dealer', 'sale_decision.list', {})).items).toEqual([]);
  });

  it('is told what cannot be asked or decided', async () => {
    const refused = async (name: 'revenue_split.get' | 'sale_decision.set', given: object) =>
      JSON.parse((await say(world.server, world.keys.maker, name, given)).body).code;
    expect(await refused('revenue_split.get', { query: { from: '2026-05', to: '2026-01' } })).toBe(
      'statistics.period_backwards',
    );
    expect(await refused('revenue_split.get', { query: { threshold: '30' } })).toBe(
      'kernel.invalid',
    );
    // A bill of more than can be counted is said to be so, and breaks nothing.
    await bill([{ name: 'x', price: '999999999999999' }]);
    expect(await refused('revenue_split.get', { query: year })).toBe('statistics.too_large');
    const body = { name: 'x', class: '9999', reason: 'r' };
    expect(await refused('sale_decision.set', { body })).toBe('classification.class_unknown');
  });
});

it('the classes are found by a phrase, and level by level, with their edition', async () => {
  const found = await tell('maker', 'industry_class.list', { query: { search: '冷链运输' } });
  expect(found).toMatchObject({ verdict: 'clear', edition: 'gbt4754-2017-xg1' });
  expect(found.items[0]).toMatchObject({ code: '5432', sector: '3', score: 1 });
  const sections = await tell('maker', 'industry_class.list', {});
  expect(sections.items).toHaveLength(20);
  const under = await tell('maker', 'industry_class.list', { query: { under: '291' } });
  expect(under.items.map((one) => one.code)).toContain('2911');
  const { items } = await tell('maker', 'classification.editions', {});
  expect(items.filter((one) => one.missing !== null).length).toBeGreaterThan(5);
});
