import { createHash } from 'node:crypto';
import { z } from 'zod';
import { limits, type Tx, uuid } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';

/**
 * `nextPageToken` of the REST binding. It says where the next page begins and of which question,
 * and nothing that its reader has not seen: nothing is kept until a client ends one.
 */
const token = z.tuple([uuid, z.string(), z.string(), z.unknown()]);

/** What no text of a database holds, in JSON: a NUL, half a surrogate. */
export const UNHOLDABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

const digest = (question: string) =>
  createHash('sha256').update(question).digest('base64url').slice(0, 16);

export type PageToken = { text: string; expires_at: string };

/** @param question what the page is of: the address and its parameters, or a query by its name */
export function pageToken(tx: Tx, question: string, cursor: unknown): PageToken {
  const expires_at = new Date(
    Date.parse(tx.now) + limits.epcis_page_hours * 3_600_000,
  ).toISOString();
  const parts = [tx.newId(), digest(question), expires_at, cursor];
  return { text: Buffer.from(JSON.stringify(parts)).toString('base64url'), expires_at };
}

function read(text: string): z.output<typeof token> {
  try {
    return token.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw fault('goods.page_unknown');
  }
}

/**
 * Where a page begins.
 * @throws goods.page_unknown for a token of another question, one that has ended, or none at all
 */
export async function readPageToken<Shape extends z.ZodType>(
  tx: Tx,
  text: string,
  question: string,
  shape: Shape,
): Promise<z.output<Shape>> {
  const [id, of, expires_at, cursor] = read(text);
  const found = shape.safeParse(cursor);
  const isHeld = !UNHOLDABLE.test(JSON.stringify(cursor) ?? '');
  if (of !== digest(question) || expires_at <= tx.now || !found.success || !isHeld) {
    throw fault('goods.page_unknown');
  }
  const ended = await tx.db
    .selectFrom('ended_page')
    .select('token_id')
    .where('chain_id', '=', tx.chain)
    .where('token_id', '=', id)
    .executeTakeFirst();
  if (ended) throw fault('goods.page_unknown');
  return found.data;
}

/** The client will not ask for the page; nor shall anybody else. @throws goods.page_unknown */
export function endPage(tx: Tx, text: string): void {
  const [token_id, , expires_at] = read(text);
  const isTime = !Number.isNaN(Date.parse(expires_at));
  if (!isTime) throw fault('goods.page_unknown');
  const latest = new Date(Date.parse(tx.now) + limits.epcis_page_hours * 3_600_000).toISOString();
  tx.write(
    tx.db
      .deleteFrom('ended_page')
      .where('chain_id', '=', tx.chain)
      .where('owner_id', '=', tx.actor.party)
      .where('expires_at', '<', tx.now),
  );
  const row = {
    chain_id: tx.chain,
    token_id,
    owner_id: tx.actor.party,
    // The token is the client's to write: none is kept for longer than ours live.
    expires_at: [expires_at, latest].toSorted().at(0) ?? latest,
  };
  const once = tx.db.insertInto('ended_page').values(row);
  tx.write(once.onConflict((conflict) => conflict.doNothing()));
}
