import type { Given } from '../doors.ts';
import { type Command, command, type View } from '../part.ts';

type NewForm = NonNullable<Given<'statistical_form.define'>['body']>;
type Item = NewForm['items'][number];

const both = (zh: string) => ({ zh, en: zh });

/** The hard rule of these forms: the check of it in `invariants.ts` is made by another hand. */
export const partOfRevenue = 'service_revenue <= revenue';
const likeBefore = 'abs(revenue / prev.revenue - 1) <= 0.5';

function itemsOf(view: View): Item[] {
  const money = (code: 'revenue' | 'service_revenue'): Item => ({
    ...{ code, name: both(code), kind: 'amount', prefill: { field: code } },
    takes_interval: view.dice.chance(0.3),
  });
  const optional = { is_required: false } as const;
  const staff: Item = { code: 'staff', name: both('从业人员'), kind: 'count' };
  const source = { table: '能源表', item: '用电量' };
  const energy: Item = {
    ...{ code: 'energy', name: both('用电量'), kind: 'quantity', unit: 'KWH', source, ...optional },
  };
  const remark: Item = { code: 'remark', name: both('说明'), kind: 'text', ...optional };
  const more = view.dice.chance(0.5) ? [energy] : [];
  return [money('revenue'), money('service_revenue'), staff, ...more, remark];
}

function contentOf(view: View): Omit<NewForm, 'code' | 'period_kind'> {
  const { dice } = view;
  // Now and then a rule of an item that the form has not.
  const last = dice.chance(0.1) ? 'turnover > 0' : likeBefore;
  const rule = (id: string, level: 'hard' | 'soft', expression: string) => ({
    ...{ id, level, expression, explanation: both('请核对') },
  });
  return {
    name: both('经营情况'),
    levels: dice.chance(0.4) ? 2 : 1,
    ...(dice.chance(0.3) ? { asks_per_year: dice.between(1, 6) } : {}),
    items: itemsOf(view),
    rules: [rule('H1', 'hard', partOfRevenue), rule('S1', 'soft', last)],
  };
}

/** What has been asked before anybody plays, so that firms have something to answer at once. */
export const first = (code: string, levels: 1 | 2, period_kind: 'month' | 'quarter'): NewForm => ({
  ...{ code, levels, period_kind, name: both('经营情况') },
  items: [
    { code: 'revenue', name: both('收入'), kind: 'amount', prefill: { field: 'revenue' } },
    { code: 'service_revenue', name: both('服务收入'), kind: 'amount' },
    { code: 'staff', name: both('从业人员'), kind: 'count' },
    { code: 'remark', name: both('说明'), kind: 'text', is_required: false },
  ],
  rules: [
    { id: 'H1', level: 'hard', expression: partOfRevenue, explanation: both('部分不大于全部') },
    { id: 'S1', level: 'soft', expression: likeBefore, explanation: both('比上期增减过半') },
  ],
});

const define: Command = command({
  name: 'statistical_form.define',
  duty: 'ask_for_figures',
  weight: 1,
  choose: async (view) => ({
    body: {
      ...{ code: `F-${view.dice.between(1, 8)}`, ...contentOf(view) },
      period_kind: view.dice.pick(['month', 'month', 'quarter', 'year']),
    },
  }),
});

async function ownForm(view: View) {
  const { items } = await view.read('statistical_form.list', { query: { limit: 20 } });
  return view.pick(items.filter((one) => one.owner_id === view.me));
}

/** What somebody saw before they wrote; now and then nobody looked, or others wrote since. */
function seen(view: View, version: number): { headers?: Record<string, string> } {
  const thrown = view.dice.fraction();
  if (thrown < 0.4) return {};
  return { headers: { 'if-match': `"${thrown < 0.9 ? version : version - 1}"` } };
}

const revise: Command = command({
  name: 'statistical_form.revise',
  duty: 'ask_for_figures',
  weight: 1,
  async choose(view) {
    const form = await ownForm(view);
    if (!form) return null;
    return { params: { id: form.id }, body: contentOf(view), ...seen(view, form.version) };
  },
});

function periodFor(view: View, kind: 'month' | 'quarter' | 'year'): string {
  const year = view.dice.pick([2025, 2026]);
  if (kind === 'year') return String(year);
  if (kind === 'quarter') return `${year}-Q${view.dice.between(1, 4)}`;
  return `${year}-${String(view.dice.between(1, 12)).padStart(2, '0')}`;
}

