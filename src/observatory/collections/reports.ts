import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  decodeCursor,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  toJson,
} from '../../kernel/index.ts';
import { getAsk, lockAsk } from './asks.ts';
import { fault } from './faults.ts';
import { standing } from './profile.ts';
import type {
  Answers,
  Check,
  Evidence,
  EvidenceByItem,
  Notes,
  Report,
  ReportedValue,
} from './report-schema.ts';
import type { Ask } from './schema.ts';

export const stateWords: Readonly<Record<string, string>> = {
  open: '填报中',
  closed: '已截止',
  locked: '已锁定',
  waiting: '待报',
  submitted: '待审定',
  returned: '已退回',
  accepted: '已验收',
  editing: '填写中',
  for_check: '待复核',
  sent: '已报送',
};

const columns = [
  'r.id',
  'r.ask_id',
  'r.collection_id',
  'r.owner_id',
  'r.collector_id',
  'r.number',
  'r.corrects_id',
  'r.reason',
  'r.answers',
  'r.evidence',
  'r.notes',
  'r.checks',
  'r.minutes',
  'r.prefilled_count',
  'r.industry_class',
  'r.size',
  'r.region_code',
  'r.submitted_at',
  'r.fact_id',
] as const;

function reports(tx: Tx) {
  return tx.db
    .selectFrom('report as r')
    .leftJoin('report_ruling as g', (join) =>
      join.onRef('g.chain_id', '=', 'r.chain_id').onRef('g.report_id', '=', 'r.id'),
    )
    .select(columns)
    .select(['g.ruling', 'g.reason as ruling_reason', 'g.ruled_at'])
    .where('r.chain_id', '=', tx.chain);
}

type Found = Awaited<ReturnType<ReturnType<typeof reports>['executeTakeFirstOrThrow']>>;

function reportOf({
  ruling,
  ruling_reason,
  ruled_at,
  ...row
}: Found): Report & { fact_id: string } {
  return {
    ...row,
    answers: row.answers as Answers,
    evidence: row.evidence as EvidenceByItem,
    notes: row.notes as Notes,
    checks: row.checks as Check[],
    ruling:
      ruling === null || ruled_at === null
        ? null
        : { ruling: ruling as 'accepted' | 'returned', reason: ruling_reason, ruled_at },
  };
}

/** One report, for its firm and its collector. @throws collections.report_unknown */
export async function getReport(tx: Tx, id: string): Promise<Report & { fact_id: string }> {
  const row = await reports(tx).where('r.id', '=', id).executeTakeFirst();
  if (!row) throw fault('collections.report_unknown');
  return reportOf(row);
}

/** The versions of one ask's report, the newest first. @throws collections.ask_unknown */
export async function listReports(tx: Tx, ask_id: string, query: PageQuery) {
  await getAsk(tx, ask_id);
  let rows = reports(tx).where('r.ask_id', '=', ask_id);
  if (query.after) {
    const [number] = decodeCursor(query.after, z.tuple([z.int()]));
    rows = rows.where('r.number', '<', number);
  }
  const found = await rows
    .orderBy('r.number', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, (row) => [row.number]);
  return { items: items.map(reportOf), next };
}

/** What is submitted: answers that hold, with what they rest on. */
export type Submission = {
  answers: Answers;
  evidence: EvidenceByItem;
  notes: Notes;
  checks: readonly Check[];
  minutes: number | null;
  corrects_id: string | null;
  reason: string | null;
};

/**
 * What a collector is told of where an answer comes from: not what other collectors asked, nor what
 * the firm told them where it tells this one something else.
 */
function shownTo(collector_id: string, one: Evidence, answer: ReportedValue): Evidence | null {
  if (one.kind === 'split' || one.collector_id === collector_id) return one;
  if (!isDeepStrictEqual(one.value, answer)) return null;
  return { ...one, report_id: null, collector_id: null, form: null, item: null };
}

