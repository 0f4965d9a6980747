import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPlace, changeKeeping, countStock, stockCount } from '../flows/goods/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../kernel/testing.ts';
import { modules } from './modules.ts';
import { stockVerbs } from './stock-verbs.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore(modules);
});
afterAll(() => opened.close());

test("an operator rebuilds a party's stock, and is told what was put right", async () => {
  const { chain, parties, as } = await openTestChain(opened.store, { maker: 'core' });
  await as('maker', async (tx) => {
    const place = await addPlace(tx, { name_zh: '立库', kind: 'warehouse' });
    await changeKeeping(tx, place.id, { kept_by: 'events', reason: '上线' }, async () => []);
    const line = { product_id: tx.newId(), product_name: '水饺', unit: 'KGM', counted: '7' };
    const count = { place_id: place.id, reason: '期初', lines: [line] };
    await countStock(tx, place, stockCount.parse(count));
  });
  const asked = { chain: chain.slug, party: parties.maker.uscc ?? '' };
  const rebuild = () => stockVerbs['stock rebuild']?.run({ store: opened.store } as never, asked);
  expect(await rebuild()).toMatchObject({ json: { events: 0, entries: 0, rows: 0 } });
  const { owner } = opened.store.database;
  await owner.query('update stock set quantity = 8');
  expect(await rebuild()).toMatchObject({ json: { rows: 1 }, exit_code: 0 });
  expect((await owner.query('select quantity from stock')).rows).toEqual([{ quantity: '7' }]);
  expect(await rebuild()).toMatchObject({ json: { rows: 0 } });
});
