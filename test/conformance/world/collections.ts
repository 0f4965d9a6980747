import { passAs } from '../../../src/observatory/collections/testing.ts';
import type { Operations } from '../../../web/src/generated/api.ts';
import { ask as askApi, say } from './client.ts';
import { type By, type Player, plainly } from './trade-story.ts';
import type { World } from './world.ts';

type Form = Operations['statistical_form.define']['body'];

const both = (text: string) => ({ zh: text, en: text });

/** A form of made-up items: its author says to which field of another table each belongs. */
export const newForm: Form = {
  code: 'RH-01',
  name: { zh: '产业融合情况', en: 'Convergence' },
  period_kind: 'quarter',
  approval: {
    table_number: '融合01表',
    issued_by: '某市统计局',
    approval_number: '示例第1号',
    valid_until: '2027-12-31',
  },
  items: [
    {
      code: 'revenue',
      name: { zh: '营业收入', en: 'Revenue' },
      kind: 'amount',
      prefill: { field: 'revenue' },
      source: { table: '示例表', item: '营业收入' },
    },
    {
      code: 'service_revenue',
      name: { zh: '服务收入', en: 'Service revenue' },
      kind: 'amount',
      prefill: { field: 'service_revenue' },
    },
    {
      code: 'service_share',
      name: { zh: '服务收入占比', en: 'Service share' },
      kind: 'percent',
      prefill: { field: 'service_share' },
      is_required: false,
    },
    {
      code: 'staff',
      name: { zh: '从业人员', en: 'Persons employed' },
      kind: 'count',
      source: { table: '示例表', item: '期末人数' },
    },
    {
      code: 'energy',
      name: { zh: '用电量', en: 'Electricity' },
      kind: 'quantity',
      unit: 'KWH',
      is_required: false,
    },
    {
      code: 'mode',
      name: { zh: '主要模式', en: 'Main mode' },
      kind: 'choice',
      choices: [
        { code: 'trusteeship', name: { zh: '托管', en: 'Trusteeship' } },
        { code: 'customised', name: { zh: '定制', en: 'Customised' } },
      ],
      is_required: false,
    },
    { code: 'remark', name: { zh: '说明', en: 'Remark' }, kind: 'text', is_required: false },
  ],
  rules: [
    {
      id: 'H1',
      level: 'hard',
      expression: 'service_revenue <= revenue',
      explanation: { zh: '服务收入不大于营业收入。', en: 'Service is a part of revenue.' },
    },
    {
      id: 'S1',
      level: 'soft',
      expression: 'staff > 0 or revenue = 0',
      explanation: { zh: '有收入应有人员。', en: 'Where there is revenue there is staff.' },
    },
    {
      id: 'S2',
      level: 'soft',
      expression: 'abs(revenue / prev.revenue - 1) <= 0.5',
      explanation: { zh: '比上期增减过半。', en: 'Half as much again, or half of it gone.' },
    },
  ],
};

const answers = { revenue: '5000', service_revenue: '2000', staff: '7' };
const sheet = new TextEncoder().encode('指标代码,数值（下限）,上限\nrevenue,50.00,\nstaff,9,\n');
const csv = { 'content-type': 'text/csv' };

/** A firm answers, is sent back to it, mends it, and corrects it after it was accepted. */
async function answer(world: World<Player>, tell: By, id: string): Promise<void> {
  const params = { id };
  await tell('maker', 'report_draft.start', { params, body: {} });
  await tell('maker', 'report_draft.import', { params, bytes: sheet, headers: csv });
  const body = { answers, notes: {}, minutes: 20 };
  await tell('maker', 'report_draft.edit', { params, body });
  await say(world.server, world.keys.maker, 'report_draft.sheet', { params });
  await tell('maker', 'report_draft.submit', { params });
  const newest = async () =>
    (await tell('bureau', 'collection_ask.get', { params })).report_id ?? '';
  const wrong = { params: { id: await newest() }, body: { reason: '请核对人数' } };
  await tell('bureau', 'report.return', wrong);
  await tell('maker', 'report_draft.start', { params, body: {} });
  await tell('maker', 'report_draft.submit', { params });
  await tell('bureau', 'report.accept', { params: { id: await newest() } });
  await tell('maker', 'report_draft.start', { params, body: { reason: '发票补开' } });
  await tell('maker', 'report_draft.submit', { params });
  await tell('bureau', 'report.accept', { params: { id: await newest() } });
  await tell('maker', 'report.list', { params, query: { limit: 1 } });
  await tell('bureau', 'report.get', { params: { id: await newest() } });
}

/** A form with a second person: a key of the firm hands over, and a person checks. */
async function answerInTwo(world: World<Player>, tell: By, form_id: string): Promise<void> {
  const { maker } = world.parties;
  await tell('bureau', 'collection.open', {
    body: { form_id, period: '2026-02', due_on: '2026-03-20', party_ids: [maker.id] },
  });
  const { items } = await tell('maker', 'collection_ask.list', { query: { state: 'waiting' } });
  const params = { id: items.find(({ period }) => period === '2026-02')?.id ?? '' };
  const { key } = await askApi(world.server, world.keys.maker, 'key.create', {
    body: { name: '填报', scopes: ['collections.*.*'] },
  });
  await askApi(world.server, key, 'report_draft.start', { params, body: {} });
  const edit = { params, body: { answers: { heads: '7' } } };
  await askApi(world.server, key, 'report_draft.edit', edit);
  await askApi(world.server, key, 'report_draft.submit', { params });
  await tell('maker', 'report_draft.check', { params, body: { decision: 'hand_back' } });
  await askApi(world.server, key, 'report_draft.submit', { params });
  const person = world.parties.carrier.id;
  await world.as('maker', (tx) => passAs(tx, person, params.id));
}

