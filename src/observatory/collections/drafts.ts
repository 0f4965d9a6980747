import { kernelFault, recordFact, type Tx, toJson } from '../../kernel/index.ts';
import { getAsk, lockAsk } from './asks.ts';
import { checkRules, noteErrors, ruleErrors } from './checks.ts';
import { fault } from './faults.ts';
import { getVersion, itemsOf } from './forms.ts';
import { answerErrors, plainValue } from './items.ts';
import { periodBefore } from './period.ts';
import { type Filled, prefill } from './prefill.ts';
import type { Answers, Draft, DraftEdit, Notes, Report } from './report-schema.ts';
import { appendReport, assertUnlocked, getReport, stateWords } from './reports.ts';
import { findRepeated, reuse } from './reuse.ts';
import type { Ask, Form, Item } from './schema.ts';

const columns = [
  'ask_id',
  'state',
  'version',
  'answers',
  'evidence',
  'notes',
  'minutes',
  'corrects_id',
  'reason',
  'handed_by',
  'changed_at',
] as const;

type Row = Omit<Draft, 'checks' | 'asked_already'> & { handed_by: string | null };

async function findDraft(tx: Tx, ask_id: string, isHeld: boolean): Promise<Row | undefined> {
  const one = tx.db
    .selectFrom('report_draft')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('ask_id', '=', ask_id)
    .where('owner_id', '=', tx.actor.party);
  const row = await (isHeld ? one.forUpdate() : one).executeTakeFirst();
  return row && ({ ...row } as Row);
}

/** @throws collections.draft_unknown, draft_state, kernel.stale */
async function lockDraft(
  tx: Tx,
  ask_id: string,
  wanted: Draft['state'],
  seen: string | null,
): Promise<Row> {
  const row = await findDraft(tx, ask_id, true);
  if (!row) throw fault('collections.draft_unknown');
  if (seen !== null && seen !== '*' && seen !== String(row.version)) {
    throw kernelFault('kernel.stale');
  }
  if (row.state === wanted) return row;
  throw fault('collections.draft_state', { zh: stateWords[row.state], state: row.state });
}

/** Whether an ask takes an answer now. @throws collections.collection_state, ask_state */
function assertAnswerable(ask: Ask): void {
  assertUnlocked(ask);
  const { state, collection_state } = ask;
  if (state === 'submitted') throw fault('collections.ask_state', { zh: stateWords[state], state });
  if (collection_state === 'closed' && state === 'waiting') {
    const zh = stateWords[collection_state];
    throw fault('collections.collection_state', { zh, state: collection_state });
  }
}

/**
 * What the firm said one period before, to the same form; an item that was of another kind or unit
 * then is left out: the two do not compare.
 */
async function answersBefore(
  tx: Tx,
  { form_id, period }: Ask,
  items: readonly Item[],
): Promise<Answers | null> {
  const row = await tx.db
    .selectFrom('collection_ask as a')
    .innerJoin('report as r', (join) =>
      join.onRef('r.chain_id', '=', 'a.chain_id').onRef('r.id', '=', 'a.report_id'),
    )
    .select(['a.form_version_id', 'r.answers'])
    .where('a.chain_id', '=', tx.chain)
    .where('r.chain_id', '=', tx.chain)
    .where('a.owner_id', '=', tx.actor.party)
    .where('a.form_id', '=', form_id)
    .where('a.period', '=', periodBefore(period))
    .executeTakeFirst();
  if (!row) return null;
  const before = (await itemsOf(tx, [row.form_version_id])).get(row.form_version_id)?.items ?? [];
  const isSame = ({ code, kind, unit }: Item) =>
    before.some((one) => one.code === code && one.kind === kind && one.unit === unit);
  const known = new Set(items.filter(isSame).map(({ code }) => code));
  const said = Object.entries(row.answers as Answers);
  return Object.fromEntries(said.filter(([code]) => known.has(code)));
}

async function checksOf(tx: Tx, ask: Ask, { items, rules }: Form, given: Answers) {
  return checkRules(items, rules, given, await answersBefore(tx, ask, items));
}

async function draftOf(tx: Tx, ask: Ask, form: Form, { handed_by: _, ...row }: Row) {
  const repeated = await findRepeated(tx, ask, form.items);
  return {
    ...row,
    checks: await checksOf(tx, ask, form, row.answers),
    asked_already: repeated.map(({ report_id: __, ...one }) => one),
  } satisfies Draft;
}

