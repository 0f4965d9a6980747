import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Operations } from '../../web/src/generated/api.ts';
import { ask, type Given, type Operation, say } from './world/client.ts';
import { newForm } from './world/collections.ts';
import { openWorld, type World } from './world/world.ts';

const cast = { bureau: 'statistician', office: 'statistician', maker: 'manufacturer' } as const;
type Player = keyof typeof cast;
type Content = Operations['form_draft.edit']['body'];

let world: World<Player>;
/** What the bureau makes here, and what it is revised to. */
let form_id: string;
beforeAll(async () => {
  world = await openWorld<Player>(cast);
}, 60_000);
afterAll(() => world?.close());

const tell = <Name extends Operation>(who: Player, name: Name, given?: Given<Name>) =>
  ask(world.server, world.keys[who], name, given);

/** What is wrong, and where. */
async function refused<Name extends Operation>(who: Player, name: Name, given?: Given<Name>) {
  const { status, body } = await say(world.server, world.keys[who], name, given);
  const { code, errors = [] } = JSON.parse(body) as { code: string; errors?: { path: string }[] };
  return { status, code, paths: errors.map(({ path }) => path) };
}

const both = (text: string) => ({ zh: text, en: text });
const figure = { unit: null, choices: [], is_required: true, takes_interval: false };
const source = { table: '示例表', item: '营业收入' };

const written: Content = {
  code: 'YT-01',
  name: both('养护服务'),
  period_kind: 'quarter',
  levels: 1,
  asks_per_year: null,
  approval: null,
  items: [
    { ...figure, code: 'revenue', name: both('收入'), kind: 'amount', source, prefill: null },
    {
      ...{ ...figure, code: 'upkeep', name: both('养护收入'), kind: 'amount', source: null },
      prefill: { field: 'service_revenue', rule: 'third-sector' },
    },
    { ...figure, code: 'staff', name: both('人员'), kind: 'count', source: null, prefill: null },
  ],
  rules: [
    { id: 'H1', level: 'hard', expression: 'upkeep <= revenue', explanation: both('是其中一部分') },
    {
      ...{ id: 'S1', level: 'soft', expression: 'staff >= prev.staff - 5' },
      explanation: both('少了五人以上'),
    },
  ],
};

it('judges a form as it is typed: each place and character, and rules on figures', async () => {
  const [first, ...others] = written.rules;
  const typed = {
    ...written,
    items: [...written.items, { ...written.items[2], code: 'Staff 2', name: { zh: '', en: 'x' } }],
    rules: [{ ...first, expression: 'upkeep <= revenues' }, ...others],
  } as Content;
  const { errors, rules } = await tell('bureau', 'statistical_form.check', {
    body: { content: typed, answers: { staff: '7' }, before: { staff: '13' } },
  });
  expect(errors.map(({ path }) => path)).toEqual([
    'items/3/code',
    'items/3/name/zh',
    'rules/0/expression',
  ]);
  expect(errors[1]?.zh).toBe('请填写。');
  expect(rules).toMatchObject([
    { fault: { column: 11, en: 'There is no item "revenues" that is a figure.' }, outcome: null },
    {
      fault: null,
      reads: [
        { item: 'staff', is_before: false },
        { item: 'staff', is_before: true },
      ],
      outcome: 'broken',
    },
  ]);
  const on = async (answers: object) => {
    const body = { content: written, answers } as Operations['statistical_form.check']['body'];
    const check = await tell('bureau', 'statistical_form.check', { body });
    expect(check.errors).toEqual([]);
    return check.rules.map(({ outcome }) => outcome);
  };
  expect(await on({})).toEqual(['cannot_tell', 'cannot_tell']);
  expect(await on({ upkeep: '101', revenue: '100' })).toEqual(['broken', 'cannot_tell']);
  const doubt = { low: '50', high: '150' };
  expect(await on({ upkeep: doubt, revenue: '100' })).toEqual(['cannot_tell', 'cannot_tell']);
  const offered = await tell('bureau', 'statistical_form.prefills');
  expect(offered.fields.map(({ field, kind }) => [field, kind])).toEqual([
    ['revenue', 'amount'],
    ['service_revenue', 'amount'],
    ['service_share', 'percent'],
  ]);
  expect(offered.rules[0]?.id).toBe('third-sector');
});

