import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReader } from '../../src/flows/data/index.ts';
import { type AcceptedRow, readAccepted } from '../../src/observatory/collections/index.ts';
import type { Operations } from '../../web/src/generated/api.ts';
import { ask, type Given, type Operation, say } from './world/client.ts';
import { newForm } from './world/collections.ts';
import { openWorld, type World } from './world/world.ts';

const firms = Array.from({ length: 12 }, (_, at) => `f${at + 1}`);
const roles = {
  ...({ bureau: 'statistician', office: 'statistician', outsider: 'supplier' } as const),
  ...Object.fromEntries(firms.map((name) => [name, 'manufacturer' as const])),
} as const;

let world: World<string>;
let form: Operations['statistical_form.define']['reply'];
let collection: Operations['collection.open']['reply'];
/** The ask of each firm, by its name. */
const asks: Record<string, string> = {};

const tell = <Name extends Operation>(who: string, name: Name, given?: Given<Name>) =>
  ask(world.server, world.keys[who] ?? '', name, given);

/** What is wrong, and where. */
async function refused<Name extends Operation>(who: string, name: Name, given?: Given<Name>) {
  const { status, body } = await say(world.server, world.keys[who] ?? '', name, given);
  const { code, errors = [] } = JSON.parse(body) as { code: string; errors?: { path: string }[] };
  return { status, code, paths: errors.map(({ path }) => path) };
}

const of = (who: string) => ({ params: { id: asks[who] ?? '' } });
const idOf = (who: string) => world.parties[who]?.id ?? '';
const at = () => ({ params: { id: collection.id } });
const setDay = (day: string) => world.test.clock.set(new Date(`${day}T02:00:00.000Z`));

type Answers = Operations['report_draft.edit']['body']['answers'];

async function fill(who: string, answers: Answers, notes: Record<string, string> = {}) {
  await tell(who, 'report_draft.start', { ...of(who), body: {} });
  await tell(who, 'report_draft.edit', { ...of(who), body: { answers, notes } });
}
async function submit(who: string): Promise<string> {
  await tell(who, 'report_draft.submit', of(who));
  return (await tell(who, 'collection_ask.get', of(who))).report_id ?? '';
}
const accept = (id: string) => tell('bureau', 'report.accept', { params: { id } });

const bill = (who: string, lines: object[]) =>
  tell(who, 'invoice.issue', {
    body: {
      buyer_id: idOf('outsider'),
      lines: lines.map((line) => ({ quantity: '1', unit: 'C62', tax_rate: '0.06', ...line })),
    } as never,
  });

beforeAll(async () => {
  world = await openWorld(roles);
  await loadReader();
  // Repair is a service; parts may be made or bought in, and then their trade would be one.
  await bill('f1', [
    { name: '维修', price: '400', tax_code: '202'.padEnd(19, '0') },
    { name: '配件', price: '600', tax_code: '109'.padEnd(19, '0') },
  ]);
  await tell('f1', 'firm_profile.describe', {
    body: { industry_class: '2911', as_of: '2025-12-31', employees: 350, revenue_10k: '3000' },
  });
  form = await tell('bureau', 'statistical_form.define', { body: newForm });
  setDay('2026-04-01');
  collection = await tell('bureau', 'collection.open', {
    body: {
      form_id: form.id,
      period: '2026-Q1',
      due_on: '2026-04-10',
      party_ids: firms.map(idOf),
    },
  });
  const { items } = await tell('bureau', 'collection.asked', at());
  for (const name of firms) {
    asks[name] = items.find(({ owner_id }) => owner_id === idOf(name))?.id ?? '';
  }
}, 120_000);
afterAll(() => world?.close());

