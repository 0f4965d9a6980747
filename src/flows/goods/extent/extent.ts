import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  type BytesReply,
  givenInstant,
  limits,
  openThread,
  type Tx,
  uuid,
} from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { fault } from '../faults.ts';
import { askOn } from './asking.ts';
import type { ExtentQuestion, Found } from './found.ts';
import { readPage, readWithdrawals } from './pages.ts';
import {
  type ExtentJob,
  type ExtentReply,
  type ExtentTask,
  notBegun,
  type Status,
} from './standings.ts';

const identity = z.string().trim().min(1).max(2_000);
const spread = z.enum(['content', 'contact']).default('content');

/** How far what was suspected went, and went on, with everything that it reached. */
export const extentQuestion = z.object({
  items: z
    .array(z.object({ item: identity, at: givenInstant.nullish() }))
    .min(1)
    .max(1_000),
  spread,
  associations: z.boolean().default(true),
});

export const extentSheetQuery = z.object({
  /** The suspected lots and things; a bar stands between two. */
  item: z.string().min(1).max(8_000),
  spread,
  associations: z.enum(['true', 'false']).default('true'),
  language: z.enum(['zh', 'en']).default('zh'),
});

export const extentAnswer = z
  .object({
    /**
     * `ready`: `found` is there. Else ask again: each question reads on. `reading`: what was packed
     * and made, from the first event on; `building`; `checking`: what became visible meanwhile.
     */
    phase: z.enum(['reading', 'building', 'checking', 'ready']),
    /** From 0 to 1, of the phase. */
    progress: z.number(),
    /** Events that were looked at. */
    looked_at: z.int(),
    found: z
      .object({
        /** All that could be seen then is in it, and most of what came later. */
        as_of: z.string(),
        affected: z.int(),
        holds: z.int(),
        rows: z.array(
          z.object({
            item: z.string(),
            is: z.enum(['affected', 'holds']),
            since: z.string().nullable(),
            by: uuid.nullable(),
          }),
        ),
        products: z.array(z.object({ gtin: z.string().nullable(), items: z.int() })),
        other_products: z.int(),
        /** Who else recorded what it rests on, and how many events. */
        others: z.array(z.object({ capturer_id: uuid, events: z.int() })),
      })
      .nullable(),
  })
  .meta({ id: 'ExtentAnswer' });

const thread = openThread<ExtentJob, ExtentReply>(
  new URL('./extent-worker.ts', import.meta.url),
  {
    wait_ms: limits.extent_wait_ms,
    work_ms: limits.extent_work_ms,
    queue: limits.extent_queue,
    memory_mb: limits.extent_memory_mb,
  },
  {
    busy: () => fault('goods.extent_busy'),
    heavy: () => fault('goods.extent_too_large'),
  },
);

/** Loads the thread ahead of its first question, which would be told to ask again otherwise. */
export const loadExtents = thread.load;

/**
 * Another list of owners who share is another reader: what one could see, who may not see all of it
 * any more is never answered from.
 */
function readerOf({ chain, actor }: Tx): string {
  return [chain, actor.party, ...(actor.reads.shipments ?? []).toSorted()].join(' ');
}

/**
 * Follows goods forward through all that the actor may see, however far: hundreds of thousands of
 * lots. What it needs is read first, a bounded part with each question, under the actor's own eyes.
 * @throws goods.extent_busy, goods.extent_too_large, goods.extent_too_far
 */
async function extentOf(tx: Tx, question: ExtentQuestion): Promise<Extent> {
  // The thread is started with the first question; a transaction may not be idle for so long.
  const waited = sleep(limits.extent_wait_ms, false, { ref: false });
  const isLoaded = await Promise.race([thread.load().then(() => true), waited]);
  if (!isLoaded) return { status: notBegun, found: null };
  const reader = readerOf(tx);
  const ask = askAs(reader);
  const source = {
    page: (from: string | null, upto: string | null) => readPage(tx, from, upto),
    wrong: (since: string) => readWithdrawals(tx, since),
  };
  const { status, found } = await askOn(source, ask, tx.now, question);
  if (status.phase === 'full') throw fault('goods.extent_too_large');
  if (found === 'too_far') throw fault('goods.extent_too_far', { most: limits.extent_found });
  return { status, found };
}

type Extent = { status: Status; found: Found | null };

const askAs = (reader: string) => (task: ExtentTask) =>
  thread.ask(() => ({ job: { reader, task } }));

/** The extent as the API says it, and whose shared events it rests on. */
export async function answerExtent(tx: Tx, asked: z.output<typeof extentQuestion>) {
  const { items, spread, associations } = asked;
  const starts = items.map(({ item, at }) => ({ item: canonicalIdentity(item), at: at ?? null }));
  const { status, found } = await extentOf(tx, { starts, spread, associations, keep: false });
  const { phase, progress, looked_at } = status;
  if (found === null) {
    const stage = phase === 'building' || phase === 'checking' ? phase : ('reading' as const);
    return { phase: stage, progress, looked_at, found: null };
  }
  const { as_of, affected, holds, rows, products, other_products, others } = found;
  const told = { as_of, affected, holds, rows, products, other_products, others };
  return { phase: 'ready' as const, progress: 1, looked_at, found: told };
}

/**
 * All rows, however many, as CSV.
 * @throws goods.trace_without_start, goods.extent_unready, and see `answerExtent`
 */
export async function extentSheet(
  tx: Tx,
  { item, spread, associations, language }: z.output<typeof extentSheetQuery>,
): Promise<BytesReply> {
  const named = item.split('|').filter((one) => one.trim() !== '');
  if (named.length === 0) throw fault('goods.trace_without_start');
  const starts = named.map((one) => ({ item: canonicalIdentity(one.trim()), at: null }));
  const question = { starts, spread, associations: associations === 'true', keep: true };
  const { found } = await extentOf(tx, question);
  if (found === null) throw fault('goods.extent_unready');
  const bytes = await sheetOf(tx, found, language);
  return {
    ...{ bytes, media_type: 'text/csv; charset=utf-8', file_name: 'extent.csv' },
    shows: eventsOfOthers(found.others),
  };
}

/** Piece by piece, so that others are answered in between. @throws goods.extent_busy */
async function sheetOf(tx: Tx, found: Found, language: 'zh' | 'en'): Promise<Uint8Array> {
  const ask = askAs(readerOf(tx));
  const { token } = found;
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < found.affected + found.holds; from += limits.extent_lines) {
    const { lines } = await ask({ do: 'write', token, from, language });
    // Another question of the same firm's was answered meanwhile.
    if (lines === null) throw fault('goods.extent_busy');
    pieces.push(lines);
    // A transaction that says nothing for so long as all pieces take is ended by the database.
    await sql`select 1`.execute(tx.db);
  }
  return Buffer.concat(pieces);
}

/** A record for each event of somebody else, as the book of looks counts them. */
export const eventsOfOthers = (others: Found['others']): { capturer_id: string }[] =>
  others.flatMap(({ capturer_id, events }) => {
    const one = { capturer_id };
    return Array.from({ length: events }, () => one);
  });
