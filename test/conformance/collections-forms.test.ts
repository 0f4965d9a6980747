import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../src/kernel/index.ts';
import { handOverAs, passAs } from '../../src/observatory/collections/testing.ts';
import { ask, type Given, type Operation, say } from './world/client.ts';
import { newForm } from './world/collections.ts';
import { cast, type Player } from './world/trade-story.ts';
import { openWorld, type World } from './world/world.ts';

let world: World<Player>;
beforeAll(async () => {
  world = await openWorld(cast);
}, 60_000);
afterAll(() => world?.close());

const tell = <Name extends Operation>(who: Player, name: Name, given?: Given<Name>) =>
  ask(world.server, world.keys[who], name, given);

/** What is wrong, and where. */
async function refused<Name extends Operation>(who: Player, name: Name, given?: Given<Name>) {
  const { status, body } = await say(world.server, world.keys[who], name, given);
  const { code, errors = [] } = JSON.parse(body) as {
    code: string;
    errors?: { path: string; zh: string; en: string }[];
  };
  return { status, code, errors };
}

it('a form that does not hold is refused item by item, and a rule at its character', async () => {
  const [revenue, ...others] = newForm.items;
  const items = [
    { ...revenue, code: 'prev', unit: 'KGM' },
    ...others,
    { ...others[0] },
    { ...others[1], code: 'constructor' },
  ];
  const [rule] = newForm.rules ?? [];
  const rules = [{ ...rule, expression: 'staff >< 1' }, rule];
  const body = { ...newForm, code: 'X', items, rules } as typeof newForm;
  const { status, code, errors } = await refused('bureau', 'statistical_form.define', { body });
  expect([status, code]).toEqual([422, 'collections.form_invalid']);
  expect(errors.map(({ path }) => path)).toEqual([
    'body/items/7/code',
    'body/items/0/code',
    'body/items/0/unit',
    'body/items/8/code',
    'body/rules/1/id',
    'body/rules/0/expression',
    'body/rules/1/expression',
  ]);
  // The second sign, and the item whose name is gone now.
  expect(errors.slice(-2).map(({ en }) => en.split(':')[0])).toEqual([
    'Character 8',
    'Character 20',
  ]);
  expect(errors.at(-1)?.zh).toContain('第 20 个字符');
});

it('one person of a firm cannot be both its first and its second', async () => {
  const two = await tell('bureau', 'statistical_form.define', {
    body: {
      code: 'TWO',
      name: { zh: '复核', en: 'Two' },
      period_kind: 'year',
      levels: 2,
      items: [{ code: 'heads', name: { zh: '人数', en: 'Heads' }, kind: 'count' }],
    },
  });
  await tell('bureau', 'collection.open', {
    body: {
      form_id: two.id,
      period: '2025',
      due_on: '2026-05-01',
      party_ids: [world.parties.maker.id],
    },
  });
  const { items } = await tell('maker', 'collection_ask.list', { query: { state: 'waiting' } });
  const given = { params: { id: items[0]?.id ?? '' } };
  await tell('maker', 'report_draft.start', { ...given, body: {} });
  await tell('maker', 'report_draft.edit', { ...given, body: { answers: { heads: '9' } } });
  const [lin, he] = [world.parties.maker.id, world.parties.carrier.id];
  const pass = { ...given, body: { decision: 'pass' as const } };
  const back = { ...given, body: { decision: 'hand_back' as const } };
  const isRefused = { code: 'collections.same_person' };

  // A person hands it over: neither that person passes it, nor any key of the firm.
  const handed = await world.as('maker', (tx) => handOverAs(tx, lin, given.params.id));
  expect(handed.state).toBe('for_check');
  expect((await tell('bureau', 'collection_ask.get', given)).state).toBe('waiting');
  await expect(world.as('maker', (tx) => passAs(tx, lin, given.params.id))).rejects.toMatchObject(
    isRefused,
  );
  expect(await refused('maker', 'report_draft.check', pass)).toMatchObject(isRefused);
  await tell('maker', 'report_draft.check', back);

  // A key hands it over for whoever made it, and a second key is no second person.
  const key = await world.as('maker', ({ actor, ...tx }) =>
    createApiKey({ ...tx, actor: { ...actor, user: lin } }, { name: '填报' }),
  );
  const { key: second } = await tell('maker', 'key.create', {
    body: { name: '复核', scopes: ['*.*.*'] },
  });
  await ask(world.server, key.key, 'report_draft.submit', given);
  const { body } = await say(world.server, second, 'report_draft.check', pass);
  expect(JSON.parse(body)).toMatchObject(isRefused);
  await expect(world.as('maker', (tx) => passAs(tx, lin, given.params.id))).rejects.toMatchObject(
    isRefused,
  );
  const passed = await world.as('maker', (tx) => passAs(tx, he, given.params.id));
  expect(passed.state).toBe('sent');
  expect((await tell('bureau', 'collection_ask.get', given)).state).toBe('submitted');
});
