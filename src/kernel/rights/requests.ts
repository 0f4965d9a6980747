import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { decodeCursor, pageOf, pageQuery } from '../paging.ts';
import { businessDate, instant, scope, uuid } from '../schema.ts';

/**
 * What may be asked, and within how many calendar days it is answered; the day of asking is not
 * counted (民法典 第二百零一条). No holiday moves the end, as the law would let it (第二百零三条). The
 * rules are made for credit agencies and for people's data; here they hold for firms as well.
 *
 * - `correction`: an objection is checked and answered in writing within 20 days
 *   (征信业管理条例 第二十五条).
 * - `explanation`, `deletion`: 30 days (GB/T 35273-2020, 8.7 a; 个人信息保护法 第四十五至四十八条
 *   ask for an answer in time and give no number).
 * - `consent`: our own rule. Silence is no consent (个人信息保护法 第十四条): what is not answered
 *   lapses.
 */
export const answerDays = { consent: 30, correction: 20, explanation: 30, deletion: 30 } as const;
export type RequestKind = keyof typeof answerDays;
export const requestKinds = Object.keys(answerDays) as [RequestKind, ...RequestKind[]];

export const requestStates = ['open', 'accepted', 'refused', 'withdrawn', 'lapsed'] as const;

/** What one party asks of the party that holds data on it, and what became of it. */
export const rightsRequest = z
  .object({
    id: uuid,
    kind: z.enum(requestKinds),
    /** Who asks. */
    requester_id: uuid,
    /** Who holds the data, and answers. */
    holder_id: uuid,
    /** The fact that is objected to or asked about. */
    fact_id: uuid.nullable(),
    /** The file that is to be deleted. */
    file_id: uuid.nullable(),
    /** What a consent would let the requester read, and until when. */
    scope: scope.nullable(),
    share_until: instant.nullable(),
    /** What for, or what is wrong with it, in the requester's words. */
    statement: z.string(),
    state: z.enum(requestStates),
    /** No answer came by the day on which it was due. */
    overdue: z.boolean(),
    asked_at: instant,
    due_on: businessDate,
    answer: z.string().nullable(),
    answered_at: instant.nullable(),
    /** The sharing agreement that a consent made. */
    agreement_id: uuid.nullable(),
    /** The fact that puts right the one objected to. */
    corrected_by: uuid.nullable(),
    /** What the objector adds to a fact that stands. */
    note: z.string().nullable(),
  })
  .meta({ id: 'RightsRequest' });
export type RightsRequest = z.output<typeof rightsRequest>;

const columns = [
  'id',
  'kind',
  'requester_id',
  'holder_id',
  'fact_id',
  'file_id',
  'scope',
  'share_until',
  'statement',
  'state',
  'asked_at',
  'due_on',
  'answer',
  'answered_at',
  'agreement_id',
  'corrected_by',
  'note',
] as const;

const ofChain = (tx: Tx) =>
  tx.db.selectFrom('rights_request').select(columns).where('chain_id', '=', tx.chain);
type Row = Awaited<ReturnType<ReturnType<typeof ofChain>['executeTakeFirstOrThrow']>>;

function requestOf(tx: Tx, row: Row): RightsRequest {
  const late = row.state === 'open' && row.due_on < tx.today;
  const lapsed = late && row.kind === 'consent';
  return {
    ...(row as Row & Pick<RightsRequest, 'kind' | 'scope' | 'state'>),
    state: lapsed ? 'lapsed' : (row.state as RightsRequest['state']),
    overdue: late && !lapsed,
  };
}

/** @throws kernel.not_found when there is none, or the actor neither asks nor answers in it. */
export async function getRequest(tx: Tx, id: string): Promise<RightsRequest> {
  const row = await ofChain(tx).where('id', '=', id).executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return requestOf(tx, row);
}

export const requestQuery = pageQuery.extend({
  /** What others ask of the reader, or what the reader asks. */
  side: z.enum(['received', 'asked']).optional(),
  kind: z.enum(requestKinds).optional(),
  state: z.enum(requestStates).optional(),
});
const cursor = z.tuple([instant, uuid]);

/** The requests in which the actor asks or answers, newest first. */
export async function listRequests(
  tx: Tx,
  { side, kind, state, limit, after }: z.output<typeof requestQuery>,
): Promise<{ items: RightsRequest[]; next: string | null }> {
  const { party } = tx.actor;
  let query = ofChain(tx)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (side === 'received') query = query.where('holder_id', '=', party);
  if (side === 'asked') query = query.where('requester_id', '=', party);
  if (!side) {
    query = query.where(({ or, eb }) =>
      or([eb('holder_id', '=', party), eb('requester_id', '=', party)]),
    );
  }
  if (kind) query = query.where('kind', '=', kind);
  if (state === 'lapsed' || state === 'open') {
    query = query.where(({ or, and, eb }) => {
      const past = and([eb('kind', '=', 'consent'), eb('due_on', '<', tx.today)]);
      const open = eb('state', '=', 'open');
      return state === 'open'
        ? and([open, or([eb('kind', '<>', 'consent'), eb('due_on', '>=', tx.today)])])
        : or([eb('state', '=', 'lapsed'), and([open, past])]);
    });
  } else if (state) query = query.where('state', '=', state);
  if (after) {
    const [at, id] = decodeCursor(after, cursor);
    query = query.where(({ or, and, eb }) =>
      or([eb('asked_at', '<', at), and([eb('asked_at', '=', at), eb('id', '<', id)])]),
    );
  }
  const rows = await query.execute();
  return pageOf(
    rows.map((row) => requestOf(tx, row)),
    limit,
    (row) => [row.asked_at, row.id],
  );
}
