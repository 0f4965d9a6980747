import { z } from 'zod';
import {
  type Binding,
  type BindingAnswer,
  type BindingRequest,
  binding,
  type Listening,
  type Tx,
} from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import type { EventQuery } from '../epcis/query/condition.ts';
import { queryOfUrl } from '../epcis/query/parse.ts';
import { fault } from '../faults.ts';
import { type Cursor, findEvents, getEvents } from '../repository/find-events.ts';
import { getQuery, queryIn } from '../repository/named-queries.ts';
import { listenTo } from '../subscriptions/listening.ts';
import { readListening, refuseUnsubscribable } from '../subscriptions/read-subscription.ts';
import { eventsAnswer, pageHeaders } from './answers.ts';
import { type Wish, wishOf } from './negotiation.ts';
import { nextToken, pageOfRequest } from './pages.ts';
import { refuse } from './problems.ts';

const cursor = z.object({
  // Empty in an order by an extension, which has no time.
  at: z.union([z.literal(''), z.iso.datetime()]),
  id: z.guid(),
  left: z.int().min(0).nullable(),
  before: z.int().min(0).optional(),
});

const PAGING = ['perPage', 'nextPageToken'];

/** The query of a URL; `fixed` is what its path says already. @throws goods.query_invalid */
function queryOf(
  { query }: BindingRequest,
  { prefixes }: Wish,
  fixed: readonly (readonly [string, string])[],
): EventQuery {
  const asked = query.filter(([name]) => !PAGING.includes(name));
  const found = queryOfUrl([...asked], prefixes);
  const path = queryOfUrl([...fixed], prefixes);
  const problems = [...found.problems, ...path.problems];
  if (!found.query || !path.query) {
    throw fault('goods.query_invalid', { count: problems.length }, problems);
  }
  const twice = fixed.find(([name]) => asked.some(([given]) => given === name));
  if (twice) {
    const detail = {
      path: twice[0],
      zh: '路径已给出这一条件。',
      en: 'The path says this already.',
    };
    throw fault('goods.query_invalid', { count: 1 }, [detail]);
  }
  return {
    ...found.query,
    conditions: [...path.query.conditions, ...found.query.conditions],
  };
}

async function pageOfEvents(
  tx: Tx,
  request: BindingRequest,
  wish: Wish,
  query: EventQuery,
  queryName: string,
): Promise<BindingAnswer> {
  const { limit, after } = await pageOfRequest(tx, request, cursor);
  const { events, next } = await findEvents(tx, query, { limit, after: after as Cursor | null });
  const headers = pageHeaders(request, nextToken(tx, request, next));
  return eventsAnswer(tx, events, wish, { queryName, headers });
}

/** The events that have the value of the path, and whatever else is asked of them. */
export function eventsWith(fixed: (value: string) => readonly (readonly [string, string])[]) {
  return async (tx: Tx, request: BindingRequest): Promise<BindingAnswer> => {
    const wish = wishOf(request);
    const query = queryOf(request, wish, fixed(request.params.value ?? ''));
    return pageOfEvents(tx, request, wish, query, 'SimpleEventQuery');
  };
}

async function readEvent(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  const wish = wishOf(request);
  const rows = await getEvents(tx, canonicalIdentity(request.params.value ?? ''));
  return eventsAnswer(tx, rows, wish, { queryName: 'SimpleEventQuery', headers: {} });
}

/** The events of a named query as they come (REST binding, subscription by WebSocket). */
async function listen(tx: Tx, request: BindingRequest): Promise<Listening> {
  const { epcFormat } = wishOf(request);
  const name = request.params.value ?? '';
  refuseUnsubscribable(queryIn((await getQuery(tx, name)).definition));
  return listenTo(tx, name, readListening(request.query, epcFormat));
}

async function readNamed(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  const wish = wishOf(request);
  const name = request.params.value ?? '';
  const { definition } = await getQuery(tx, name);
  const unknown = request.query.find(([given]) => !PAGING.includes(given));
  if (unknown) {
    const detail = {
      path: unknown[0],
      zh: '命名查询不再接受其他条件。',
      en: 'A named query takes no further conditions.',
    };
    throw fault('goods.query_invalid', { count: 1 }, [detail]);
  }
  return pageOfEvents(tx, request, wish, queryIn(definition), name);
}

const reading = { method: 'GET', permission: 'goods.event.read', shared: ['shipments'] } as const;

export const eventBindings: Binding[] = [
  binding({
    ...reading,
    id: 'epcis.event_list',
    path: '/epcis/events',
    summary: { zh: '查询事件', en: 'Events that a query asks for' },
    run: eventsWith(() => []),
    refuse,
  }),
  binding({
    ...reading,
    id: 'epcis.event_get',
    path: '/epcis/events/{value}',
    summary: { zh: '一个事件', en: 'One event' },
    run: readEvent,
    refuse,
  }),
  binding({
    ...reading,
    id: 'epcis.query_events',
    path: '/epcis/queries/{value}/events',
    summary: { zh: '命名查询的结果', en: 'Events that a named query asks for' },
    run: readNamed,
    listen,
    refuse,
  }),
];