describe('a city asks twelve firms for a quarter', () => {
  it('and the platform fills in what it knows, with every doubt and its evidence', async () => {
    const draft = await tell('f1', 'report_draft.start', { ...of('f1'), body: {} });
    expect(draft.answers).toEqual({
      revenue: '100000',
      service_revenue: { low: '40000', high: '100000' },
      service_share: { low: '40', high: '100' },
    });
    expect(draft.evidence.service_revenue).toMatchObject({
      kind: 'split',
      from: '2026-01',
      to: '2026-03',
      rule: 'third-sector',
      open_part: 0.6,
      left_out_lines: 0,
    });
    // Whom it has billed nothing the platform knows nothing of: that is no zero.
    const empty = await tell('f2', 'report_draft.start', { ...of('f2'), body: {} });
    expect([empty.answers, empty.evidence]).toEqual([{}, {}]);
  });

  it('a firm narrows what is filled in, adds the rest, and submits it', async () => {
    const answers = { revenue: '100000', service_revenue: '45000', staff: '350' };
    const body = { answers, minutes: 12 };
    const edited = await tell('f1', 'report_draft.edit', { ...of('f1'), body });
    expect(edited.checks.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['H1', 'holds'],
      ['S1', 'holds'],
      ['S2', 'cannot_tell'],
    ]);
    const stale = { ...of('f1'), headers: { 'if-match': '"1"' } };
    expect(await refused('f1', 'report_draft.submit', stale)).toMatchObject({ status: 412 });
    const id = await submit('f1');
    expect(await tell('bureau', 'report.get', { params: { id } })).toMatchObject({
      number: 1,
      prefilled_count: 2,
      minutes: 12,
      industry_class: '2911',
      size: 'medium',
      region_code: '410100',
      ruling: null,
    });
    await accept(id);
  });

  it('what no form asks, or no kind of item allows, is refused where it stands', async () => {
    const answers = { revenue: '1.5', staff: '-1', wages: '3', mode: 'other', energy: 'x' };
    const body = { answers, notes: { H9: '无' } };
    const wrong = await refused('f2', 'report_draft.edit', { ...of('f2'), body });
    expect(wrong).toEqual({
      status: 422,
      code: 'collections.answers_invalid',
      paths: [
        ...['wages', 'revenue', 'staff', 'energy', 'mode'].map((one) => `body/answers/${one}`),
        'body/notes/H9',
      ],
    });
    expect(await refused('f2', 'report_draft.submit', of('f2'))).toEqual({
      status: 422,
      code: 'collections.answers_invalid',
      paths: ['revenue', 'service_revenue', 'staff'].map((one) => `body/answers/${one}`),
    });
  });

  it('a hard rule refuses, and a soft one asks why', async () => {
    const answers = { revenue: '100', service_revenue: '101', staff: '0' };
    const edit = (more: object) =>
      tell('f2', 'report_draft.edit', { ...of('f2'), body: { answers, ...more } });
    await edit({});
    const broken = { status: 422, code: 'collections.rules_broken' };
    expect(await refused('f2', 'report_draft.submit', of('f2'))).toEqual({
      ...broken,
      paths: ['rules/H1', 'body/notes/S1'],
    });
    answers.service_revenue = '100';
    // A note on a hard rule changes nothing; on the soft one it does.
    await edit({ notes: { S1: '人员由总公司派遣' } });
    const id = await submit('f2');
    const { notes, checks } = await tell('bureau', 'report.get', { params: { id } });
    expect(notes).toEqual({ S1: '人员由总公司派遣' });
    expect(checks.find(({ rule }) => rule === 'S1')?.outcome).toBe('broken');
    await accept(id);
  });

  it('a sheet is taken whole, or refused by its cells in both languages', async () => {
    await tell('f3', 'report_draft.start', { ...of('f3'), body: {} });
    const send = (text: string) => ({
      ...of('f3'),
      bytes: new TextEncoder().encode(text),
      headers: { 'content-type': 'text/csv' },
    });
    const head = '一季度\n指标代码,指标名称,数值（下限）,上限\n';
    const bad =
      'revenue,营业收入,12.345,\nstaff,人员,7,9\nwages,工资,1,\nstaff,人员,8,\nmode,,租赁,\n';
    expect(await refused('f3', 'report_draft.import', send(head + bad))).toEqual({
      status: 422,
      code: 'collections.sheet_refused',
      paths: ['C3', 'D4', 'A5', 'A6', 'C7'],
    });
    expect((await tell('f3', 'report_draft.get', of('f3'))).answers).toEqual({});
    const good = 'revenue,,"¥1,234.50",\nservice_revenue,,100,1234.5\nstaff,,８,\nmode,,定制,\n';
    const taken = await tell('f3', 'report_draft.import', send(head + good));
    expect(taken.answers).toEqual({
      revenue: '123450',
      service_revenue: { low: '10000', high: '123450' },
      staff: '8',
      mode: 'customised',
    });
    const query = { format: 'xlsx' };
    const { rawPayload } = await world.server.inject({
      url: `/api/v1/collections/asks/${asks.f3}/draft/sheet?${new URLSearchParams(query)}`,
      headers: { authorization: `Bearer ${world.keys.f3}` },
    });
    // What goes out as a workbook comes in as the same answers.
    const again = await tell('f3', 'report_draft.import', {
      ...of('f3'),
      bytes: new Uint8Array(rawPayload),
      headers: {
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      },
    });
    expect(again.answers).toEqual(taken.answers);
    await accept(await submit('f3'));
  }, 60_000);

  it('one is sent back with a reason, and mends it', async () => {
    await fill('f4', { revenue: '900', service_revenue: '0', staff: '2', remark: '第四厂' });
    const first = await submit('f4');
    const returning = { params: { id: first }, body: { reason: '金额似为万元' } };
    await tell('bureau', 'report.return', returning);
    expect(await refused('bureau', 'report.accept', { params: { id: first } })).toMatchObject({
      code: 'collections.report_settled',
    });
    const draft = await tell('f4', 'report_draft.start', { ...of('f4'), body: {} });
    expect(draft).toMatchObject({ corrects_id: first, answers: { revenue: '900' } });
    const answers = { ...draft.answers, revenue: '900000' };
    await tell('f4', 'report_draft.edit', { ...of('f4'), body: { answers } });
    const second = await submit('f4');
    expect(await tell('f4', 'report.get', { params: { id: second } })).toMatchObject({
      number: 2,
      corrects_id: first,
    });
    await accept(second);
    for (const [at, who] of firms.slice(4, 11).entries()) {
      await fill(who, { revenue: `${(at + 1) * 1_000}`, service_revenue: '0', staff: '1' });
      await accept(await submit(who));
    }
  });

  it('one is late: it is on the list, and reminded once a day', async () => {
    setDay('2026-04-11');
    const late = await tell('bureau', 'collection.asked', { ...at(), query: { late: 'true' } });
    expect(late.items.map(({ owner_id, is_late }) => [owner_id, is_late])).toEqual([
      [idOf('f12'), true],
    ]);
    expect(await tell('bureau', 'collection.remind', at())).toEqual({ reminded: 1, left: 0 });
    expect(await tell('bureau', 'collection.remind', at())).toEqual({ reminded: 0, left: 0 });
    const { items } = await tell('f12', 'fact.list', { query: { limit: 1 } });
    expect(items[0]).toMatchObject({ type: 'collections.party.reminded', subject_id: asks.f12 });
    await fill('f12', { revenue: '5', service_revenue: '5', staff: '1' });
    const id = await submit('f12');
    expect(await refused('bureau', 'collection.lock', at())).toMatchObject({
      code: 'collections.rulings_wait',
    });
    await accept(id);
    expect(await tell('bureau', 'collection.get', at())).toMatchObject({
      asked: 12,
      accepted: 12,
      late: 0,
    });
  });

  it('is locked, and nothing moves until it is unlocked for a reason', async () => {
    await tell('bureau', 'collection.lock', at());
    const correcting = { ...of('f5'), body: { reason: '漏记一张发票' } };
    const locked = { status: 409, code: 'collections.collection_state' };
    expect(await refused('f5', 'report_draft.start', correcting)).toMatchObject(locked);
    const more = { ...at(), body: { party_ids: [idOf('outsider')] } };
    expect(await refused('bureau', 'collection.ask_more', more)).toMatchObject(locked);
    const unlocking = { ...at(), body: { reason: '企业更正' } };
    await tell('bureau', 'collection.unlock', unlocking);
    const { items } = await tell('bureau', 'fact.list', { query: { limit: 1 } });
    expect(items[0]).toMatchObject({
      type: 'collections.collection.unlocked',
      body: { reason: '企业更正' },
    });
    const silent = { ...of('f5'), body: {} };
    expect(await refused('f5', 'report_draft.start', silent)).toMatchObject({
      code: 'collections.reason_needed',
    });
    await tell('f5', 'report_draft.start', correcting);
    const before = await tell('bureau', 'collection.totals', at());
    const answers = { revenue: '1500', service_revenue: '0', staff: '1' };
    await tell('f5', 'report_draft.edit', { ...of('f5'), body: { answers } });
    const id = await submit('f5');
    const corrected = await tell('bureau', 'report.get', { params: { id } });
    expect(corrected).toMatchObject({ number: 2, reason: '漏记一张发票' });
    // What was accepted counts until the correction is.
    expect(await tell('bureau', 'collection.totals', at())).toEqual(before);
    await accept(id);
    const after = await tell('bureau', 'collection.totals', at());
    const revenue = ({ items }: typeof after) => items.find(({ code }) => code === 'revenue');
    // 100,000 + 100 + 123,450 + 900,000, then 1,500 for 1,000, 2,000 to 7,000, and 5.
    expect(revenue(before)).toMatchObject({ answered: 12, low: '1151555', high: '1151555' });
    expect(revenue(after)?.low).toBe('1152055');
    // f3 does not know exactly, and the sum says so.
    expect(after.items.find(({ code }) => code === 'service_revenue')).toMatchObject({
      low: '55105',
      high: '168555',
    });
    const facts = await tell('f5', 'fact.list', { query: { subject: asks.f5 ?? '', limit: 50 } });
    const submitted = facts.items.filter(({ type }) => type === 'collections.report.submitted');
    expect(submitted[0]?.corrects_id).toBe(submitted[1]?.id);
  });
});

