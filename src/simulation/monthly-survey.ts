import { addDays, type Chain, dateInZone } from '../kernel/index.ts';
import {
  defineForm,
  editDraft,
  listAsked,
  listOwnAsks,
  newForm,
  openCollection,
  ruleOn,
  startDraft,
  submitDraft,
} from '../observatory/collections/index.ts';
import type { Lane } from './lane.ts';
import { type As, membersOf } from './members.ts';

const DAY_MS = 86_400_000;

/** A made-up form: what invoices know is filled in, two items are not. */
const form = newForm.parse({
  code: 'FW-01',
  name: { zh: '服务收入月报（演示）', en: 'Service revenue, monthly (demo)' },
  period_kind: 'month',
  items: [
    {
      code: 'revenue',
      name: { zh: '营业收入', en: 'Revenue' },
      kind: 'amount',
      prefill: { field: 'revenue' },
    },
    {
      code: 'service_revenue',
      name: { zh: '其中：服务收入', en: 'Of which services' },
      kind: 'amount',
      takes_interval: true,
      prefill: { field: 'service_revenue' },
    },
    {
      code: 'service_staff',
      name: { zh: '从事服务的人数', en: 'People who work in services' },
      kind: 'count',
    },
    {
      code: 'plan',
      name: { zh: '明年服务业务', en: 'Services next year' },
      kind: 'choice',
      is_required: false,
      choices: [
        { code: 'more', name: { zh: '扩大', en: 'More' } },
        { code: 'same', name: { zh: '持平', en: 'The same' } },
        { code: 'less', name: { zh: '收缩', en: 'Less' } },
      ],
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
    {
      id: 'STAFF',
      level: 'soft',
      expression: 'service_staff <= 500',
      explanation: {
        zh: '从事服务的人数超过 500，请说明。',
        en: 'More than 500 people in services: say why.',
      },
    },
  ],
});

type Players = {
  statistics: string;
  firms: readonly string[];
  answering: readonly string[];
};

/**
 * The statistician asks for the last whole month, nine days before the end of the play: of the
 * firms that answer, the first is accepted, the second sent back, the others wait to be judged.
 */
export function planMonthlySurvey(
  lane: Lane,
  chain: Pick<Chain, 'id' | 'zone'>,
  { statistics, firms, answering }: Players,
  end: Date,
): void {
  const before = (days: number) => new Date(end.getTime() - days * DAY_MS);
  const today = dateInZone(end.toISOString(), chain.zone);
  const period = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const as = membersOf(lane, chain);
  lane.at(before(9), async () => {
    const { id } = await as(statistics, async (tx) => {
      const { id: form_id } = await defineForm(tx, form);
      const due_on = addDays(today, 3);
      return openCollection(tx, { form_id, period, due_on, party_ids: [...firms] });
    });
    for (const [at, firm] of answering.entries()) lane.at(before(5), () => report(as, firm, at));
    lane.at(before(1), () =>
      as(statistics, async (tx) => {
        const { items } = await listAsked(tx, id, { limit: 50, state: 'submitted' });
        const sent = (firm: string | undefined) =>
          items.find(({ owner_id }) => owner_id === firm)?.report_id;
        const [first, second] = [sent(answering[0]), sent(answering[1])];
        if (first) await ruleOn(tx, first, { ruling: 'accepted' });
        const reason = '从事服务的人数请与上月口径一致。';
        if (second) await ruleOn(tx, second, { ruling: 'returned', reason });
      }),
    );
  });
}

/** A firm takes what was filled in, adds what only it knows, and submits. */
async function report(as: As, firm: string, at: number): Promise<void> {
  await as(firm, async (tx) => {
    const { items } = await listOwnAsks(tx, { limit: 1 });
    const ask_id = items[0]?.id ?? '';
    const { answers } = await startDraft(tx, ask_id, null);
    const own = { service_staff: String(3 + 4 * at), plan: at % 2 === 0 ? 'more' : 'same' };
    const sales = answers.revenue === undefined ? { revenue: '0', service_revenue: '0' } : {};
    const edit = { answers: { ...answers, ...sales, ...own }, notes: {}, minutes: 6 + at };
    await editDraft(tx, ask_id, edit, null);
    await submitDraft(tx, ask_id, null);
  });
}
