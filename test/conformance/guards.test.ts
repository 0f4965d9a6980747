import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChainRole } from '../../src/kernel/index.ts';
import { ask, type Given, type Operation, say } from './world/client.ts';
import { openWorld, type World } from './world/world.ts';

const FIRMS = Array.from({ length: 60 }, (_, at) => `f${at}`);
const cast: Record<string, ChainRole> = {
  ...{ bureau: 'statistician', office: 'statistician' },
  ...Object.fromEntries(FIRMS.map((name) => [name, 'manufacturer'])),
};

let world: World<string>;
let first: string;
let second: string;

const tell = <Name extends Operation>(who: string, name: Name, given?: Given<Name>) =>
  ask(world.server, world.keys[who] ?? '', name, given);
const both = (text: string) => ({ zh: text, en: text });

async function collect(form_id: string, period: string, answersOf: (at: number) => object) {
  const party_ids = FIRMS.map((name) => world.parties[name]?.id ?? '');
  const opened = await tell('bureau', 'collection.open', {
    body: { form_id, period, due_on: '2026-12-01', party_ids },
  });
  for (const [at, name] of FIRMS.entries()) {
    const { items } = await tell(name, 'collection_ask.list', { query: { state: 'waiting' } });
    const params = { id: items[0]?.id ?? '' };
    await tell(name, 'report_draft.start', { params, body: {} });
    const answers = answersOf(at) as Record<string, string>;
    await tell(name, 'report_draft.edit', { params, body: { answers } });
    await tell(name, 'report_draft.submit', { params });
    const { report_id } = await tell(name, 'collection_ask.get', { params });
    await tell('bureau', 'report.accept', { params: { id: report_id ?? '' } });
  }
  return opened.id;
}

/** Service shares from 22.1 to 39.8 per cent, evenly; and what a firm makes with its people. */
const share = (at: number) => 22.1 + at * 0.3;
const revenue = (at: number) => String(1_234_567 + at * 98_713);
const staff = (at: number) => String(101 + at * 7);

beforeAll(async () => {
  world = await openWorld(cast);
  const figure = { is_required: true } as const;
  const { id } = await tell('bureau', 'statistical_form.define', {
    body: {
      ...{ code: 'S30', name: both('服务占比'), period_kind: 'quarter' },
      items: [
        { ...figure, code: 'share', name: both('服务占比'), kind: 'percent' },
        { ...figure, code: 'revenue', name: both('收入'), kind: 'amount' },
        { ...figure, code: 'staff', name: both('人员'), kind: 'count' },
      ],
    },
  });
  first = await collect(id, '2026-Q1', (at) => {
    return { share: share(at).toFixed(1), revenue: revenue(at), staff: staff(at) };
  });
  // Then whoever has 30 per cent is put on a list. Nobody sells more for it.
  second = await collect(id, '2026-Q2', (at) => {
    const now = share(at) < 30 ? 30 + (at % 3) / 10 : share(at) + 2;
    const round = String(Number(Number(revenue(at)).toPrecision(2)));
    return { share: now.toFixed(1), revenue: round, staff: staff(at) };
  });
}, 240_000);
afterAll(() => world?.close());

it('before anybody is judged by it, a share passes its threshold evenly', async () => {
  const query = { collection_id: first, item: 'share', at: '30' };
  const { findings, units } = await tell('bureau', 'guard.bunching', { query });
  expect(units).toBe(FIRMS.length);
  expect(findings[0]).toMatchObject({
    ...{ group: { by: 'all', code: null }, verdict: 'not_found', counted: 60 },
  });
  const heaping = await tell('bureau', 'guard.heaping', { query: { collection_id: first } });
  expect(heaping.findings.map(({ item, verdict }) => [item.code, verdict])).toEqual([
    ['share', 'not_found'],
    ['revenue', 'not_found'],
    ['staff', 'not_found'],
  ]);
});

it('once there is a list, many have just made it, and write round figures', async () => {
  const query = { collection_id: second, item: 'share', at: '30' };
  const { findings } = await tell('bureau', 'guard.bunching', { query });
  const [all] = findings;
  expect(all).toMatchObject({ verdict: 'found', decides: { width: 0.02, missed: 0 } });
  expect(all?.says.zh).toContain('刚好达标的太多');
  const heaping = await tell('bureau', 'guard.heaping', { query: { collection_id: second } });
  const found = heaping.findings.filter(({ verdict }) => verdict === 'found');
  expect(found.map(({ item, counted, round }) => [item.code, counted, round])).toEqual([
    ['revenue', 60, 60],
  ]);
});

it('the share rose, and what firms make for each person did not', async () => {
  const query = {
    ...{ earlier_id: first, collection_id: second, indicator: 'share' },
    ...{ outcome: 'revenue', outcome_per: 'staff' },
  };
  const { findings, earlier_period, period } = await tell('bureau', 'guard.divergence', { query });
  expect([earlier_period, period]).toEqual(['2026-Q1', '2026-Q2']);
  expect(findings[0]).toMatchObject({
    ...{ verdict: 'found', indicator: { direction: 'up' }, outcome: { direction: 'unclear' } },
  });
});

it('refuses what is no figure, no threshold, and whatever somebody else collected', async () => {
  const codeOf = async <Name extends Operation>(who: string, name: Name, given: Given<Name>) =>
    JSON.parse((await say(world.server, world.keys[who] ?? '', name, given)).body).code;
  const query = { collection_id: second, item: 'share', at: '30' };
  expect(await codeOf('office', 'guard.bunching', { query })).toBe('guards.collection_unknown');
  expect(await codeOf('f1', 'guard.heaping', { query: { collection_id: second } })).toBe(
    'guards.collection_unknown',
  );
  const none = { query: { ...query, item: 'nothing' } };
  expect(await codeOf('bureau', 'guard.bunching', none)).toBe('guards.item_unusable');
  const zero = { query: { ...query, at: '0.0' } };
  expect(await codeOf('bureau', 'guard.bunching', zero)).toBe('guards.threshold_unusable');
});
