import { z } from 'zod';
import { personRoute, route } from '../http/route.ts';
import { page } from '../paging.ts';
import { uuid } from '../schema.ts';
import { addNote, answerRequest, objectorsNote, requestAnswer } from './answering.ts';
import { askFor, newRequest, withdrawRequest } from './asking.ts';
import { accountErasure, askErasure, findErasure, keepAccount } from './erasure.ts';
import { copyOwnData, ownData } from './own-data.ts';
import { getRequest, listRequests, requestQuery, rightsRequest } from './requests.ts';

const byId = z.object({ id: uuid });

const requestRoutes = [
  route({
    id: 'rights_request.ask',
    method: 'POST',
    path: '/api/v1/rights-requests',
    permission: 'rights.request.ask',
    summary: {
      zh: '请求授权查看、提出异议、要求说明或要求删除',
      en: 'Ask for consent, a correction, an explanation or a deletion',
    },
    body: newRequest,
    reply: rightsRequest,
    status: 201,
    faults: [
      'kernel.not_found',
      'kernel.file_erased',
      'rights.own_record',
      'rights.open_already',
      'rights.too_many',
      'rights.shared_already',
      'rights.asked_lately',
      'rights.holder_away',
      'rights.end_past',
    ],
    run: (tx, { body }) => askFor(tx, body),
  }),
  route({
    id: 'rights_request.list',
    method: 'GET',
    path: '/api/v1/rights-requests',
    permission: 'rights.request.read',
    summary: { zh: '数据权利请求，新的在前', en: 'Requests about data, newest first' },
    query: requestQuery,
    reply: page(rightsRequest),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listRequests(tx, query),
  }),
  route({
    id: 'rights_request.get',
    method: 'GET',
    path: '/api/v1/rights-requests/{id}',
    permission: 'rights.request.read',
    summary: { zh: '一项数据权利请求', en: 'One request about data' },
    params: byId,
    reply: rightsRequest,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getRequest(tx, params.id),
  }),
  route({
    id: 'rights_request.answer',
    method: 'POST',
    path: '/api/v1/rights-requests/{id}/answer',
    permission: 'rights.request.answer',
    summary: { zh: '答复：同意并办理，或说明理由', en: 'Answer: carry it out, or say why not' },
    params: byId,
    body: requestAnswer,
    reply: rightsRequest,
    faults: [
      'kernel.not_found',
      'kernel.not_permitted',
      'kernel.file_erased',
      'rights.not_yours',
      'rights.not_open',
      'rights.answer_needed',
      'rights.no_correction',
      'rights.end_past',
    ],
    run: (tx, { params, body }) => answerRequest(tx, params.id, body),
  }),
  route({
    id: 'rights_request.withdraw',
    method: 'DELETE',
    path: '/api/v1/rights-requests/{id}',
    permission: 'rights.request.ask',
    summary: { zh: '撤回本单位的请求', en: 'Withdraw an own request' },
    params: byId,
    reply: rightsRequest,
    faults: ['kernel.not_found', 'rights.not_yours', 'rights.not_open'],
    run: (tx, { params }) => withdrawRequest(tx, params.id),
  }),
  route({
    id: 'rights_request.note',
    method: 'POST',
    path: '/api/v1/rights-requests/{id}/note',
    permission: 'rights.request.ask',
    summary: {
      zh: '异议被拒绝后，在事实旁补充说明',
      en: 'Add a note to a fact that stands against an objection',
    },
    params: byId,
    body: objectorsNote,
    reply: rightsRequest,
    faults: ['kernel.not_found', 'rights.not_yours', 'rights.note_not_due'],
    run: (tx, { params, body }) => addNote(tx, params.id, body.note),
  }),
];

const done = z.object({ done: z.literal(true) });

const accountRoutes = [
  personRoute({
    id: 'account.copy_data',
    method: 'GET',
    path: '/api/v1/account/data',
    summary: { zh: '平台保存的我的全部资料', en: 'A copy of all that is held on oneself' },
    fresh: true,
    reply: ownData,
    faults: ['identity.proof_needed'],
    run: copyOwnData,
  }),
  personRoute({
    id: 'account.erasure',
    method: 'GET',
    path: '/api/v1/account/erasure',
    summary: { zh: '注销账号的进度', en: 'Whether the own account is to be erased' },
    reply: z.object({ erasure: accountErasure.nullable() }),
    faults: ['identity.not_a_person'],
    run: async (person) => ({ erasure: await findErasure(person) }),
  }),
  personRoute({
    id: 'account.ask_erasure',
    method: 'POST',
    path: '/api/v1/account/erasure',
    summary: { zh: '申请注销账号；几天内可以反悔', en: 'Ask for the own account to be erased' },
    fresh: true,
    reply: accountErasure,
    status: 201,
    faults: ['identity.proof_needed', 'identity.last_admin'],
    run: askErasure,
  }),
  personRoute({
    id: 'account.keep',
    method: 'DELETE',
    path: '/api/v1/account/erasure',
    summary: { zh: '撤回注销申请', en: 'Keep the own account after all' },
    reply: done,
    faults: ['kernel.not_found'],
    run: async (person) => {
      await keepAccount(person);
      return { done: true as const };
    },
  }),
];

export const rightsRoutes = [...requestRoutes, ...accountRoutes];