/** Some members of the chain, and now and then somebody whom nobody knows. */
async function someFirms(view: View): Promise<string[]> {
  const { items } = await view.read('party.list', { query: { limit: 50 } });
  const asked = items.filter(({ id }) => id !== view.me && view.dice.chance(0.6));
  const ids = asked.map(({ id }) => id);
  return view.dice.chance(0.05) ? [...ids, '00000000-0000-4000-8000-000000000000'] : ids;
}

const open: Command = command({
  name: 'collection.open',
  duty: 'ask_for_figures',
  weight: 2,
  async choose(view) {
    const form = await ownForm(view);
    const party_ids = await someFirms(view);
    if (!form || party_ids.length === 0) return null;
    const period = periodFor(view, view.dice.chance(0.95) ? form.period_kind : 'quarter');
    const due_on = view.day(view.dice.between(-2, 40));
    return { body: { form_id: form.id, period, due_on, party_ids } };
  },
});

async function ownCollection(view: View, states: readonly string[] = []) {
  const { items } = await view.read('collection.list', { query: { limit: 8 } });
  const fitting = items.filter(({ state }) => states.length === 0 || states.includes(state));
  return view.pick(view.dice.chance(0.9) ? fitting : items);
}

const askMore: Command = command({
  name: 'collection.ask_more',
  duty: 'ask_for_figures',
  weight: 2,
  async choose(view) {
    const collection = await ownCollection(view, ['open']);
    if (!collection) return null;
    const params = { id: collection.id };
    const { items } = await view.read('collection.asked', { params, query: { limit: 50 } });
    const asked = new Set(items.map(({ owner_id }) => owner_id));
    // Who was asked already is refused: now and then somebody does not look.
    const firms = await someFirms(view);
    const more = view.dice.chance(0.9) ? firms.filter((id) => !asked.has(id)) : firms;
    return more.length === 0 ? null : { params, body: { party_ids: more.slice(0, 2) } };
  },
});

const remind: Command = command({
  name: 'collection.remind',
  duty: 'ask_for_figures',
  weight: 1,
  async choose(view) {
    const collection = await ownCollection(view, ['open', 'closed']);
    return collection ? { params: { id: collection.id } } : null;
  },
});

const close: Command = command({
  name: 'collection.close',
  duty: 'ask_for_figures',
  weight: 1,
  async choose(view) {
    const collection = await ownCollection(view, ['open']);
    if (!collection) return null;
    return { params: { id: collection.id }, ...seen(view, collection.version) };
  },
});

const lock: Command = command({
  name: 'collection.lock',
  duty: 'ask_for_figures',
  weight: 1,
  async choose(view) {
    const collection = await ownCollection(view, ['open', 'closed']);
    if (!collection) return null;
    return { params: { id: collection.id }, ...seen(view, collection.version) };
  },
});

const unlock: Command = command({
  name: 'collection.unlock',
  duty: 'ask_for_figures',
  weight: 2,
  async choose(view) {
    const collection = await ownCollection(view, ['locked']);
    if (!collection) return null;
    const body = { reason: '有更正' };
    return { params: { id: collection.id }, body, ...seen(view, collection.version) };
  },
});

/** A report that waits for a word; now and then one that has had it. */
async function reportToRule(view: View): Promise<string | null> {
  const { items } = await view.read('collection.list', { query: { limit: 8 } });
  for (let tries = 0; tries < 3; tries++) {
    const collection = view.pick(items.filter(({ state }) => state !== 'locked'));
    if (!collection) return null;
    const state = view.dice.chance(0.95) ? { state: 'submitted' as const } : {};
    const asked = await view.read('collection.asked', {
      params: { id: collection.id },
      query: { limit: 20, ...state },
    });
    const ask = view.pick(asked.items.filter(({ report_id }) => report_id !== null));
    if (ask) return ask.report_id;
  }
  return null;
}

const accept: Command = command({
  name: 'report.accept',
  duty: 'ask_for_figures',
  weight: 7,
  async choose(view) {
    const id = await reportToRule(view);
    return id === null ? null : { params: { id } };
  },
});

const sendBack: Command = command({
  name: 'report.return',
  duty: 'ask_for_figures',
  weight: 2,
  async choose(view) {
    const id = await reportToRule(view);
    return id === null ? null : { params: { id }, body: { reason: '请核对人数' } };
  },
});

export const asking: readonly Command[] = [
  ...[define, revise, open, askMore, remind],
  ...[close, lock, unlock, accept, sendBack],
];
