import { z } from 'zod';
import { assert } from '../assert.ts';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { decodeCursor, type PageQuery, pageOf } from '../paging.ts';
import { marksOf, objectionMark } from '../rights/marks.ts';
import { instant, uuid } from '../schema.ts';

const recordedFact = z.object({
  id: uuid,
  type: z.string(),
  subject_id: uuid,
  party_id: uuid,
  user_id: uuid.nullable(),
  occurred_at: instant,
  recorded_at: instant,
  corrects_id: uuid.nullable(),
  body: z.record(z.string(), z.unknown()),
});
/** A fact as it was recorded. */
export type Fact = z.output<typeof recordedFact>;

/** A fact, and where it stands in the chain's tree of facts; null until it is sealed. */
export const fact = recordedFact
  .extend({
    sealed_at: instant.nullable(),
    sealed_position: z.int().min(0).nullable(),
    /** Who objects to it, for everybody who sees it. */
    objections: z.array(objectionMark),
  })
  .meta({ id: 'Fact' });
type SealedFact = z.output<typeof fact>;

export type NewFact = {
  /** `module.noun.past_tense` */
  type: string;
  subject: string;
  /** Who may see it. */
  parties: readonly string[];
  occurred_at?: string;
  corrects?: string;
  body: Record<string, unknown>;
};

/** JSON has no bigint: minor units are written as text, as everywhere on the wire. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item));
}

/** Records facts in the order given and returns their ids. They are never changed or deleted. */
export async function recordFacts(tx: Tx, facts: readonly NewFact[]): Promise<string[]> {
  if (facts.length === 0) return [];
  const rows = facts.map((item) => {
    const body = toJson(item.body);
    assert(body.length <= limits.fact_body_bytes, `a fact's body is bounded (${item.type})`);
    return {
      chain_id: tx.chain,
      id: tx.newId(),
      type: item.type,
      subject_id: item.subject,
      party_id: tx.actor.party,
      user_id: tx.actor.user,
      key_id: tx.actor.key,
      parties: [...new Set(item.parties)],
      occurred_at: item.occurred_at ?? tx.now,
      recorded_at: tx.now,
      corrects_id: item.corrects ?? null,
      body,
    };
  });
  tx.append('fact', rows);
  tx.recorded.push(...rows.map(({ id, type, parties }) => ({ id, type, parties })));
  return rows.map((row) => row.id);
}

/** Records one fact; see `recordFacts`. */
export async function recordFact(tx: Tx, item: NewFact): Promise<string> {
  const [id] = await recordFacts(tx, [item]);
  assert(id, 'one fact gives one id');
  return id;
}

const columns = [
  'id',
  'type',
  'subject_id',
  'party_id',
  'user_id',
  'occurred_at',
  'recorded_at',
  'corrects_id',
  'body',
] as const;

function sealedFacts(tx: Tx) {
  return tx.db
    .selectFrom('fact as f')
    .leftJoin('sealed_fact as s', (join) =>
      join.onRef('s.chain_id', '=', 'f.chain_id').onRef('s.fact_id', '=', 'f.id'),
    )
    .select(columns.map((name) => `f.${name}` as const))
    .select(['s.sealed_at', 's.position as sealed_position'])
    .where('f.chain_id', '=', tx.chain);
}

type SealedRow = Awaited<ReturnType<ReturnType<typeof sealedFacts>['executeTakeFirstOrThrow']>>;

/** With what anybody objects to in them. */
async function withMarks(tx: Tx, rows: readonly SealedRow[]): Promise<SealedFact[]> {
  const marks = await marksOf(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    ...(row as Fact & SealedRow),
    sealed_position: row.sealed_position === null ? null : Number(row.sealed_position),
    objections: marks.get(row.id) ?? [],
  }));
}

/** @throws kernel.not_found when there is none, or it is not the actor's to see. */
export async function getFact(tx: Tx, id: string): Promise<SealedFact> {
  const row = await sealedFacts(tx).where('f.id', '=', id).executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  const [found] = await withMarks(tx, [row]);
  assert(found, 'a fact that was found is given');
  return found;
}

/** The facts of one subject (an order, an invoice), oldest first. */
export async function listFactsOf(tx: Tx, subject: string, limit = 200): Promise<Fact[]> {
  const rows = await tx.db
    .selectFrom('fact')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('subject_id', '=', subject)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows as Fact[];
}

/** The facts that the actor may see, newest first. */
export async function listFacts(tx: Tx, query: PageQuery & { subject?: string | undefined }) {
  let rows = sealedFacts(tx);
  if (query.subject) rows = rows.where('f.subject_id', '=', query.subject);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('f.id', '<', id);
  }
  const found = await rows
    .orderBy('f.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(await withMarks(tx, found), query.limit, (row) => [row.id]);
}

/** A place in the order in which facts were recorded. */
export type FactMark = { recorded_at: string; id: string };

/** What the actor may see of the facts recorded behind a mark, oldest first. */
export async function factsBehind(tx: Tx, mark: FactMark, limit: number): Promise<Fact[]> {
  const rows = await tx.db
    .selectFrom('fact')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('recorded_at', '>=', mark.recorded_at)
    .where(({ or, eb }) => or([eb('recorded_at', '>', mark.recorded_at), eb('id', '>', mark.id)]))
    .orderBy('recorded_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows as Fact[];
}
