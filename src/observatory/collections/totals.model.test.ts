import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fault, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { listOwnAsks } from './asks.ts';
import { getCollection, moveCollection, openCollection } from './collections.ts';
import { editDraft, startDraft, submitDraft } from './drafts.ts';
import { defineForm } from './forms.ts';
import { collections } from './index.ts';
import { getReport, ruleOn } from './reports.ts';
import { newForm } from './schema.ts';
import { totalsOf } from './totals.ts';

const firms = { a: 'supplier', b: 'dealer', c: 'carrier' } as const;
type Firm = keyof typeof firms;
const names = Object.keys(firms) as Firm[];

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore([collections]);
}, 60_000);
afterAll(() => opened?.close());

const form = (code: string) =>
  newForm.parse({
    code,
    name: { zh: '季报', en: 'Quarterly' },
    period_kind: 'quarter',
    items: [
      { code: 'sales', name: { zh: '销售', en: 'Sales' }, kind: 'amount', takes_interval: true },
      { code: 'staff', name: { zh: '人数', en: 'Staff' }, kind: 'count', is_required: false },
    ],
    rules: [
      {
        id: 'H1',
        level: 'hard',
        expression: 'sales >= 0',
        explanation: { zh: '不小于零。', en: 'Zero or more.' },
      },
    ],
  });

type Act =
  | { kind: 'write'; firm: Firm; low: number; more: number; staff: number | null }
  | { kind: 'submit' | 'accept' | 'return'; firm: Firm }
  | { kind: 'close' | 'lock' | 'unlock' };

const firm = fc.constantFrom(...names);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      firm,
      low: fc.integer({ min: -20, max: 1_000 }),
      more: fc.nat(50),
      staff: fc.option(fc.nat(99)),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('submit' as const), firm }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('accept', 'return'), firm }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('close', 'lock', 'unlock') }) },
);

/** What a firm has said, as plainly as it can be kept. */
type Said = { low: number; high: number; staff: number | null };
type Life = {
  draft: Said | null;
  sent: Said | null;
  counts: Said | null;
  state: 'waiting' | 'submitted' | 'returned' | 'accepted';
};

/** The same rules once more, over plain objects. Says whether the act may be done, and does it. */
function model(lives: Record<Firm, Life>, at: { state: string }, given: Act): boolean {
  if (!('firm' in given)) {
    const waits = names.some((name) => lives[name].state === 'submitted');
    const allowed = {
      close: at.state === 'open',
      lock: at.state !== 'locked' && !waits,
      unlock: at.state === 'locked',
    }[given.kind];
    if (allowed) at.state = { close: 'closed', lock: 'locked', unlock: 'open' }[given.kind];
    return allowed;
  }
  const life = lives[given.firm];
  if (at.state === 'locked') return false;
  if (given.kind === 'write') {
    const begins =
      life.state !== 'submitted' && !(at.state === 'closed' && life.state === 'waiting');
    if (life.draft === null && !begins) return false;
    life.draft = { low: given.low, high: given.low + given.more, staff: given.staff };
    return true;
  }
  if (given.kind === 'submit') {
    const isShut = at.state === 'closed' && life.state === 'waiting';
    // A hard rule is broken only where no value inside the bounds keeps it.
    if (!life.draft || isShut || life.draft.high < 0) return false;
    Object.assign(life, { sent: life.draft, draft: null, state: 'submitted' });
    return true;
  }
  if (life.state !== 'submitted') return false;
  if (given.kind === 'accept') Object.assign(life, { counts: life.sent, state: 'accepted' });
  else life.state = 'returned';
  return true;
}

async function isDone(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('collections.')) return false;
    throw error;
  }
}

type Play = Awaited<ReturnType<typeof open>>;

