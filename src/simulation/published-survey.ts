import { addDays, type Chain, dateInZone } from '../kernel/index.ts';
import {
  defineForm,
  describeFirm,
  editDraft,
  listAsked,
  listOwnAsks,
  moveCollection,
  newForm,
  newProfile,
  openCollection,
  ruleOn,
  startDraft,
  submitDraft,
} from '../observatory/collections/index.ts';
import {
  draftRelease,
  loadReleaser,
  newRelease,
  newRevision,
  publishRelease,
  reviseRelease,
} from '../observatory/publishing/index.ts';
import { industryClassOf, type Member } from './cast.ts';
import { type Lane, openLane } from './lane.ts';
import { type As, membersOf } from './members.ts';

/** A firm that is asked, with what decides the cell that it counts in. */
export type Surveyed = Pick<Member, 'key' | 'size'> & { readonly id: string };

export type Publishing = {
  statistics: string;
  firms: readonly Surveyed[];
  /** Those that find a mistake after the figures are out. */
  correcting: readonly Surveyed[];
  /** Of the lanes in which firms answer beside each other. */
  seed: number;
};

/** A made-up form, for what no invoice knows: nothing of it is filled in. */
const form = newForm.parse({
  code: 'FW-02',
  name: { zh: '服务业务季报（演示）', en: 'Services, quarterly (demo)' },
  period_kind: 'quarter',
  items: [
    { code: 'revenue', name: { zh: '营业收入', en: 'Revenue' }, kind: 'amount' },
    {
      code: 'service_revenue',
      name: { zh: '其中：服务收入', en: 'Of which services' },
      kind: 'amount',
    },
    {
      code: 'service_staff',
      name: { zh: '从事服务的人数', en: 'People who work in services' },
      kind: 'count',
    },
  ],
  rules: [
    {
      id: 'PART',
      level: 'hard',
      expression: 'service_revenue <= revenue',
      explanation: {
        zh: '服务收入不应大于营业收入。',
        en: 'Services are a part of revenue, and no more than it.',
      },
    },
  ],
});

const DAY_MS = 86_400_000;
/** How long before the end the survey begins. */
export const PUBLISHED_SURVEY_DAYS = 46;
/** Half past nine in the morning in Shanghai, when statistics come out. */
const MORNING = 'T01:30:00.000Z';

const rules = { frequency: { n: 3, margin: 0.1 }, p_percent: 10 };
const tables = [{ name: 'industry-size', dimensions: ['industry', 'size'] }];

/** Made up, and such that each size is what the rule of sizes makes of it: persons, 万元. */
const measures: Readonly<Record<Member['size'], readonly [number, string]>> = {
  ...{ large: [1_200, '45000'], medium: [320, '6000'] },
  ...{ small: [60, '1200'], micro: [4, '40'] },
};
/** Service revenue of a quarter in yuan, from and to: made up. */
const earned: Readonly<Record<Member['size'], readonly [number, number]>> = {
  ...{ large: [3_100_000, 3_300_000], medium: [220_000, 380_000] },
  ...{ small: [80_000, 190_000], micro: [20_000, 70_000] },
};

/**
 * A survey from its first question to its figures: asked, answered by all, accepted, published;
 * corrected by some, and published again. A second table of it waits for the morning to come.
 */
export function planPublishedSurvey(
  lane: Lane,
  chain: Pick<Chain, 'id' | 'zone'>,
  play: Publishing,
  end: Date,
): void {
  const as = membersOf(lane, chain);
  const { statistics } = play;
  const day = (before: number) =>
    dateInZone(new Date(end.getTime() - before * DAY_MS).toISOString(), chain.zone);
  const morning = (before: number) => `${day(before)}${MORNING}`;
  const at = (before: number, run: () => Promise<void>) => lane.at(new Date(morning(before)), run);
  const period = quarterBefore(day(PUBLISHED_SURVEY_DAYS));
  let [collection_id, release_id] = ['', ''];
  at(PUBLISHED_SURVEY_DAYS, async () => {
    const party_ids = play.firms.map(({ id }) => id);
    collection_id = await as(statistics, async (tx) => {
      const { id: form_id } = await defineForm(tx, form);
      return (await openCollection(tx, { form_id, period, due_on: day(36), party_ids })).id;
    });
  });
  const together = eachInLanes(lane, chain, play.seed, end);
  at(40, () => together(play.firms, reportFirst));
  at(38, () => acceptAll(as, statistics, collection_id));
  at(33, async () => {
    await as(statistics, (tx) => moveCollection(tx, collection_id, 'close', null));
    const drafted = { period, collection_id, planned_at: morning(30) };
    release_id = await draft(as, statistics, { ...drafted, ...revenueSeries });
  });
  at(30, async () => {
    await as(statistics, (tx) => publishRelease(tx, release_id));
  });
  at(24, () => together(play.correcting, (_, members, firm) => correct(members, firm, period)));
  at(22, () => acceptAll(as, statistics, collection_id));
  at(20, async () => {
    const reason = `${play.correcting.length} 家企业更正：剔除重复计入的退货服务费。`;
    const revision = newRevision.parse({ reason, planned_at: morning(18) });
    release_id = (await as(statistics, (tx) => reviseRelease(tx, release_id, revision))).id;
  });
  at(18, async () => {
    await as(statistics, (tx) => publishRelease(tx, release_id));
  });
  at(2, async () => {
    const planned_at = `${addDays(day(0), 1)}${MORNING}`;
    await draft(as, statistics, { period, collection_id, planned_at, ...staffSeries });
  });
}