/** A form is written, made, revised and copied; what is begun and not wanted is given up. */
async function writeForms(tell: By): Promise<void> {
  const begun = await tell('bureau', 'form_draft.begin', { body: { as: 'new' } });
  const params = { id: begun.id };
  const { items, ...rest } = newForm;
  const whole = {
    ...{ ...begun.content, ...rest, code: 'RH-04', asks_per_year: 4 },
    items: items.map((item) => ({
      ...{ unit: null, choices: [], is_required: true, takes_interval: false, source: null },
      ...item,
      prefill: item.prefill ? { rule: 'third-sector', ...item.prefill } : null,
    })),
  } as Operations['form_draft.edit']['body'];
  await tell('bureau', 'statistical_form.check', { body: { content: whole } });
  await tell('bureau', 'statistical_form.prefills');
  await tell('bureau', 'form_draft.edit', { params, body: whole });
  await tell('bureau', 'form_draft.get', { params });
  const made = await tell('bureau', 'form_draft.finish', { params });
  const form_id = made.id;
  const revision = await tell('bureau', 'form_draft.begin', { body: { as: 'revision', form_id } });
  const copy = await tell('bureau', 'form_draft.begin', { body: { as: 'copy', form_id } });
  const first = await tell('bureau', 'form_draft.list', { query: { limit: 1 } });
  await tell('bureau', 'form_draft.list', { query: { after: first.next ?? '' } });
  await tell('bureau', 'form_draft.weight', { params: { id: revision.id } });
  await tell('bureau', 'form_draft.finish', { params: { id: revision.id } });
  await tell('bureau', 'form_draft.drop', { params: { id: copy.id } });
  await tell('bureau', 'statistical_form.weight', { params: { id: form_id } });
}

/** A city's statistician asks two firms, and what they say goes all its ways. */
export async function tellCollections(world: World<Player>, tell = plainly(world)): Promise<void> {
  const { maker, dealer } = world.parties;
  const form = await tell('bureau', 'statistical_form.define', { body: newForm });
  const { code: _, period_kind: __, ...content } = newForm;
  const params = { id: form.id };
  await tell('bureau', 'statistical_form.revise', { params, body: content });
  await tell('maker', 'statistical_form.get', { params, query: { version: 1 } });
  await writeForms(tell);
  await tell('maker', 'firm_profile.describe', {
    body: { industry_class: '1432', as_of: '2025-12-31', employees: 400, revenue_10k: '5000' },
  });
  await tell('maker', 'firm_profile.get');
  const opened = await tell('bureau', 'collection.open', {
    body: { form_id: form.id, period: '2026-Q1', due_on: '2026-04-10', party_ids: [maker.id] },
  });
  const at = { params: { id: opened.id } };
  await tell('bureau', 'collection.ask_more', { ...at, body: { party_ids: [dealer.id] } });
  const other = await tell('bureau', 'statistical_form.define', {
    body: {
      code: 'RH-02',
      name: both('月度人员'),
      period_kind: 'month',
      levels: 2,
      items: [{ code: 'heads', name: both('人数'), kind: 'count' }],
    },
  });
  // The same question beside it: the office is told of its own repetition.
  const [first_item] = newForm.items;
  const twin = await tell('bureau', 'statistical_form.define', {
    body: { ...newForm, code: 'RH-03', items: first_item ? [first_item] : [], rules: [] },
  });
  await tell('bureau', 'collection.open', {
    body: { form_id: twin.id, period: '2026-Q1', due_on: '2026-04-01', party_ids: [dealer.id] },
  });
  await tell('bureau', 'collection.remind', at);
  await tell('bureau', 'collection.asked', { ...at, query: { late: 'true', limit: 1 } });
  const page = await tell('bureau', 'collection.asked', { ...at, query: { limit: 1 } });
  await tell('bureau', 'collection.asked', { ...at, query: { limit: 1, after: page.next ?? '' } });
  const { items } = await tell('maker', 'collection_ask.list', { query: { limit: 1 } });
  await answer(world, tell, items[0]?.id ?? '');
  await answerInTwo(world, tell, other.id);
  await tell('bureau', 'collection.close', at);
  await tell('bureau', 'collection.lock', at);
  await tell('bureau', 'collection.unlock', { ...at, body: { reason: '更正' } });
  await tell('bureau', 'collection.totals', at);
  const looked = { collection_id: opened.id };
  await tell('bureau', 'guard.heaping', { query: looked });
  const threshold = { ...looked, item: 'service_share', at: '30' };
  await tell('bureau', 'guard.bunching', { query: threshold });
  const two = { ...looked, earlier_id: opened.id, indicator: 'service_share', outcome: 'revenue' };
  await tell('bureau', 'guard.divergence', { query: { ...two, outcome_per: 'staff' } });
  const first = await tell('bureau', 'collection.list', { query: { limit: 1 } });
  await tell('bureau', 'collection.list', { query: { after: first.next ?? '' } });
  await tell('bureau', 'collection.get', at);
  const loads = await tell('bureau', 'collection.burden', { query: { limit: 1 } });
  await tell('bureau', 'collection.burden', { query: { after: loads.next ?? '' } });
  await tell('maker', 'collection_ask.burden', {});
}
