import { z } from 'zod';
import {
  decodeCursor,
  limits,
  type PageQuery,
  pageOf,
  readExactJson,
  type Tx,
} from '../../../kernel/index.ts';
import type { EventQuery } from '../epcis/query/condition.ts';
import { queryOfJson } from '../epcis/query/parse.ts';
import { fault } from '../faults.ts';
import { UNHOLDABLE } from './page-tokens.ts';

/** A query under a name that its party has given it; `definition` is JSON as it was sent. */
export type NamedQuery = { name: string; definition: string; created_at: string };

const columns = ['name', 'definition', 'created_at'] as const;

function ofParty(tx: Tx) {
  return tx.db
    .selectFrom('named_query')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
}

/** @throws goods.query_invalid with all that is wrong */
export function queryIn(definition: string): EventQuery {
  const { value, problem } = readExactJson(definition);
  const { query, problems } = problem ? { problems: [problem] } : queryOfJson(value);
  if (!query) throw fault('goods.query_invalid', { count: problems.length }, problems);
  return query;
}

// Also no control characters, and not what a path takes for a step.
const NAME = /^(?!\.{1,2}$)[^\s/?#\p{Cc}\p{Cs}]{1,100}$/u;

function invalidQuery(path: string, zh: string, en: string) {
  return fault('goods.query_invalid', { count: 1 }, [{ path, zh, en }]);
}

function assertStorable(name: unknown, definition: string): asserts name is string {
  if (typeof name !== 'string' || !NAME.test(name)) {
    const en = 'A name has 1 to 100 characters, and no space, slash, ? or #.';
    throw invalidQuery('name', '名称为1至100个字符，不含空格、斜线、? 和 #。', en);
  }
  if (UNHOLDABLE.test(definition)) {
    const en = 'There are characters here that no event can hold.';
    throw invalidQuery('query', '含有事件中不可能出现的字符。', en);
  }
  if (definition.length > limits.epcis_query_chars) {
    const most = limits.epcis_query_chars;
    throw invalidQuery('query', `查询超过 ${most} 个字符。`, `Longer than ${most} characters.`);
  }
}

/**
 * Gives a query of the actor's a name. @param definition JSON, whose numbers keep their digits
 * @throws goods.query_invalid, goods.query_exists, goods.too_many_queries
 */
export async function nameQuery(tx: Tx, name: unknown, definition: string): Promise<NamedQuery> {
  assertStorable(name, definition);
  queryIn(definition);
  const { count } = await tx.db
    .selectFrom('named_query')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirstOrThrow();
  if (count >= limits.epcis_queries) {
    throw fault('goods.too_many_queries', { most: limits.epcis_queries });
  }
  const query = { name, definition, created_at: tx.now };
  const named = await tx.db
    .insertInto('named_query')
    .values({ chain_id: tx.chain, owner_id: tx.actor.party, ...query })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (named.numInsertedOrUpdatedRows === 0n) throw fault('goods.query_exists', { name });
  return query;
}

/** @throws goods.query_unknown */
export async function getQuery(tx: Tx, name: string): Promise<NamedQuery> {
  const row = await ofParty(tx).where('name', '=', name).executeTakeFirst();
  if (!row) throw fault('goods.query_unknown', { name });
  return row;
}

export async function listQueries(tx: Tx, { limit, after }: PageQuery) {
  let rows = ofParty(tx);
  if (after) rows = rows.where('name', '>', decodeCursor(after, z.tuple([z.string()]))[0]);
  const found = await rows
    .orderBy('name')
    .limit(limit + 1)
    .execute();
  return pageOf(found, limit, ({ name }) => [name]);
}

/** @throws goods.query_unknown */
export async function dropQuery(tx: Tx, name: string): Promise<void> {
  const gone = await tx.db
    .deleteFrom('named_query')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('name', '=', name)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) throw fault('goods.query_unknown', { name });
}
