import { z } from 'zod';
import {
  givenInstant,
  instant,
  limits,
  type PageQuery,
  page,
  pageQuery,
  route,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { queryAsJson } from './epcis/query/as-json.ts';
import { queryOfUrl } from './epcis/query/parse.ts';
import { eventQuery, parametersOf } from './event-search.ts';
import { fault } from './faults.ts';
import { dropQuery, listQueries, nameQuery } from './repository/named-queries.ts';
import { subscriptionIn } from './subscriptions/read-subscription.ts';
import { renewSubscription, subscribe } from './subscriptions/subscribing.ts';
import {
  dropSubscription,
  dropSubscriptionsOf,
  listSubscriptions,
  type Subscription,
} from './subscriptions/subscriptions.ts';

/** A query under a name, as `/epcis/queries` has it. */
const savedQuery = z
  .object({
    name: z.string(),
    /** The query language of EPCIS 2.0 in JSON, its digits as they were sent. */
    definition: z.string(),
    created_at: instant,
  })
  .meta({ id: 'SavedEventQuery' });

/** What a screen searched by, but for one thing: the language asks for it by `MATCH_…`. */
const newQuery = eventQuery.omit({ item: true }).extend({ name: z.string() });

/** Gives a search a name, for others of the firm and for its systems. */
async function saveQuery(tx: Tx, { name, ...search }: z.output<typeof newQuery>) {
  const parameters = parametersOf(tx, search);
  const { problems } = queryOfUrl(parameters);
  if (problems.length > 0) throw fault('goods.query_invalid', { count: problems.length }, problems);
  return nameQuery(tx, name, JSON.stringify(queryAsJson(parameters)));
}

async function forgetQuery(tx: Tx, name: string) {
  await dropQuery(tx, name);
  await dropSubscriptionsOf(tx, name);
  return { done: true as const };
}

const schedule = z.record(z.string(), z.string().max(200));

/** Who is told of the events that a query asks for, and how that goes. */
const eventSubscription = z
  .object({
    id: uuid,
    query_name: z.string(),
    /** Null where a client listens over a connection of its own. */
    dest: z.string().nullable(),
    /** Null sends each event as it comes. */
    schedule: schedule.nullable(),
    state: z.enum(['active', 'off']),
    off_reason: z.enum(['gone', 'failing', 'left']).nullable(),
    failing_since: instant.nullable(),
    last_notified_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'EventSubscription' });

const newSubscription = z.object({
  query_name: z.string(),
  dest: z.string(),
  /** Signs what is sent (HMAC-SHA256); it is not shown again. */
  signature_token: z.string().min(1).max(limits.epcis_signature_token_chars).optional(),
  schedule: schedule.optional(),
  /** From the events on that were recorded then; from now on where it is left out. */
  initial_record_time: givenInstant.optional(),
});

/** From the events on that were recorded then; where it was stopped if it is left out. */
const renewal = z.object({ from: givenInstant.optional() });

function shown(one: Subscription): z.output<typeof eventSubscription> {
  const { id, query_name, dest, state, off_reason } = one;
  const { failing_since, last_notified_at, created_at } = one;
  const rest = { failing_since, last_notified_at, created_at };
  return { id, query_name, dest, schedule: one.schedule, state, off_reason, ...rest };
}

/** The same as the binding takes it, so that both refuse the same. */
async function addSubscription(tx: Tx, input: z.output<typeof newSubscription>) {
  const { query_name, dest, signature_token, initial_record_time } = input;
  const wanted = {
    dest,
    ...(signature_token === undefined ? {} : { signatureToken: signature_token }),
    ...(input.schedule === undefined ? { stream: true } : { schedule: input.schedule }),
    ...(initial_record_time === undefined ? {} : { initialRecordTime: initial_record_time }),
  };
  const given = subscriptionIn(tx, wanted, 'Always_GS1_Digital_Link');
  return shown(await subscribe(tx, query_name, given));
}

async function subscriptionsOf(tx: Tx, query: PageQuery) {
  const { items, next } = await listSubscriptions(tx, null, query);
  return { items: items.map(shown), next };
}

const byName = z.object({ name: z.string() });
const byId = z.object({ id: uuid });
const done = z.object({ done: z.literal(true) });

const queries = [
  route({
    id: 'event_query.list',
    method: 'GET',
    path: '/api/v1/event-queries',
    permission: 'goods.query.read',
    summary: { zh: '保存的事件查询', en: 'Saved queries for events' },
    query: pageQuery,
    reply: page(savedQuery),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listQueries(tx, query),
  }),
  route({
    id: 'event_query.save',
    method: 'POST',
    path: '/api/v1/event-queries',
    permission: 'goods.query.create',
    summary: { zh: '保存一个事件查询', en: 'Save a query for events' },
    body: newQuery,
    reply: savedQuery,
    status: 201,
    faults: ['goods.query_invalid', 'goods.query_exists', 'goods.too_many_queries'],
    run: (tx, { body }) => saveQuery(tx, body),
  }),
  route({
    id: 'event_query.drop',
    method: 'DELETE',
    path: '/api/v1/event-queries/{name}',
    permission: 'goods.query.drop',
    summary: { zh: '删除查询及其订阅', en: 'Drop a query, and what is subscribed to it' },
    params: byName,
    reply: done,
    faults: ['goods.query_unknown'],
    run: (tx, { params }) => forgetQuery(tx, params.name),
  }),
];

const subscribing = [
  'goods.query_unknown',
  'goods.subscription_invalid',
  'goods.too_many_subscriptions',
  'webhook.no_secret_key',
];

const subscriptions = [
  route({
    id: 'event_subscription.list',
    method: 'GET',
    path: '/api/v1/event-subscriptions',
    permission: 'goods.subscription.read',
    summary: { zh: '事件订阅及其状况', en: 'Subscriptions to events, and how they go' },
    query: pageQuery,
    reply: page(eventSubscription),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => subscriptionsOf(tx, query),
  }),
  route({
    id: 'event_subscription.create',
    method: 'POST',
    path: '/api/v1/event-subscriptions',
    permission: 'goods.subscription.create',
    summary: { zh: '订阅一个查询的事件', en: 'Subscribe to the events of a query' },
    body: newSubscription,
    reply: eventSubscription,
    status: 201,
    faults: subscribing,
    run: (tx, { body }) => addSubscription(tx, body),
  }),
  route({
    id: 'event_subscription.renew',
    method: 'POST',
    path: '/api/v1/event-subscriptions/{id}/renewals',
    permission: 'goods.subscription.create',
    summary: { zh: '恢复订阅，或从某时起重新推送', en: 'Resume a subscription, or send again' },
    params: byId,
    body: renewal,
    reply: eventSubscription,
    faults: [
      'goods.subscription_unknown',
      'goods.subscription_active',
      'goods.subscription_invalid',
    ],
    run: async (tx, { params, body }) =>
      shown(await renewSubscription(tx, params.id, body.from ?? null)),
  }),
  route({
    id: 'event_subscription.drop',
    method: 'DELETE',
    path: '/api/v1/event-subscriptions/{id}',
    permission: 'goods.subscription.drop',
    summary: { zh: '取消订阅', en: 'Unsubscribe' },
    params: byId,
    reply: done,
    faults: ['goods.subscription_unknown'],
    run: async (tx, { params }) => {
      await dropSubscription(tx, null, params.id);
      return { done: true as const };
    },
  }),
];

export const standingQueryRoutes = [...queries, ...subscriptions];
