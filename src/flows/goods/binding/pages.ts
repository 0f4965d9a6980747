import type { z } from 'zod';
import { type BindingRequest, limits, type Tx } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { type PageToken, pageToken, readPageToken } from '../repository/page-tokens.ts';

/** The parameters of paging: no part of what is asked. */
const PAGING = ['perPage', 'nextPageToken'];

/** What a page is of: the address and every parameter but those of paging. */
export function questionOf({ path, query, headers }: BindingRequest): string {
  const rest = query.filter(([name]) => !PAGING.includes(name)).toSorted();
  return JSON.stringify([path, rest, headers['gs1-extensions'] ?? '']);
}

function one({ query }: BindingRequest, name: string): string | undefined {
  const found = query.filter(([given]) => given === name);
  if (found.length < 2) return found[0]?.[1];
  const en = 'This parameter stands here twice.';
  throw fault('goods.query_invalid', { count: 1 }, [{ path: name, zh: '参数重复出现。', en }]);
}

/** How many, at most: fewer may come. @throws goods.query_invalid */
function perPage(request: BindingRequest, most: number): number {
  const written = one(request, 'perPage');
  if (written === undefined) return Math.min(limits.epcis_page_events_default, most);
  if (!/^[1-9][0-9]{0,8}$/.test(written)) {
    const en = 'Here goes a whole number from one.';
    throw fault('goods.query_invalid', { count: 1 }, [{ path: 'perPage', zh: '应为正整数。', en }]);
  }
  return Math.min(Number(written), most);
}

/**
 * @param most rows of a page, whatever the client asks for
 * @throws goods.query_invalid, goods.page_unknown
 */
export async function pageOfRequest<Shape extends z.ZodType>(
  tx: Tx,
  request: BindingRequest,
  cursor: Shape,
  most: number = limits.epcis_page_events,
): Promise<{ limit: number; after: z.output<Shape> | null }> {
  const limit = perPage(request, most);
  const text = one(request, 'nextPageToken');
  if (text === undefined) return { limit, after: null };
  return { limit, after: await readPageToken(tx, text, questionOf(request), cursor) };
}

export function nextToken(tx: Tx, request: BindingRequest, next: unknown): PageToken | null {
  return next === null ? null : pageToken(tx, questionOf(request), next);
}
