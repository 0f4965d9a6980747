import { z } from 'zod';
import {
  type Binding,
  type BindingAnswer,
  type BindingRequest,
  binding,
  kernelFault,
  type Tx,
} from '../../../kernel/index.ts';
import { readSubscription } from '../subscriptions/read-subscription.ts';
import { subscribe } from '../subscriptions/subscribing.ts';
import {
  dropSubscription,
  getSubscription,
  listSubscriptions,
  type Subscription,
} from '../subscriptions/subscriptions.ts';
import { jsonAnswer, pageHeaders, standing } from './answers.ts';
import { checkSentVersion, jsonWishOf } from './negotiation.ts';
import { nextToken, pageOfRequest } from './pages.ts';
import { refuse } from './problems.ts';

/** As the binding shows it, without its secret; `state` and `offReason` are ours. */
function subscriptionJson(one: Subscription) {
  return {
    subscriptionID: one.id,
    queryName: one.query_name,
    ...(one.dest === null ? {} : { dest: one.dest }),
    createdAt: one.created_at,
    ...(one.last_notified_at === null ? {} : { lastNotifiedAt: one.last_notified_at }),
    initialRecordTime: one.initial_record_time,
    minRecordTime: one.min_record_time,
    epcFormat: one.epc_format,
    ...(one.schedule === null
      ? { stream: true }
      : { schedule: one.schedule, reportIfEmpty: one.report_if_empty }),
    state: one.state,
    ...(one.off_reason === null ? {} : { offReason: one.off_reason }),
  };
}

const nameIn = ({ params }: BindingRequest) => params.value ?? '';

async function createSubscription(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  if (!['application/json', 'application/ld+json'].includes(request.media_type)) {
    const type = request.media_type || '—';
    throw kernelFault('kernel.media_type', { type, allowed: 'application/json' });
  }
  checkSentVersion(request);
  const { epcFormat } = jsonWishOf(request);
  const given = readSubscription(tx, request.bytes, epcFormat);
  const made = await subscribe(tx, nameIn(request), given);
  const location = `${request.path}/${made.id}`;
  return { ...jsonAnswer(subscriptionJson(made), { location }), status: 201 };
}

async function readSubscriptions(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  jsonWishOf(request);
  const { limit, after } = await pageOfRequest(tx, request, z.string());
  const page = { limit, ...(after ? { after } : {}) };
  const { items, next } = await listSubscriptions(tx, nameIn(request), page);
  const headers = pageHeaders(request, nextToken(tx, request, next));
  return jsonAnswer(items.map(subscriptionJson), headers);
}

async function readOne(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  jsonWishOf(request);
  const id = request.params.id ?? '';
  return jsonAnswer(subscriptionJson(await getSubscription(tx, nameIn(request), id)));
}

async function unsubscribe(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  await dropSubscription(tx, nameIn(request), request.params.id ?? '');
  return { status: 204, headers: standing, body: null };
}

const all = '/epcis/queries/{value}/subscriptions';

export const subscriptionBindings: Binding[] = [
  binding({
    id: 'epcis.subscription_create',
    method: 'POST',
    path: all,
    permission: 'goods.subscription.create',
    summary: { zh: '订阅命名查询', en: 'Subscribe to a named query' },
    run: createSubscription,
    refuse,
  }),
  binding({
    id: 'epcis.subscription_list',
    method: 'GET',
    path: all,
    permission: 'goods.subscription.read',
    summary: { zh: '查询的订阅', en: 'Subscriptions to a query' },
    run: readSubscriptions,
    refuse,
  }),
  binding({
    id: 'epcis.subscription_get',
    method: 'GET',
    path: `${all}/{id}`,
    permission: 'goods.subscription.read',
    summary: { zh: '一个订阅', en: 'One subscription' },
    run: readOne,
    refuse,
  }),
  binding({
    id: 'epcis.subscription_drop',
    method: 'DELETE',
    path: `${all}/{id}`,
    permission: 'goods.subscription.drop',
    summary: { zh: '取消订阅', en: 'Unsubscribe' },
    run: unsubscribe,
    refuse,
  }),
];
