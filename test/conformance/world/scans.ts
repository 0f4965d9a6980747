import { expect } from 'vitest';
import { say } from './client.ts';
import { type By, type Player, plainly } from './trade-story.ts';
import type { World } from './world.ts';

/** Made by the maker, as its system has told (recalls.ts). */
const lot = 'MUCH';
const links = [
  { type: 'recipeInfo', href: 'https://www.example.com/cook', title_zh: '食谱' },
] as const;

/** The maker shows a product to consumers, warns of a lot of it, and takes both back. */
export async function tellScans(world: World<Player>, tell: By = plainly(world)): Promise<void> {
  const open = async (path: string, status: number) => {
    const reply = await world.server.inject({ url: path });
    expect(reply.statusCode, `${path} ${reply.body.slice(0, 300)}`).toBe(status);
  };
  const product = { code: 'SCAN', gtin: '06901234000016', name_zh: '散装水饺', unit: 'KGM' };
  const { id: product_id } = await tell('maker', 'product.create', { body: product });
  const params = { product_id };
  const { path } = await tell('maker', 'consumer_page.get', { params });
  await open(`${path}`, 404);
  const parts = ['lots', 'dates', 'origin', 'journey', 'storage', 'epcis'] as const;
  const body = { is_shared: true, parts: [...parts], place_detail: 'name' as const };
  await tell('maker', 'consumer_page.save', { params, body: { ...body, links: [...links] } });
  await say(world.server, world.keys.maker, 'consumer_page.preview', { params });
  await open(`${path}`, 200);
  await open(`${path}/10/${lot}`, 200);
  await open(`${path}/10/${lot}?linkType=linkset`, 200);
  await open(`${path}?linkType=gs1:recipeInfo`, 307);
  await open(`/about${path}`, 200);
  const { items: recalls } = await tell('maker', 'recall.list', { query: { state: 'open' } });
  const recalled = { params: { id: recalls[0]?.id ?? '' } };
  const [untold] = (await tell('maker', 'recall.products', recalled)).items;
  expect(untold).toMatchObject({ product_id, untold: [lot], is_told: false });
  const said = { reason_zh: '标签有误', action_zh: '请退回购买处' };
  const { id } = await tell('maker', 'consumer_warning.publish', {
    params,
    body: { ...said, lots: [lot] },
  });
  await open(`${path}/10/${lot}`, 200);
  const [warned] = (await tell('maker', 'recall.products', recalled)).items;
  expect(warned).toMatchObject({ product_id, untold: [], is_told: true });
  const first = await tell('maker', 'consumer_warning.list', { params, query: { limit: 1 } });
  await tell('maker', 'consumer_warning.list', { params, query: { after: first.next ?? '' } });
  await tell('maker', 'consumer_warning.withdraw', { params: { id } });
  await tell('maker', 'consumer_page.save', { params, body: { is_shared: false } });
  await open(`${path}`, 404);
}