it('keeps a form that is half written, for whoever writes it and nobody else', async () => {
  const draft = await tell('bureau', 'form_draft.begin', { body: { as: 'new' } });
  const at = { params: { id: draft.id } };
  const half = { ...written, items: [{ ...written.items[0], code: '' }], rules: [] } as Content;
  const kept = await tell('bureau', 'form_draft.edit', {
    ...{ ...at, body: half, headers: { 'if-match': '"1"' } },
  });
  expect(kept).toMatchObject({ version: 2, content: half });
  expect(await tell('bureau', 'form_draft.get', at)).toEqual(kept);
  // Another window of the same office began from the version before.
  expect(
    await refused('bureau', 'form_draft.edit', {
      ...{ ...at, body: written, headers: { 'if-match': '"1"' } },
    }),
  ).toMatchObject({ status: 412, code: 'kernel.stale' });
  for (const who of ['office', 'maker'] as const) {
    expect(await refused(who, 'form_draft.get', at)).toMatchObject({ status: 404 });
    expect(await refused(who, 'form_draft.edit', { ...at, body: written })).toMatchObject({
      code: 'collections.form_draft_unknown',
    });
    expect((await tell(who, 'form_draft.list')).items).toEqual([]);
  }
  expect(await refused('maker', 'form_draft.begin', { body: { as: 'new' } })).toMatchObject({
    code: 'collections.not_a_statistician',
  });

  expect(await refused('bureau', 'form_draft.finish', at)).toMatchObject({
    code: 'collections.form_invalid',
    paths: ['body/items/0/code'],
  });
  await tell('bureau', 'form_draft.edit', { ...at, body: written });
  const { items } = await tell('bureau', 'form_draft.list');
  expect(items).toMatchObject([{ id: draft.id, code: 'YT-01', item_count: 3, version: 3 }]);
  const form = await tell('bureau', 'form_draft.finish', {
    ...{ ...at, headers: { 'if-match': '"3"' } },
  });
  expect(form).toMatchObject({ version: 1, code: 'YT-01', asks_per_year: 4, levels: 1 });
  expect(form.items).toEqual(written.items);
  form_id = form.id;
  // What became a form is no draft any more.
  expect(await refused('bureau', 'form_draft.get', at)).toMatchObject({ status: 404 });
  expect(await refused('bureau', 'form_draft.finish', at)).toMatchObject({ status: 404 });
});

it('revises a form by one draft at a time, and never over a version it has not seen', async () => {
  const revision = { body: { as: 'revision' as const, form_id } };
  const draft = await tell('bureau', 'form_draft.begin', revision);
  expect(draft).toMatchObject({
    form_id,
    form_version: 1,
    content: { ...written, asks_per_year: 4 },
  });
  expect(await tell('bureau', 'form_draft.begin', revision)).toEqual(draft);
  expect(await refused('office', 'form_draft.begin', revision)).toMatchObject({ status: 404 });
  const at = { params: { id: draft.id } };
  // Its code and its period stay, whatever is sent.
  const body = { ...written, code: 'ELSE', period_kind: 'month', levels: 2 } as Content;
  const kept = await tell('bureau', 'form_draft.edit', { ...at, body });
  expect(kept.content).toMatchObject({ code: 'YT-01', period_kind: 'quarter', levels: 2 });
  // Somebody revises the same form by the API: the draft would undo that unseen.
  const { code: _, period_kind: __, asks_per_year: ___, ...text } = written;
  const params = { id: form_id };
  await tell('bureau', 'statistical_form.revise', { params, body: { ...text, rules: [] } });
  expect(await refused('bureau', 'form_draft.finish', at)).toMatchObject({
    code: 'kernel.stale',
  });
  expect((await tell('bureau', 'form_draft.get', at)).version).toBe(kept.version);
  await tell('bureau', 'form_draft.drop', at);
  const next = await tell('bureau', 'form_draft.begin', revision);
  expect(next).toMatchObject({ form_version: 2, content: { rules: [] } });
  const finished = await tell('bureau', 'form_draft.finish', { params: { id: next.id } });
  expect(finished).toMatchObject({ id: form_id, version: 3, rules: [] });
});