/** The firm's own draft, with what submitting would find. @throws ask_unknown, draft_unknown */
export async function getDraft(tx: Tx, ask_id: string): Promise<Draft> {
  const ask = await getAsk(tx, ask_id);
  const row = await findDraft(tx, ask_id, false);
  if (!row) throw fault('collections.draft_unknown');
  return draftOf(tx, ask, await getVersion(tx, ask.form_version_id), row);
}

type Content = Filled & { notes: Notes };

/** With what a draft begins: the report that it mends, or what the platform and the firm know. */
async function beginning(tx: Tx, ask: Ask, form: Form, mends: Report | null): Promise<Content> {
  if (mends) return mends;
  const repeated = await findRepeated(tx, ask, form.items);
  const filled = await prefill(tx, form.items, ask.period);
  return { ...reuse(filled, repeated, form.items), notes: {} };
}

function storedContent({ answers, evidence, notes }: Content) {
  return { answers: toJson(answers), evidence: toJson(evidence), notes: toJson(notes) };
}

type Fresh = ReturnType<typeof storedContent> & Pick<Row, 'corrects_id' | 'reason'>;

/** Begins a draft anew in the one row that an ask has for it. */
async function putDraft(tx: Tx, ask_id: string, fresh: Fresh): Promise<void> {
  const before = await findDraft(tx, ask_id, true);
  if (before && before.state !== 'sent') {
    throw fault('collections.draft_state', { zh: stateWords[before.state], state: before.state });
  }
  const row = {
    state: 'editing',
    minutes: null,
    handed_by: null,
    changed_at: tx.now,
    version: (before?.version ?? 0) + 1,
    ...fresh,
  };
  if (before) {
    tx.write(
      tx.db
        .updateTable('report_draft')
        .set(row)
        .where('chain_id', '=', tx.chain)
        .where('ask_id', '=', ask_id),
    );
  } else {
    const key = { chain_id: tx.chain, ask_id, owner_id: tx.actor.party };
    tx.append('report_draft', [{ ...key, ...row }]);
  }
}

/**
 * Begins to answer: filled in from the firm's own facts and from what it has said already for the
 * period. A report that was returned is begun from itself; so is the correction of an accepted one,
 * which needs a reason.
 * @throws collections.ask_unknown, ask_state, collection_state, draft_state, reason_needed
 */
export async function startDraft(tx: Tx, ask_id: string, reason: string | null): Promise<Draft> {
  const ask = await lockAsk(tx, ask_id, 'owner_id');
  assertAnswerable(ask);
  if (ask.state === 'accepted' && reason === null) throw fault('collections.reason_needed');
  const form = await getVersion(tx, ask.form_version_id);
  const mends = ask.report_id === null ? null : await getReport(tx, ask.report_id);
  const content = await beginning(tx, ask, form, mends);
  const corrects_id = mends?.id ?? null;
  await putDraft(tx, ask_id, { ...storedContent(content), corrects_id, reason });
  await recordFact(tx, {
    type: 'collections.draft.started',
    subject: ask_id,
    parties: [tx.actor.party],
    body: { corrects_id, reason, evidence: content.evidence },
  });
  return getDraft(tx, ask_id);
}

