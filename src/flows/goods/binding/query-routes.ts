import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import {
  type Binding,
  type BindingAnswer,
  type BindingRequest,
  binding,
  kernelFault,
  limits,
  readExactJson,
  type Tx,
} from '../../../kernel/index.ts';
import { isObject } from '../epcis/context.ts';
import { fault } from '../faults.ts';
import { dropQuery, getQuery, listQueries, nameQuery } from '../repository/named-queries.ts';
import { endPage } from '../repository/page-tokens.ts';
import { dropSubscriptionsOf } from '../subscriptions/subscriptions.ts';
import { jsonAnswer, pageHeaders, standing } from './answers.ts';
import { checkSentVersion, jsonWishOf } from './negotiation.ts';
import { nextToken, pageOfRequest } from './pages.ts';
import { refuse } from './problems.ts';

/** The query as it was sent, without its name: JSON whose numbers keep their digits. */
function definitionIn(bytes: Uint8Array): { name: unknown; definition: string } {
  const { value, problem } = isUtf8(bytes)
    ? readExactJson(Buffer.from(bytes).toString())
    : { problem: { path: '', zh: '字节不是 UTF-8 编码。', en: 'The bytes are not UTF-8.' } };
  if (problem) throw fault('goods.query_unreadable', {}, [problem]);
  const { name, query } = isObject(value) ? value : {};
  if (query !== undefined) return { name, definition: JSON.stringify(query) };
  const missing = { path: 'query', zh: '缺少查询。', en: 'The query is missing.' };
  throw fault('goods.query_unreadable', {}, [missing]);
}

async function createQuery(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  if (!['application/json', 'application/ld+json'].includes(request.media_type)) {
    const type = request.media_type || '—';
    throw kernelFault('kernel.media_type', { type, allowed: 'application/json' });
  }
  checkSentVersion(request);
  const sent = definitionIn(request.bytes);
  const { name } = await nameQuery(tx, sent.name, sent.definition);
  const location = `${request.path}/${encodeURIComponent(name)}`;
  return { status: 201, headers: { ...standing, location }, body: null };
}

/** Written by hand: the definition is JSON already, and its digits are to stay. */
const queryJson = ({ name, definition }: { name: string; definition: string }) =>
  `{"name":${JSON.stringify(name)},"query":${definition}}`;

const asJson = (body: string, headers: Record<string, string> = {}): BindingAnswer => ({
  ...jsonAnswer(null, headers),
  body,
});

async function readQueries(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  jsonWishOf(request);
  const { limit, after } = await pageOfRequest(tx, request, z.string(), limits.epcis_page_queries);
  const { items, next } = await listQueries(tx, { limit, ...(after ? { after } : {}) });
  const headers = pageHeaders(request, nextToken(tx, request, next));
  return asJson(`[${items.map(queryJson).join(',')}]`, headers);
}

async function readQuery(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  jsonWishOf(request);
  return asJson(queryJson(await getQuery(tx, request.params.value ?? '')));
}

async function deleteQuery(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  const name = request.params.value ?? '';
  await dropQuery(tx, name);
  await dropSubscriptionsOf(tx, name);
  return { status: 204, headers: standing, body: null };
}

function deletePage(tx: Tx, request: BindingRequest): BindingAnswer {
  endPage(tx, request.params.value ?? '');
  return { status: 204, headers: standing, body: null };
}

export const queryBindings: Binding[] = [
  binding({
    id: 'epcis.query_create',
    method: 'POST',
    path: '/epcis/queries',
    permission: 'goods.query.create',
    summary: { zh: '给查询命名', en: 'Give a query a name' },
    body_bytes: limits.body_bytes,
    run: createQuery,
    refuse,
  }),
  binding({
    id: 'epcis.query_list',
    method: 'GET',
    path: '/epcis/queries',
    permission: 'goods.query.read',
    summary: { zh: '命名查询', en: 'Named queries' },
    run: readQueries,
    refuse,
  }),
  binding({
    id: 'epcis.query_get',
    method: 'GET',
    path: '/epcis/queries/{value}',
    permission: 'goods.query.read',
    summary: { zh: '一个命名查询', en: 'One named query' },
    run: readQuery,
    refuse,
  }),
  binding({
    id: 'epcis.query_drop',
    method: 'DELETE',
    path: '/epcis/queries/{value}',
    permission: 'goods.query.drop',
    summary: { zh: '删除命名查询', en: 'Drop a named query' },
    run: deleteQuery,
    refuse,
  }),
  binding({
    id: 'epcis.page_end',
    method: 'DELETE',
    path: '/epcis/nextPageToken/{value}',
    permission: 'goods.event.read',
    summary: { zh: '放弃后续页', en: 'Give up the pages that follow' },
    run: deletePage,
    refuse,
  }),
];
