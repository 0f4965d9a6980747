import { afterAll, beforeAll, expect, test } from 'vitest';
import { addProduct, commerce } from '../../flows/commerce/index.ts';
import {
  addPlace,
  type EventItem,
  type GoodsEvent,
  goods,
  listStock,
  recordEvents,
  settleHeldStock,
} from '../../flows/goods/index.ts';
import type { Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { answerNotice, holdForNotice, holdForRecall, listLines } from './answers.ts';
import { sheetQuery, tableOf } from './dry-run.ts';
import { recall } from './index.ts';
import { acknowledgeNotice, getNotice, listNotices, sendNotices } from './notices.ts';
import { openRecall } from './opening.ts';
import { closeRecall, getRecall, listRecalls } from './recalls.ts';
import { newRecall, noticeAnswer, noticeQuery, sending } from './schema.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore([commerce, goods, recall]);
});
afterAll(() => opened.close());

const GTIN = '06901234000016';
const lot = (name: string) => `https://id.gs1.org/01/${GTIN}/10/${name}`;

const pass = () => opened.clock.set(new Date(opened.clock.now().getTime() + 60_000));

/** A maker has made 100 of lot A and 50 of lot B, and sent 60 of A to a dealer, 10 to a shop. */
async function openTrade() {
  const chain = await openTestChain(opened.store, {
    ...{ maker: 'core', dealer: 'dealer', shop: 'shop', stranger: 'dealer' },
  });
  const { as, parties } = chain;
  const product = await as('maker', (tx) =>
    addProduct(tx, { code: 'D1', name_zh: '水饺', gtin: GTIN, unit: 'CT', published: false }),
  );
  const at = {} as Record<keyof typeof parties, string>;
  for (const name of ['maker', 'dealer', 'shop'] as const) {
    at[name] = (await as(name, (tx) => addPlace(tx, { name_zh: name, kind: 'cold_store' }))).id;
  }
  const record = (
    tx: Tx,
    step: GoodsEvent['step'] | 'retail_selling',
    items: Partial<EventItem>[],
    more: object = {},
  ) => {
    const owner_id = tx.actor.party;
    const [name] = Object.entries(parties).find(([, { id }]) => id === owner_id) ?? [''];
    const whole = items.map((item) => ({
      ...{ product_id: product.id, product_name: '水饺', gtin: GTIN, lot: 'A', best_before: null },
      ...{ quantity: '1', unit: 'CT', disposition: 'sellable_accessible' as const, sscc: null },
      ...item,
    }));
    const event = {
      ...{
        id: tx.newId(),
        step: step as GoodsEvent['step'],
        at: tx.now,
        zone_offset: '+08:00',
        owner_id,
        items: whole,
      },
      ...{ place_id: at[name as 'maker'], place_gln: null, transactions: [], reason: null },
      ...{ source_id: null, destination_id: null, ...more },
    };
    const others = [parties.maker.id, ...Object.values(more)].filter((id) => id !== owner_id);
    return recordEvents(tx, [event], others);
  };
  await as('maker', (tx) =>
    record(tx, 'commissioning', [{ quantity: '100' }, { lot: 'B', quantity: '50' }]),
  );
  for (const [buyer, quantity] of [
    ['dealer', '60'],
    ['shop', '10'],
  ] as const) {
    pass();
    const way = { source_id: parties.maker.id, destination_id: parties[buyer].id };
    await as('maker', (tx) => record(tx, 'shipping', [{ quantity }], way));
    pass();
    await as(buyer, (tx) => record(tx, 'receiving', [{ quantity }], way));
  }
  pass();
  /** Over the counter, as tills record it. */
  const sell = (name: 'maker' | 'dealer' | 'shop', quantity: string) =>
    as(name, (tx) => record(tx, 'retail_selling', [{ quantity }]));
  return { ...chain, product, at, sell };
}

const suspected = (name: string, number = 'ZH-1') =>
  newRecall.parse({
    ...{ number, title: '水饺检出金属异物', hazard: '可能划伤口腔', grade: 1 },
    known_at: '2026-03-01T20:00:00.000Z',
    suspicion: { items: [{ item: lot(name) }] },
  });

