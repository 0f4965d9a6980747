import { addDays, type Chain, dateInZone } from '../kernel/index.ts';
import {
  editDraft,
  listAsked,
  listOwnAsks,
  openCollection,
  ruleOn,
  startDraft,
  submitDraft,
} from '../observatory/collections/index.ts';
import type { Lane } from './lane.ts';
import { type As, membersOf } from './survey-form.ts';

const DAY_MS = 86_400_000;

type Players = {
  statistics: string;
  firms: readonly string[];
  answering: readonly string[];
  form_id: () => Promise<string>;
};

/**
 * The statistician asks for the last whole month, nine days before the end of the play: of the
 * firms that answer, the first is accepted, the second sent back, the others wait to be judged.
 */
export function planMonthlySurvey(
  lane: Lane,
  chain: Pick<Chain, 'id' | 'zone'>,
  { statistics, firms, answering, form_id: defined }: Players,
  end: Date,
): void {
  const before = (days: number) => new Date(end.getTime() - days * DAY_MS);
  const today = dateInZone(end.toISOString(), chain.zone);
  const period = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const as = membersOf(lane, chain);
  lane.at(before(9), async () => {
    const form_id = await defined();
    const { id } = await as(statistics, async (tx) => {
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