it('begins from a copy of anybody’s form, without the approval that was the other’s', async () => {
  const theirs = await tell('office', 'statistical_form.define', { body: newForm });
  const copy = await tell('bureau', 'form_draft.begin', {
    body: { as: 'copy', form_id: theirs.id },
  });
  expect(copy).toMatchObject({ form_id: null, content: { code: '', approval: null } });
  expect(copy.content.items).toEqual(theirs.items);
  expect(copy.content.rules).toEqual(theirs.rules);
  const weight = await tell('bureau', 'form_draft.weight', { params: { id: copy.id } });
  expect(weight).toMatchObject({ items: 7, filled_in: 3, noted: null, expected: null });
  // Each that says what it is; and the bureau's own form asks two of them besides.
  expect(
    weight.asked_elsewhere.map(({ item, their_item, asked }) => [item, their_item, asked]),
  ).toEqual([
    ['revenue', 'revenue', 0],
    ['service_revenue', 'service_revenue', 0],
    ['service_share', 'service_share', 0],
    ['staff', 'staff', 0],
    ['revenue', 'revenue', 0],
    ['service_revenue', 'upkeep', 0],
  ]);
  await tell('bureau', 'form_draft.drop', { params: { id: copy.id } });
});

it('tells what a form costs by what firms noted, and of whom it has been asked', async () => {
  const { maker } = world.parties;
  await tell('bureau', 'collection.open', {
    body: { form_id, period: '2026-Q1', due_on: '2026-05-01', party_ids: [maker.id] },
  });
  const { items } = await tell('maker', 'collection_ask.list');
  const at = { params: { id: items[0]?.id ?? '' } };
  await tell('maker', 'report_draft.start', { ...at, body: {} });
  const answers = { revenue: '9000', upkeep: '3000', staff: '12' };
  await tell('maker', 'report_draft.edit', { ...at, body: { answers, minutes: 12 } });
  await tell('maker', 'report_draft.submit', at);

  const own = await tell('bureau', 'statistical_form.weight', { params: { id: form_id } });
  // Three items in twelve minutes; of a report like it, two are left to write.
  expect(own).toMatchObject({
    items: 3,
    filled_in: 1,
    asks_per_year: 4,
    noted: { reports: 1, median_minutes: 12 },
    expected: { reports: 1, seconds_per_item: 240, minutes: 8 },
  });
  const used = { collections: 1, firms: 1, reported: 1, last_period: '2026-Q1' };
  const rowFor = async (who: Player) =>
    (await tell(who, 'statistical_form.list')).items.find(({ id }) => id === form_id);
  expect(await rowFor('bureau')).toMatchObject({
    item_count: 3,
    own_use: { ...used, reports_with_minutes: 1, median_minutes: 12 },
  });
  // Whom the bureau asks is nobody else's to know, not even as a number.
  for (const who of ['office', 'maker'] as const) {
    expect((await rowFor(who))?.own_use).toMatchObject({ collections: 0, firms: 0 });
    const weight = await tell(who, 'statistical_form.weight', { params: { id: form_id } });
    expect(weight).toMatchObject({ noted: null, expected: null });
  }
  const copy = await tell('bureau', 'form_draft.begin', { body: { as: 'copy', form_id } });
  const { asked_elsewhere } = await tell('bureau', 'form_draft.weight', {
    params: { id: copy.id },
  });
  const there = asked_elsewhere.filter((one) => one.form_id === form_id);
  expect(there).toMatchObject([
    { item: 'revenue', asked: 1, reported: 1, last_period: '2026-Q1' },
    { item: 'upkeep', asked: 1, reported: 1, last_period: '2026-Q1' },
  ]);
  const query = { form_id };
  expect((await tell('bureau', 'collection.list', { query })).items).toHaveLength(1);
  const other = { form_id: asked_elsewhere.find((one) => one.form_id !== form_id)?.form_id ?? '' };
  expect((await tell('bureau', 'collection.list', { query: other })).items).toEqual([]);
});