/**
 * Writes the next version of a report and tells its collector. The caller holds the ask. A later
 * version is a fact that names the one it corrects.
 */
export async function appendReport(tx: Tx, ask: Ask, given: Submission): Promise<string> {
  const before = ask.report_id === null ? null : await getReport(tx, ask.report_id);
  const corrected = given.corrects_id === null ? null : await getReport(tx, given.corrects_id);
  const { answers, notes, minutes, corrects_id, reason } = given;
  const filled = Object.keys(given.evidence).filter((code) => answers[code] !== undefined);
  const evidence = Object.fromEntries(
    Object.entries(given.evidence).flatMap(([code, one]) => {
      const answer = answers[code];
      const shown = answer === undefined ? null : shownTo(ask.collector_id, one, answer);
      return shown ? [[code, shown]] : [];
    }),
  );
  const [id, number] = [tx.newId(), (before?.number ?? 0) + 1];
  const common = { collection_id: ask.collection_id, number, corrects_id, reason, minutes };
  const described = await standing(tx);
  const fact_id = await recordFact(tx, {
    type: 'collections.report.submitted',
    subject: ask.id,
    parties: [ask.owner_id, ask.collector_id],
    ...(corrected ? { corrects: corrected.fact_id } : {}),
    body: {
      report_id: id,
      ...common,
      ...described,
      answers,
      evidence,
      notes,
      checks: given.checks,
    },
  });
  tx.append('report', [
    {
      chain_id: tx.chain,
      id,
      ask_id: ask.id,
      owner_id: ask.owner_id,
      collector_id: ask.collector_id,
      ...common,
      ...described,
      answers: toJson(answers),
      evidence: toJson(evidence),
      notes: toJson(notes),
      checks: toJson(given.checks),
      prefilled_count: filled.length,
      submitted_at: tx.now,
      fact_id,
    },
  ]);
  tx.write(
    tx.db
      .updateTable('collection_ask')
      .set({
        state: 'submitted',
        report_id: id,
        first_submitted_on: ask.first_submitted_on ?? tx.today,
        changed_at: tx.now,
      })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', ask.id),
  );
  return id;
}

/** @throws collections.collection_state */
export function assertUnlocked({ collection_state: state }: Ask): void {
  if (state !== 'locked') return;
  throw fault('collections.collection_state', { zh: stateWords[state], state });
}

/**
 * The collector's word on a report: accepted, it counts from now on in place of the one before;
 * returned, the firm may mend it and send it again.
 * @throws collections.report_unknown, report_settled, collection_state
 */
export async function ruleOn(
  tx: Tx,
  id: string,
  given: { ruling: 'accepted' } | { ruling: 'returned'; reason: string },
): Promise<Report> {
  const found = await getReport(tx, id);
  if (found.collector_id !== tx.actor.party) throw fault('collections.report_unknown');
  const ask = await lockAsk(tx, found.ask_id, 'collector_id');
  assertUnlocked(ask);
  if (ask.report_id !== id || ask.state !== 'submitted') throw fault('collections.report_settled');
  const { ask_id, owner_id, collector_id } = found;
  const reason = given.ruling === 'returned' ? given.reason : null;
  const row = { report_id: id, ask_id, owner_id, collector_id, ruling: given.ruling, reason };
  tx.append('report_ruling', [{ chain_id: tx.chain, ...row, ruled_at: tx.now }]);
  const counts = given.ruling === 'accepted' ? { accepted_id: id } : {};
  tx.write(
    tx.db
      .updateTable('collection_ask')
      .set({ state: given.ruling, ...counts, changed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', ask_id),
  );
  await recordFact(tx, {
    type: `collections.report.${given.ruling}`,
    subject: ask_id,
    parties: [owner_id, collector_id],
    body: { report_id: id, number: found.number, ...(reason === null ? {} : { reason }) },
  });
  return getReport(tx, id);
}