async function open(serial: number) {
  const { as, parties } = await openTestChain(opened.store, { ...firms, bureau: 'statistician' });
  const statistician = <T>(work: (tx: Tx) => Promise<T>) =>
    as('bureau', (tx) => work({ ...tx, actor: { ...tx.actor, roles: ['statistician'] } }));
  const collection = await statistician(async (tx) => {
    const { id } = await defineForm(tx, form(`F${serial}`));
    const party_ids = names.map((name) => parties[name].id);
    return openCollection(tx, { form_id: id, period: '2026-Q1', due_on: '2026-04-01', party_ids });
  });
  const asks = {} as Record<Firm, string>;
  for (const name of names) {
    const { items } = await as(name, (tx) => listOwnAsks(tx, { limit: 5 }));
    asks[name] = items[0]?.id ?? '';
  }
  return { as, statistician, collection, asks };
}

/** One act on the real thing: whether it was done. */
async function play({ as, statistician, collection, asks }: Play, given: Act): Promise<boolean> {
  if (!('firm' in given)) {
    return isDone(statistician((tx) => moveCollection(tx, collection.id, given.kind, null)));
  }
  const ask_id = asks[given.firm];
  if (given.kind === 'write') {
    const { low, more, staff } = given;
    const answers = {
      sales: { low: String(low), high: String(low + more) },
      ...(staff === null ? {} : { staff: String(staff) }),
    };
    const edit = { answers, notes: {}, minutes: null };
    // Begins where nothing is begun; where something is, that is refused and it is edited.
    await isDone(as(given.firm, (tx) => startDraft(tx, ask_id, '更正')));
    return isDone(as(given.firm, (tx) => editDraft(tx, ask_id, edit, null)));
  }
  if (given.kind === 'submit') return isDone(as(given.firm, (tx) => submitDraft(tx, ask_id, null)));
  const ruling =
    given.kind === 'accept'
      ? ({ ruling: 'accepted' } as const)
      : ({ ruling: 'returned', reason: '核对' } as const);
  const { items } = await as(given.firm, (tx) => listOwnAsks(tx, { limit: 5 }));
  const report_id = items[0]?.report_id ?? null;
  if (report_id === null) return false;
  return isDone(statistician((tx) => ruleOn(tx, report_id, ruling)));
}

/** What the accepted ones come to, by plain addition. */
function summed(lives: Record<Firm, Life>) {
  const counted = names.flatMap((name) => lives[name].counts ?? []);
  const sum = (of: (one: Said) => number) => String(counted.reduce((all, one) => all + of(one), 0));
  const staffed = counted.filter(({ staff }) => staff !== null);
  return {
    units: counted.length,
    sales: [counted.length, sum(({ low }) => low), sum(({ high }) => high)],
    staff: [staffed.length, sum(({ staff }) => staff ?? 0), sum(({ staff }) => staff ?? 0)],
  };
}

test('totals are the sums of the newest accepted reports, whatever was done', async () => {
  let serial = 0;
  const property = fc.asyncProperty(
    fc.array(act, { minLength: 10, maxLength: 30 }),
    async (acts) => {
      const told = await open(serial++);
      const fresh = (): Life => ({ draft: null, sent: null, counts: null, state: 'waiting' });
      const lives: Record<Firm, Life> = { a: fresh(), b: fresh(), c: fresh() };
      const at = { state: 'open' };
      for (const given of acts) {
        const expected = model(lives, at, given);
        expect(await play(told, given), JSON.stringify(given)).toBe(expected);
      }
      const { totals, now } = await told.statistician(async (tx) => ({
        totals: await totalsOf(tx, told.collection.id),
        now: await getCollection(tx, told.collection.id),
      }));
      const [sales, staff] = totals.items.map(({ answered, low, high }) => [answered, low, high]);
      expect({ units: totals.units, sales, staff }).toEqual(summed(lives));
      expect(now.state).toBe(at.state);
      for (const name of names) {
        const [own] = (await told.as(name, (tx) => listOwnAsks(tx, { limit: 5 }))).items;
        expect(own?.state).toBe(lives[name].state);
        const { report_id } = own ?? {};
        if (!report_id) continue;
        const { corrects_id, number } = await told.as(name, (tx) => getReport(tx, report_id));
        expect(corrects_id === null).toBe(number === 1);
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 120_000);