function changeDraft(tx: Tx, { ask_id, version }: Row, change: object): void {
  tx.write(
    tx.db
      .updateTable('report_draft')
      .set({ ...change, version: version + 1, changed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('ask_id', '=', ask_id),
  );
}

const plainAnswers = ({ items }: Form, given: Answers): Answers =>
  Object.fromEntries(
    items.flatMap((item) => {
      const value = given[item.code];
      return value === undefined ? [] : [[item.code, plainValue(item, value)]];
    }),
  );

/**
 * Writes the draft's answers anew. What is not there is empty.
 * @param seen what `If-Match` says; null lets any version pass
 * @throws collections.ask_unknown, draft_unknown, draft_state, answers_invalid, kernel.stale
 */
export async function editDraft(
  tx: Tx,
  ask_id: string,
  given: DraftEdit,
  seen: string | null,
): Promise<Draft> {
  const ask = await lockAsk(tx, ask_id, 'owner_id');
  assertUnlocked(ask);
  const row = await lockDraft(tx, ask_id, 'editing', seen);
  const form = await getVersion(tx, ask.form_version_id);
  const errors = [
    ...answerErrors(form.items, given.answers, false),
    ...noteErrors(form.rules, given.notes),
  ];
  if (errors.length > 0) {
    throw fault('collections.answers_invalid', { count: errors.length }, errors);
  }
  changeDraft(tx, row, {
    answers: toJson(plainAnswers(form, given.answers)),
    notes: toJson(given.notes),
    minutes: given.minutes,
  });
  return getDraft(tx, ask_id);
}

/** @throws collections.answers_invalid, rules_broken */
async function assertWhole(tx: Tx, ask: Ask, form: Form, { answers, notes }: Row) {
  const wrong = answerErrors(form.items, answers, true);
  if (wrong.length > 0) throw fault('collections.answers_invalid', { count: wrong.length }, wrong);
  const checks = await checksOf(tx, ask, form, answers);
  const broken = ruleErrors(checks, notes);
  if (broken.length > 0) throw fault('collections.rules_broken', { count: broken.length }, broken);
  return checks;
}

async function submit(tx: Tx, ask: Ask, form: Form, row: Row): Promise<void> {
  const checks = await assertWhole(tx, ask, form, row);
  const { answers, evidence, notes, minutes, corrects_id, reason } = row;
  await appendReport(tx, ask, { answers, evidence, notes, checks, minutes, corrects_id, reason });
  changeDraft(tx, row, { state: 'sent' });
}

/** Who acts: a person, whoever made the key of a system, or that key where a system made it. */
async function whoActs({ db, chain, actor }: Tx): Promise<string> {
  if (actor.user !== null || actor.key === null) return actor.user ?? actor.party;
  const made = await db
    .selectFrom('api_key')
    .select('created_by')
    .where('chain_id', '=', chain)
    .where('id', '=', actor.key)
    .executeTakeFirst();
  return made?.created_by ?? actor.key;
}

/**
 * Submits a draft that holds. Where the form asks for a second person it goes to that one first,
 * and the collector sees nothing yet.
 * @throws collections.ask_unknown, ask_state, collection_state, draft_unknown, draft_state,
 *   answers_invalid, rules_broken, kernel.stale
 */
export async function submitDraft(tx: Tx, ask_id: string, seen: string | null): Promise<Draft> {
  const ask = await lockAsk(tx, ask_id, 'owner_id');
  assertAnswerable(ask);
  const row = await lockDraft(tx, ask_id, 'editing', seen);
  const form = await getVersion(tx, ask.form_version_id);
  if (form.levels === 1) {
    await submit(tx, ask, form, row);
    return getDraft(tx, ask_id);
  }
  await assertWhole(tx, ask, form, row);
  changeDraft(tx, row, { state: 'for_check', handed_by: await whoActs(tx) });
  await recordFact(tx, {
    type: 'collections.draft.handed_over',
    subject: ask_id,
    parties: [tx.actor.party],
    body: { answers: row.answers, notes: row.notes },
  });
  return getDraft(tx, ask_id);
}

/**
 * The second person's word: passed, the report is submitted; handed back, it is edited again.
 * @throws collections.ask_unknown, ask_state, collection_state, draft_unknown, draft_state,
 *   same_person, answers_invalid, rules_broken, kernel.stale
 */
export async function checkDraft(
  tx: Tx,
  ask_id: string,
  decision: 'pass' | 'hand_back',
  seen: string | null,
): Promise<Draft> {
  const ask = await lockAsk(tx, ask_id, 'owner_id');
  assertAnswerable(ask);
  const row = await lockDraft(tx, ask_id, 'for_check', seen);
  const passes = decision === 'pass';
  const by = await whoActs(tx);
  // A key is no person, and whoever holds one can hold two: what a key checks, nobody has checked.
  if (passes && (tx.actor.user === null || row.handed_by === by)) {
    throw fault('collections.same_person');
  }
  await recordFact(tx, {
    type: passes ? 'collections.draft.checked' : 'collections.draft.handed_back',
    subject: ask_id,
    parties: [tx.actor.party],
    body: { handed_by: row.handed_by, by },
  });
  if (passes) await submit(tx, ask, await getVersion(tx, ask.form_version_id), row);
  else changeDraft(tx, row, { state: 'editing', handed_by: null });
  return getDraft(tx, ask_id);
}
