import { z } from 'zod';
import { route } from '../http/route.ts';
import { page, pageQuery } from '../paging.ts';
import { uuid } from '../schema.ts';
import {
  listMessages,
  messageQuery,
  ping,
  replay,
  replayFrom,
  resend,
  setAside,
  webhookMessage,
} from './messages.ts';
import {
  changeWebhook,
  createWebhook,
  getWebhook,
  listWebhooks,
  newWebhook,
  removeWebhook,
  rotateWebhook,
  webhook,
  webhookChange,
  webhookRotation,
} from './webhooks.ts';

const byId = z.object({ id: uuid });
const byMessage = byId.extend({ message_id: uuid });
const withSecret = webhook.extend({ secret: z.string() });

const ownRoutes = [
  route({
    id: 'webhook.list',
    method: 'GET',
    path: '/api/v1/webhooks',
    permission: 'kernel.webhook.inspect',
    summary: { zh: '推送地址', en: 'Webhooks' },
    query: pageQuery,
    reply: page(webhook),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listWebhooks(tx, query),
  }),
  route({
    id: 'webhook.get',
    method: 'GET',
    path: '/api/v1/webhooks/{id}',
    permission: 'kernel.webhook.inspect',
    summary: { zh: '一个推送地址', en: 'One webhook' },
    params: byId,
    reply: webhook,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getWebhook(tx, params.id),
  }),
  route({
    id: 'webhook.create',
    method: 'POST',
    path: '/api/v1/webhooks',
    permission: 'kernel.webhook.create',
    shows_secret: true,
    summary: {
      zh: '新建推送地址：签名密钥只显示一次',
      en: 'Have facts sent to an address (its secret is shown once)',
    },
    body: newWebhook,
    reply: withSecret,
    status: 201,
    faults: [
      'kernel.not_permitted',
      'webhook.address_refused',
      'webhook.too_many',
      'webhook.no_secret_key',
      'kernel.answer_sealed',
    ],
    run: (tx, { body }) => createWebhook(tx, body),
  }),
  route({
    id: 'webhook.change',
    method: 'PATCH',
    path: '/api/v1/webhooks/{id}',
    permission: 'kernel.webhook.change',
    summary: { zh: '修改、暂停或恢复推送', en: 'Change, pause or resume a webhook' },
    params: byId,
    body: webhookChange,
    reply: webhook,
    faults: ['kernel.not_found', 'kernel.not_permitted', 'webhook.address_refused'],
    run: (tx, { params, body }) => changeWebhook(tx, params.id, body),
  }),
  route({
    id: 'webhook.rotate',
    method: 'POST',
    path: '/api/v1/webhooks/{id}/rotation',
    permission: 'kernel.webhook.rotate',
    shows_secret: true,
    summary: {
      zh: '轮换签名密钥：新密钥只显示一次',
      en: 'Give a webhook a new secret (shown once)',
    },
    params: byId,
    body: webhookRotation,
    reply: withSecret,
    status: 201,
    faults: ['kernel.not_found', 'webhook.no_secret_key', 'kernel.answer_sealed'],
    run: (tx, { params, body }) => rotateWebhook(tx, params.id, body),
  }),
  route({
    id: 'webhook.remove',
    method: 'DELETE',
    path: '/api/v1/webhooks/{id}',
    permission: 'kernel.webhook.remove',
    summary: { zh: '移除推送地址', en: 'Remove a webhook' },
    params: byId,
    reply: z.object({ done: z.literal(true) }),
    faults: ['kernel.not_found'],
    run: async (tx, { params }) => {
      await removeWebhook(tx, params.id);
      return { done: true as const };
    },
  }),
];

const messageRoutes = [
  route({
    id: 'webhook_message.list',
    method: 'GET',
    path: '/api/v1/webhooks/{id}/messages',
    permission: 'kernel.webhook.inspect',
    summary: { zh: '推送记录，新的在前', en: 'What was sent to a webhook, newest first' },
    params: byId,
    query: messageQuery,
    reply: page(webhookMessage),
    faults: ['kernel.not_found', 'kernel.malformed'],
    run: (tx, { params, query }) => listMessages(tx, params.id, query),
  }),
  route({
    id: 'webhook.ping',
    method: 'POST',
    path: '/api/v1/webhooks/{id}/ping',
    permission: 'kernel.webhook.send',
    summary: { zh: '发一条测试消息', en: 'Send a test message' },
    params: byId,
    reply: webhookMessage,
    status: 202,
    faults: ['kernel.not_found', 'webhook.test_waits'],
    run: (tx, { params }) => ping(tx, params.id),
  }),
  route({
    id: 'webhook.replay',
    method: 'POST',
    path: '/api/v1/webhooks/{id}/replay',
    permission: 'kernel.webhook.send',
    summary: { zh: '从某件事实起重新推送', en: 'Send again from a fact on' },
    params: byId,
    body: replayFrom,
    reply: webhook,
    status: 202,
    faults: ['kernel.not_found', 'kernel.seal_pending'],
    run: (tx, { params, body }) => replay(tx, params.id, body),
  }),
  route({
    id: 'webhook_message.resend',
    method: 'POST',
    path: '/api/v1/webhooks/{id}/messages/{message_id}/resend',
    permission: 'kernel.webhook.send',
    summary: { zh: '立即重发一条', en: 'Send one message (again) at once' },
    params: byMessage,
    reply: webhookMessage,
    status: 202,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => resend(tx, params.id, params.message_id),
  }),
  route({
    id: 'webhook_message.set_aside',
    method: 'POST',
    path: '/api/v1/webhooks/{id}/messages/{message_id}/set-aside',
    permission: 'kernel.webhook.send',
    summary: { zh: '搁置一条，让后面的先走', en: 'Set a message aside and let the next ones pass' },
    params: byMessage,
    reply: webhookMessage,
    faults: ['kernel.not_found', 'webhook.not_waiting'],
    run: (tx, { params }) => setAside(tx, params.id, params.message_id),
  }),
];

export const webhookRoutes = [...ownRoutes, ...messageRoutes];