test('a recall is drafted for each party, and seen by it once it is sent', async () => {
  const { as, parties } = await openTrade();
  const { id } = await as('maker', (tx) => openRecall(tx, suspected('A')));
  const drafted = await as('maker', (tx) => getRecall(tx, id));
  expect(
    drafted.notices.map((one) => [one.addressee_id, one.state, one.progress[0]?.listed]),
  ).toEqual(
    [
      [parties.dealer.id, 'draft', '60'],
      [parties.shop.id, 'draft', '10'],
    ].toSorted(),
  );
  expect(drafted.own).toMatchObject([{ unit: 'CT', listed: '30' }]);
  expect([drafted.start_by, drafted.is_late]).toEqual(['2026-03-02T20:00:00.000Z', false]);

  // What is drafted is nobody's business yet; what is sent is that of whom it was sent to.
  const inbox = (name: 'dealer' | 'shop' | 'stranger') =>
    as(name, (tx) => listNotices(tx, noticeQuery.parse({ side: 'received' })));
  expect((await inbox('dealer')).items).toEqual([]);
  expect(await as('maker', (tx) => sendNotices(tx, id, sending.parse({})))).toEqual({ sent: 2 });
  await expect(as('maker', (tx) => sendNotices(tx, id, sending.parse({})))).rejects.toMatchObject({
    code: 'recall.nothing_to_send',
  });
  expect((await inbox('stranger')).items).toEqual([]);
  const [told] = (await inbox('dealer')).items;
  if (!told) throw new Error('the dealer was told');
  expect(told).toMatchObject({ state: 'sent', title: '水饺检出金属异物', line_count: 1 });
  await expect(as('shop', (tx) => getNotice(tx, told.id))).rejects.toMatchObject({
    code: 'kernel.not_found',
  });
  await expect(as('maker', (tx) => acknowledgeNotice(tx, told.id))).rejects.toMatchObject({
    code: 'recall.not_addressee',
  });
});

test('goods are held, answered for, destroyed, and the recall is closed', async () => {
  const { as, at, product } = await openTrade();
  const { id } = await as('maker', (tx) => openRecall(tx, suspected('A')));
  await as('maker', (tx) => sendNotices(tx, id, sending.parse({})));
  const inbox = () => as('dealer', (tx) => listNotices(tx, noticeQuery.parse({})));
  const [told] = (await inbox()).items;
  if (!told) throw new Error('the dealer was told');
  await as('dealer', (tx) => acknowledgeNotice(tx, told.id));
  const { held } = await as('dealer', (tx) => holdForNotice(tx, told.id));
  expect(held).toMatchObject([{ lot: 'A', quantity: '60', place_id: at.dealer }]);
  const sellable = { limit: 10, disposition: 'sellable_accessible' } as const;
  expect((await as('dealer', (tx) => listStock(tx, sellable))).items).toEqual([]);

  const answer = (lines: object[]) =>
    as('dealer', (tx) => answerNotice(tx, told.id, noticeAnswer.parse({ lines })));
  const { items } = await as('dealer', (tx) =>
    listLines(tx, { recall_id: id, notice_id: told.id }, { limit: 50 }),
  );
  const line_no = items[0]?.line_no ?? 0;
  await expect(answer([{ line_no: 99, kept: '1' }])).rejects.toMatchObject({
    code: 'recall.line_unknown',
  });
  await answer([{ line_no, kept: '60' }]);
  const answered = await answer([{ line_no, kept: '45', passed_on: '13', missing: '2' }]);
  expect(answered).toMatchObject({ state: 'answered', progress: [{ kept: '45', missing: '2' }] });

  await as('maker', (tx) => holdForRecall(tx, id));
  await as('maker', (tx) =>
    settleHeldStock(
      tx,
      {
        ...{ place_id: at.maker, outcome: 'destroyed', reason: '无害化处理' },
        lines: [{ product_id: product.id, lot: 'A', unit: 'CT', quantity: '30' }],
      },
      new Map([[product.id, GTIN]]),
    ),
  );
  const left = await as('maker', (tx) => listStock(tx, { limit: 10 }));
  expect(left.items.map((row) => [row.lot, Number(row.quantity)])).toEqual([['B', 50]]);

  const done = await as('maker', (tx) => closeRecall(tx, id, { outcome: '已销毁' }));
  expect(done.progress).toMatchObject([{ listed: '100', kept: '45', passed_on: '13' }]);
  expect((await inbox()).items[0]?.state).toBe('closed');
  await expect(answer([{ line_no, kept: '1' }])).rejects.toMatchObject({ code: 'recall.closed' });
  expect((await as('maker', (tx) => listRecalls(tx, { limit: 10 }))).items).toMatchObject([
    { number: 'ZH-1', notice_count: 2, answered_count: 1, outcome: '已销毁' },
  ]);
  expect((await as('dealer', (tx) => listRecalls(tx, { limit: 10 }))).items).toEqual([]);
});