describe('who sees what', () => {
  it('the collector no draft, a firm nobody else’s, and others nothing at all', async () => {
    const secret = { status: 404 };
    await tell('f6', 'report_draft.start', { ...of('f6'), body: { reason: '更正' } });
    const report = (await tell('f6', 'collection_ask.get', of('f6'))).report_id ?? '';
    expect(await refused('bureau', 'report_draft.get', of('f6'))).toMatchObject(secret);
    for (const who of ['f7', 'office', 'outsider']) {
      expect(await refused(who, 'collection.get', at())).toMatchObject(secret);
      expect(await refused(who, 'collection.asked', at())).toMatchObject(secret);
      expect(await refused(who, 'collection.totals', at())).toMatchObject(secret);
      expect(await refused(who, 'collection_ask.get', of('f6'))).toMatchObject(secret);
      expect(await refused(who, 'report_draft.get', of('f6'))).toMatchObject(secret);
      expect(await refused(who, 'report_draft.submit', of('f6'))).toMatchObject(secret);
      expect(await refused(who, 'report.list', of('f6'))).toMatchObject(secret);
      expect(await refused(who, 'report.get', { params: { id: report } })).toMatchObject(secret);
      expect(await refused(who, 'report.accept', { params: { id: report } })).toMatchObject(secret);
    }
    expect((await tell('f7', 'collection_ask.list', {})).items.map(({ id }) => id)).toEqual([
      asks.f7,
    ]);
    const own = { params: { id: report } };
    expect(await refused('f6', 'report.accept', own)).toMatchObject(secret);
    // Neither the name of a firm nor its answers stand in any row that another reads.
    const rows = await world.test.store.database.owner.query(
      'select unit from collection_ask where owner_id = $1',
      [idOf('f6')],
    );
    const { body } = await say(world.server, world.keys.f7 ?? '', 'collection_ask.burden', {});
    expect(body).not.toContain(rows.rows[0].unit);
    for (const name of ['outsider', 'office']) {
      const { total } = await tell(name, 'collection.burden', {});
      expect([total.collections, total.items, total.reports]).toEqual([0, 0, 0]);
    }
    // The wall itself, with no condition of ours in front of it.
    const owners = (who: string, table: 'report_draft' | 'collection_ask' | 'report') =>
      world.as(who, async (tx) => {
        const rows = await tx.db
          .selectFrom(table)
          .select('owner_id')
          .where('chain_id', '=', tx.chain)
          .execute();
        return new Set(rows.map((row) => row.owner_id));
      });
    for (const table of ['collection_ask', 'report', 'report_draft'] as const) {
      expect(await owners('f7', table)).toEqual(new Set([idOf('f7')]));
      expect((await owners('outsider', table)).size).toBe(0);
    }
    expect((await owners('bureau', 'report_draft')).size).toBe(0);
    expect((await owners('bureau', 'report')).size).toBe(12);
    expect(await refused('f6', 'statistical_form.define', { body: newForm })).toMatchObject({
      status: 403,
      code: 'collections.not_a_statistician',
    });
  });

  it('the statistician reads on without names, page by page', async () => {
    const read: AcceptedRow[] = [];
    for (let page: AcceptedRow[] | undefined; page?.length !== 0; ) {
      const after = read.at(-1)?.unit;
      page = await world.as('bureau', (tx) =>
        readAccepted(tx, { collection_id: collection.id, limit: 5, after }),
      );
      read.push(...page);
    }
    expect(new Set(read.map(({ unit }) => unit)).size).toBe(12);
    const described = read.find(({ industry_class }) => industry_class !== null);
    expect(described).toMatchObject({ size: 'medium', region: '410100' });
    expect(described?.values).toEqual({
      revenue: '100000',
      service_revenue: '45000',
      staff: '350',
    });
    const text = JSON.stringify(read);
    // f4 wrote its name into a remark.
    expect(text).not.toContain('第四厂');
    for (const name of firms) {
      expect(text).not.toContain(idOf(name));
      expect(text).not.toContain(asks[name]);
    }
    const query = { collection_id: collection.id, limit: 5 };
    expect(await world.as('office', (tx) => readAccepted(tx, query))).toEqual([]);
    expect(await world.as('f1', (tx) => readAccepted(tx, query))).toEqual([]);
  });
});

