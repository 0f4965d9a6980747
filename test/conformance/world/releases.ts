import { loadReleaser, publishDue } from '../../../src/observatory/publishing/index.ts';
import { say } from './client.ts';
import { type Player, plainly } from './trade-story.ts';
import type { World } from './world.ts';

const rules = { frequency: { n: 3, margin: 0.1 }, p_percent: 10 };
const rows = 'unit,holding,value,town\na,,5,x\nb,,6,x\nc,g,7,x\nd,g,8,y\ne,,9,y\nf,,10,y\n';

/** The statistician publishes what it collected, revises it, and gives another draft up. */
export async function tellReleases(world: World<Player>, tell = plainly(world)): Promise<void> {
  await loadReleaser();
  const { items } = await tell('bureau', 'collection.list', { query: { limit: 200 } });
  const collected = items.filter(({ period }) => period === '2026-Q1').at(-1);
  const material = {
    kind: 'collection' as const,
    collection_id: collected?.id ?? '',
    item: 'staff',
  };
  const body = {
    ...{ series: 'STAFF-2026Q1', title: '从业人员', material, rules },
    tables: [{ name: 'section', dimensions: ['industry', 'size'] }],
  };
  await tell('bureau', 'release.preview', { body });
  const drafted = await tell('bureau', 'release.draft', { body });
  const params = { id: drafted.id };
  const { store, clock } = world.test;
  const ahead = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);
  const planned_at = ahead(5).toISOString();
  await tell('bureau', 'release.plan', { params, body: { planned_at } });
  await tell('bureau', 'release.check', { params });
  await tell('bureau', 'release.list', { query: { show: 'waiting' } });
  await tell('bureau', 'release.list', { query: { show: 'due' } });
  clock.set(ahead(5));
  await tell('bureau', 'release.publish', { params });
  const next = { reason: '更正', planned_at: ahead(5).toISOString() };
  const revised = await tell('bureau', 'release.revise', { params, body: next });
  clock.set(ahead(5));
  await publishDue(store);
  const posted = await tell('bureau', 'release.draft', {
    body: {
      series: 'TOWNS',
      title: '各镇',
      material: { kind: 'rows', unit: '个', csv: rows },
      rules,
    },
  });
  const gone = { params: { id: posted.id }, body: { reason: '口径有误' } };
  await tell('bureau', 'release.withdraw', gone);
  const out = { show: 'published', limit: 1 } as const;
  const last = await tell('maker', 'release.list', { query: out });
  await tell('maker', 'release.list', { query: { ...out, after: last.next ?? '' } });
  const first = await tell('maker', 'release.list', { query: { limit: 1 } });
  await tell('maker', 'release.list', { query: { after: first.next ?? '' } });
  await tell('maker', 'release.list', { query: { series: 'STAFF-2026Q1' } });
  await tell('maker', 'release.get', { params });
  await tell('maker', 'release.own_place', { params });
  await tell('maker', 'release.revisions', { params: { id: revised.id } });
  await tell('bureau', 'release.verify', { params });
  await say(world.server, world.keys.maker, 'release.csv', { params });
  await say(world.server, world.keys.maker, 'release.sdmx', { params });
  await say(world.server, world.keys.maker, 'release.xlsx', { params });
  await say(world.server, world.keys.maker, 'release.parquet', { params });
}