test('a draft goes to whoever is a member when it is sent', async () => {
  const { as, chain, parties } = await openTrade();
  const { id } = await as('maker', (tx) => openRecall(tx, suspected('A')));
  const become = (status: string) =>
    opened.store.database.owner.query(
      `update member set status = $3 where chain_id = $1 and party_id = $2`,
      [chain.id, parties.dealer.id, status],
    );
  await become('left');
  const send = (more: object = {}) => as('maker', (tx) => sendNotices(tx, id, sending.parse(more)));
  // Who is gone would not read it, and the recall could be closed as if it had been told.
  expect(await send()).toEqual({ sent: 1 });
  const notices = async () => (await as('maker', (tx) => getRecall(tx, id))).notices;
  expect((await notices()).find(({ state }) => state === 'draft')?.addressee_id).toBeNull();
  await become('active');
  expect(await send()).toEqual({ sent: 1 });
  expect((await notices()).map(({ addressee_id }) => addressee_id).sort()).toEqual(
    [parties.dealer.id, parties.shop.id].sort(),
  );
});

test('who has sold some of the goods is told, and what the owner sold itself is gone', async () => {
  const { as, parties, sell } = await openTrade();
  await sell('maker', '5');
  await sell('dealer', '60');
  await sell('shop', '4');
  const { id } = await as('maker', (tx) => openRecall(tx, suspected('A')));
  const { notices, own, nobody } = await as('maker', (tx) => getRecall(tx, id));
  const told = notices.map((one) => [one.addressee_id, one.progress[0]?.listed]);
  expect(told.toSorted()).toEqual(
    [
      [parties.dealer.id, '60'],
      [parties.shop.id, '10'],
    ].toSorted(),
  );
  expect([own[0]?.listed, nobody[0]?.listed]).toEqual(['25', '5']);
});

test('a recall that nobody had to be told of is late no longer once it is over', async () => {
  const { as } = await openTrade();
  const { id } = await as('maker', (tx) => openRecall(tx, suspected('B')));
  await as('maker', (tx) => closeRecall(tx, id, { outcome: '已封存' }));
  opened.clock.set(new Date(opened.clock.now().getTime() + 100 * 3_600_000));
  expect(await as('maker', (tx) => getRecall(tx, id))).toMatchObject({
    ...{ notices: [], is_late: false },
  });
});

test('a sheet is asked for no more lots, and no longer ones, than a trace takes', () => {
  const asked = (item: string) => sheetQuery.safeParse({ item, rule: 'food_safety' }).success;
  expect(asked(`${lot('A')}| |${lot('B')}`)).toBe(true);
  expect(asked(lot('A'.repeat(2_000)))).toBe(false);
  expect(asked(Array.from({ length: 1_001 }, (_, at) => at).join('|'))).toBe(false);
});

test('a sheet of goods that could not all be followed says so before its first row', () => {
  const sheet = { columns: [], rows: [{ record: 'incoming', item: lot('A') }] };
  const rows = (is_cut: boolean) => tableOf(sheet, 'record', 'en', is_cut).rows;
  expect(rows(false)).toEqual([['incoming', lot('A')]]);
  expect(rows(true)).toEqual([[expect.stringMatching(/incomplete/), ''], ...rows(false)]);
});
