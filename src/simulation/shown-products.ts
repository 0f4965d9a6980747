import type { Product } from '../flows/commerce/index.ts';
import { registerPrefix } from '../flows/goods/index.ts';
import { pageSettings, savePage } from '../services/consumer/index.ts';
import { makersPrefix } from './cast.ts';
import type { Lane } from './lane.ts';

const links = [
  {
    type: 'certificationInfo',
    href: 'https://www.sn-foods.example/reports',
    title_zh: '出厂检验报告',
    title_en: 'Test reports',
  },
  {
    type: 'recipeInfo',
    href: 'https://www.sn-foods.example/cooking',
    title_zh: '怎么煮才不破皮',
    title_en: 'How to cook it',
  },
];

/** The maker lets consumers see what it sells: lots, days, where it was made, and its way. */
export async function showProducts(
  lane: Lane,
  maker: string,
  products: readonly Product[],
): Promise<void> {
  const unless = (taken: string) => (error: { code?: string }) => {
    if (error.code !== taken) throw error;
  };
  await lane.as(maker, (tx) => registerPrefix(tx, { prefix: makersPrefix }).then(() => {}));
  const body = pageSettings.parse({
    is_shared: true,
    parts: ['lots', 'dates', 'origin', 'journey', 'storage'],
    place_detail: 'name',
    links,
  });
  for (const { id } of products) {
    // A second chain on one database has the same codes: on a pack they lead to the first.
    await lane
      .as(maker, (tx) => savePage(tx, id, body).then(() => {}))
      .catch(unless('consumer.gtin_shared'));
  }
}