/** The last whole quarter before a day. */
function quarterBefore(date: string): string {
  const month = Number(date.slice(5, 7));
  const first = `${date.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
  const last = addDays(first, -1);
  return `${last.slice(0, 4)}-Q${Number(last.slice(5, 7)) / 3}`;
}

const LANES = 4;

type Answering = (lane: Lane, as: As, firm: Surveyed) => Promise<void>;

/** Firms answer side by side: none reads what another one has written. */
function eachInLanes(lane: Lane, chain: Pick<Chain, 'id' | 'zone'>, seed: number, end: Date) {
  let opened = 0;
  return async (firms: readonly Surveyed[], answer: Answering): Promise<void> => {
    const lanes = Array.from({ length: LANES }, () =>
      openLane(lane.store.database, chain, seed + opened++, lane.now(), end),
    );
    const work = lanes.map(async (own, at) => {
      const as = membersOf(own, chain);
      const part = firms.filter((_, place) => place % LANES === at);
      for (const firm of part) await answer(own, as, firm);
    });
    await Promise.all(work);
  };
}

const revenueSeries = {
  prefix: 'FW02',
  title: '服务收入 Service revenue',
  item: 'service_revenue',
};
const staffSeries = {
  prefix: 'FW02-STAFF',
  title: '服务人员 Service staff',
  item: 'service_staff',
};

type Drafted = typeof revenueSeries & {
  period: string;
  collection_id: string;
  planned_at: string;
};

async function draft(as: As, statistics: string, about: Drafted): Promise<string> {
  const { prefix, title, period, item, collection_id, planned_at } = about;
  await loadReleaser();
  const asked = newRelease.parse({
    series: `${prefix}-${period}`,
    title: `${title} ${period}`,
    material: { kind: 'collection', collection_id, item },
    ...{ tables, rules, planned_at },
  });
  return (await as(statistics, (tx) => draftRelease(tx, asked))).id;
}

/** A firm says what it is, and answers. */
async function reportFirst(lane: Lane, as: As, firm: Surveyed): Promise<void> {
  const [employees, revenue_10k] = measures[firm.size];
  const year = Number(dateInZone(lane.now().toISOString(), 'Asia/Shanghai').slice(0, 4)) - 1;
  const industry_class = industryClassOf(firm.key) ?? '';
  const profile = { industry_class, as_of: `${year}-12-31`, employees, revenue_10k };
  const yuan = lane.dice.between(...earned[firm.size]);
  const service_staff = String(Math.max(1, Math.round(yuan / 22_000)));
  await as(firm.id, async (tx) => {
    await describeFirm(tx, newProfile.parse(profile));
    const { items } = await listOwnAsks(tx, { limit: 1 });
    const ask_id = items[0]?.id ?? '';
    await startDraft(tx, ask_id, null);
    const [revenue, service_revenue] = [String(yuan * 900), String(yuan * 100)];
    const answers = { revenue, service_revenue, service_staff };
    await editDraft(tx, ask_id, { answers, notes: {}, minutes: 12 }, null);
    await submitDraft(tx, ask_id, null);
  });
}

/** A fifth of what was reported had been counted twice. */
async function correct(as: As, firm: Surveyed, period: string): Promise<void> {
  await as(firm.id, async (tx) => {
    const { items } = await listOwnAsks(tx, { limit: 10 });
    const ask_id = items.find((one) => one.period === period)?.id ?? '';
    const { answers } = await startDraft(tx, ask_id, '退货服务费重复计入。');
    const before = Number(answers.service_revenue);
    const edit = { ...answers, service_revenue: String(Math.round((before * 4) / 5)) };
    await editDraft(tx, ask_id, { answers: edit, notes: {}, minutes: 5 }, null);
    await submitDraft(tx, ask_id, null);
  });
}

async function acceptAll(as: As, statistics: string, collection_id: string): Promise<void> {
  await as(statistics, async (tx) => {
    const { items } = await listAsked(tx, collection_id, { limit: 200, state: 'submitted' });
    for (const { report_id } of items) {
      if (report_id) await ruleOn(tx, report_id, { ruling: 'accepted' });
    }
  });
}