describe('what asking costs', () => {
  it('a question that was answered is not asked in vain a second time', async () => {
    const other = await tell('office', 'statistical_form.define', {
      body: {
        code: 'SME-9',
        name: { zh: '用工调查', en: 'Labour' },
        period_kind: 'quarter',
        items: [
          {
            code: 'heads',
            name: { zh: '人数', en: 'Heads' },
            kind: 'count',
            source: { table: '示例表', item: ' 期末人数' },
          },
        ],
      },
    });
    await tell('office', 'collection.open', {
      body: {
        form_id: other.id,
        period: '2026-Q1',
        due_on: '2026-05-01',
        party_ids: [idOf('f1'), idOf('f2')],
      },
    });
    const { items } = await tell('f1', 'collection_ask.list', { query: { state: 'waiting' } });
    const params = { id: items[0]?.id ?? '' };
    const draft = await tell('f1', 'report_draft.start', { params, body: {} });
    expect(draft.answers).toEqual({ heads: '350' });
    expect(draft.asked_already).toEqual([
      expect.objectContaining({ item: 'heads', their_item: 'staff', value: '350' }),
    ]);
    expect(draft.evidence.heads).toMatchObject({ kind: 'report', item: 'staff' });
    await tell('f1', 'report_draft.submit', { params });
    // Whom else a firm reports to is not this collector's to know.
    const { report_id } = await tell('office', 'collection_ask.get', { params });
    const theirs = await tell('office', 'report.get', { params: { id: report_id ?? '' } });
    const hidden = { report_id: null, collector_id: null, form: null, item: null };
    expect(theirs.evidence.heads).toEqual({ kind: 'report', value: '350', ...hidden });
    const burden = await tell('f1', 'collection_ask.burden', {});
    expect(burden.total).toEqual({
      collections: 2,
      forms: 2,
      items: 8,
      reports: 2,
      prefilled: 3,
      minutes: 12,
      reports_with_minutes: 1,
    });
    expect(burden.by_collector).toHaveLength(2);
    expect(burden.asked_twice).toMatchObject([{ period: '2026-Q1', times: 2 }]);
    const asked = await tell('office', 'collection.burden', {});
    expect(asked.total).toMatchObject({ items: 2, reports: 1, prefilled: 1, minutes: 0 });
    expect(asked.items).toHaveLength(2);
    // Nor what it told them, where it says something else here.
    const [back, body] = [{ id: theirs.id }, { answers: { heads: '351' } }];
    await tell('office', 'report.return', { params: back, body: { reason: '请核对。' } });
    await tell('f1', 'report_draft.start', { params, body: {} });
    await tell('f1', 'report_draft.edit', { params, body });
    await tell('f1', 'report_draft.submit', { params });
    const id = (await tell('office', 'collection_ask.get', { params })).report_id ?? '';
    const mended = await tell('office', 'report.get', { params: { id } });
    expect(mended).toMatchObject({ ...body, prefilled_count: 1 });
    expect(mended.evidence).toEqual({});
  });

  it('a form asks a firm as often as it says, and says what it repeats', async () => {
    const { code: _, period_kind: __, ...content } = newForm;
    const params = { id: form.id };
    await tell('bureau', 'statistical_form.revise', {
      params,
      body: { ...content, asks_per_year: 2 },
    });
    const open = (period: string, who: string, due_on = '2026-07-10') => ({
      body: { form_id: form.id, period, due_on, party_ids: [idOf(who)] },
    });
    expect(await refused('bureau', 'collection.open', open('2026-Q1', 'f1'))).toMatchObject({
      code: 'collections.asked_already',
      paths: ['body/party_ids/0'],
    });
    await tell('bureau', 'collection.open', open('2026-Q2', 'f1'));
    // The next quarter is held against this one, by whichever version asked then.
    const { items } = await tell('f1', 'collection_ask.list', { query: { limit: 1 } });
    const next = { params: { id: items[0]?.id ?? '' } };
    await tell('f1', 'report_draft.start', { ...next, body: {} });
    const half = { revenue: '49999', service_revenue: '1', staff: '300' };
    await tell('f1', 'report_draft.edit', { ...next, body: { answers: half } });
    expect(await refused('f1', 'report_draft.submit', next)).toMatchObject({
      code: 'collections.rules_broken',
      paths: ['body/notes/S2'],
    });
    expect(await refused('bureau', 'collection.open', open('2026-Q3', 'f1'))).toMatchObject({
      code: 'collections.cap_reached',
      paths: ['body/party_ids/0'],
    });
    expect(await refused('bureau', 'collection.open', open('2026-07', 'f2'))).toMatchObject({
      code: 'collections.period_invalid',
    });
    const late = open('2026-Q2', 'f2', '2028-01-01');
    expect(await refused('bureau', 'collection.open', late)).toMatchObject({
      code: 'collections.form_expired',
    });
    const again = await tell('bureau', 'statistical_form.define', {
      body: { ...newForm, code: 'RH-1B' },
    });
    const body = { ...open('2026-Q2', 'f1').body, form_id: again.id };
    const { asked_already } = await tell('bureau', 'collection.open', { body });
    expect(asked_already.map(({ item, parties }) => [item, parties])).toEqual([
      ['revenue', 1],
      ['service_revenue', 1],
      ['service_share', 1],
      ['staff', 1],
    ]);
  });
});
