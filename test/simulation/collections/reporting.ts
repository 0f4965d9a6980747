import type { Given } from '../doors.ts';
import { type Command, command, type Reply, type View } from '../part.ts';

type Ask = Reply<'collection_ask.list'>['items'][number];
type Draft = Reply<'report_draft.get'>;
type Answers = NonNullable<Given<'report_draft.edit'>['body']>['answers'];

/** Whether an ask takes an answer: behind a lock none, and no first one behind the close. */
const takesAnswer = ({ state, collection_state }: Ask) =>
  collection_state === 'open' || (collection_state === 'closed' && state !== 'waiting');

/** The newest asks of the firm's that can be answered; now and then others, in vain. */
async function asksOf(view: View): Promise<Ask[]> {
  const { items } = await view.read('collection_ask.list', { query: { limit: 8 } });
  return items.filter((one) => takesAnswer(one) || view.dice.chance(0.05));
}

const draftOf = (view: View, ask: Ask) => view.find('report_draft.get', { params: { id: ask.id } });

/** Also what waits for a word, or is begun already: that is refused. */
const begin: Command = command({
  name: 'report_draft.start',
  duty: 'report',
  weight: 4,
  async choose(view) {
    const asks = await asksOf(view);
    const todo = asks.filter(({ state }) => state === 'waiting' || state === 'returned');
    const ask = view.pick(view.dice.chance(0.7) ? todo : asks);
    if (!ask) return null;
    const draft = await draftOf(view, ask);
    if (draft && draft.state !== 'sent' && view.dice.chance(0.9)) return null;
    const reason = ask.state === 'accepted' && view.dice.chance(0.9) ? { reason: '发票补开' } : {};
    return { params: { id: ask.id }, body: reason };
  },
});

/** A draft of the firm's in this state; now and then one in another. */
async function draftIn(view: View, state: Draft['state']): Promise<Draft | null> {
  const asks = (await asksOf(view)).filter((one) => one.state !== 'submitted');
  for (let tries = 0; tries < 3; tries++) {
    const ask = view.pick(asks);
    const draft = ask && (await draftOf(view, ask));
    if (draft && (draft.state === state || view.dice.chance(0.05))) return draft;
  }
  return null;
}

/** So much, exactly or by its bounds; bounds are not taken of every item. */
function figure(view: View, most: number) {
  const low = view.dice.between(0, most);
  const high = low + view.dice.between(0, 100);
  return view.dice.chance(0.05) ? { low: String(low), high: String(high) } : String(low);
}

/** What the firm writes of itself; its remark is like no other, so that it is known again. */
function answersOf(view: View): Answers {
  const { dice, me } = view;
  return {
    ...(dice.chance(0.95) ? { revenue: figure(view, 900_000) } : {}),
    service_revenue: figure(view, dice.chance(0.1) ? 900_000 : 90_000),
    staff: dice.chance(0.95) ? String(dice.between(1, 400)) : '7.5',
    ...(dice.chance(0.3) ? { energy: String(dice.between(1, 90_000)) } : {}),
    remark: `底稿 ${me.slice(-6)} ${dice.between(1, 999_999_999)}`,
  };
}

function seen(view: View, { version }: Draft): { headers?: Record<string, string> } {
  if (view.dice.chance(0.5)) return {};
  return { headers: { 'if-match': `"${view.dice.chance(0.85) ? version : version - 1}"` } };
}

const edit: Command = command({
  name: 'report_draft.edit',
  duty: 'report',
  weight: 5,
  async choose(view) {
    const draft = await draftIn(view, 'editing');
    if (!draft) return null;
    const notes: Record<string, string> = view.dice.chance(0.9) ? { S1: '季节' } : {};
    const minutes = view.dice.chance(0.3) ? { minutes: view.dice.between(1, 90) } : {};
    const given = answersOf(view);
    // A form has no item that it did not ask for: whoever fills it in leaves that out.
    const known = new Set(['revenue', 'service_revenue', 'staff', 'remark']);
    const answers = view.dice.chance(0.9)
      ? Object.fromEntries(Object.entries(given).filter(([code]) => known.has(code)))
      : given;
    return {
      params: { id: draft.ask_id },
      body: { answers, notes, ...minutes },
      ...seen(view, draft),
    };
  },
});

const importSheet: Command = command({
  name: 'report_draft.import',
  duty: 'report',
  weight: 1,
  async choose(view) {
    const draft = await draftIn(view, 'editing');
    if (!draft) return null;
    const { dice } = view;
    const lines = [
      '指标代码,数值（下限）,上限',
      `revenue,${dice.between(100, 9_000)}.00,`,
      `service_revenue,${dice.between(1, 99)}.50,`,
      `staff,${dice.chance(0.9) ? dice.between(1, 40) : '许多'},`,
    ];
    return {
      params: { id: draft.ask_id },
      bytes: new TextEncoder().encode(`${lines.join('\n')}\n`),
      headers: { 'content-type': 'text/csv' },
    };
  },
});

const submit: Command = command({
  name: 'report_draft.submit',
  duty: 'report',
  weight: 7,
  async choose(view) {
    const draft = await draftIn(view, 'editing');
    if (!draft) return null;
    // As it was filled in by the platform alone it is hardly ever whole.
    const isFilled = draft.answers.staff !== undefined;
    if (!isFilled && view.dice.chance(0.9)) return null;
    return { params: { id: draft.ask_id }, ...seen(view, draft) };
  },
});

/** Also by whoever handed it over, and by keys: those are refused. */
const check: Command = command({
  name: 'report_draft.check',
  duty: 'check',
  weight: 5,
  async choose(view) {
    const draft = await draftIn(view, 'for_check');
    if (!draft) return null;
    const decision = view.dice.chance(0.75) ? 'pass' : 'hand_back';
    return { params: { id: draft.ask_id }, body: { decision } };
  },
});

const describe: Command = command({
  name: 'firm_profile.describe',
  duty: 'report',
  weight: 1,
  choose: async (view) => ({
    body: {
      industry_class: view.dice.pick(['1432', '5121', '6513', '3311', '9999']),
      as_of: '2025-12-31',
      employees: view.dice.between(3, 900),
      revenue_10k: String(view.dice.between(50, 90_000)),
    },
  }),
});

export const reporting: readonly Command[] = [begin, edit, importSheet, submit, check, describe];
