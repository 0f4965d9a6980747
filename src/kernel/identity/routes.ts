import { z } from 'zod';
import { openRoute, route } from '../http/route.ts';
import { page, pageQuery } from '../paging.ts';
import { uuid } from '../schema.ts';
import { accountRoutes } from './account-routes.ts';
import {
  apiKey,
  createApiKey,
  listApiKeys,
  newApiKey,
  revokeApiKey,
  rotateApiKey,
  rotation,
} from './api-keys.ts';
import {
  acceptance,
  acceptInvitation,
  invitation,
  invite,
  listInvitations,
  newInvitation,
  withdrawInvitation,
} from './invitations.ts';
import { oidcRoutes } from './oidc/routes.ts';
import { listParties, party, partyQuery } from './parties.ts';
import { addPerson, endSeat, listPeople, newPerson, person } from './people.ts';
import { policyRoutes } from './policy-routes.ts';
import { openSession, session } from './sessions.ts';
import { accessQuery, listSharedAccess, sharedAccess } from './shared-access.ts';
import {
  endSharing,
  listSharing,
  newSharingAgreement,
  shareWith,
  sharingAgreement,
} from './sharing.ts';
import { letIn, signInRoutes } from './sign-in-routes.ts';

const byId = z.object({ id: uuid });
const done = z.object({ done: z.literal(true) });
const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

const invitationRoutes = [
  route({
    id: 'invitation.create',
    method: 'POST',
    path: '/api/v1/invitations',
    permission: 'identity.invitation.create',
    shows_secret: true,
    summary: { zh: '邀请一家企业加入本链', en: 'Invite a party into the chain' },
    body: newInvitation,
    reply: invitation.extend({ token: z.string() }),
    status: 201,
    faults: [
      'identity.code_invalid',
      'identity.already_member',
      'identity.invited_already',
      'kernel.answer_sealed',
    ],
    run: (tx, { body }) => invite(tx, body),
  }),
  route({
    id: 'invitation.list',
    method: 'GET',
    path: '/api/v1/invitations',
    permission: 'identity.invitation.read',
    summary: { zh: '本单位发出的邀请', en: 'Invitations sent' },
    reply: list(invitation),
    faults: [],
    run: async (tx) => ({ items: await listInvitations(tx) }),
  }),
  route({
    id: 'invitation.withdraw',
    method: 'DELETE',
    path: '/api/v1/invitations/{id}',
    permission: 'identity.invitation.create',
    summary: { zh: '撤回邀请', en: 'Withdraw an invitation' },
    params: byId,
    reply: done,
    faults: ['identity.invitation_over'],
    run: async (tx, { params }) => {
      await withdrawInvitation(tx, params.id);
      return { done: true as const };
    },
  }),
  openRoute({
    id: 'invitation.accept',
    method: 'POST',
    path: '/api/v1/invitations/accept',
    summary: { zh: '接受邀请并登录', en: 'Accept an invitation and sign in' },
    body: acceptance,
    reply: session,
    status: 201,
    faults: [
      'identity.invitation_over',
      'identity.login_taken',
      'identity.code_invalid',
      'identity.password_guessable',
    ],
    run: async (door, { body }) => {
      const user = await acceptInvitation(door.store, body);
      return letIn(door, { user, token: await openSession(door, user, { way: 'invitation' }) });
    },
  }),
];

const memberRoutes = [
  route({
    id: 'party.list',
    method: 'GET',
    path: '/api/v1/parties',
    permission: 'identity.party.read',
    summary: { zh: '链上成员名录', en: 'Members of the chain' },
    query: pageQuery.extend(partyQuery.shape),
    reply: page(party),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listParties(tx, query),
  }),
  route({
    id: 'person.list',
    method: 'GET',
    path: '/api/v1/people',
    permission: 'identity.person.read',
    summary: { zh: '本单位人员', en: 'People of the own party' },
    reply: list(person),
    faults: [],
    run: async (tx) => ({ items: await listPeople(tx) }),
  }),
  route({
    id: 'person.create',
    method: 'POST',
    path: '/api/v1/people',
    permission: 'identity.person.create',
    summary: { zh: '添加人员', en: 'Give a person a seat' },
    body: newPerson,
    reply: person,
    status: 201,
    faults: ['identity.login_taken', 'identity.password_guessable'],
    run: (tx, { body }) => addPerson(tx, body),
  }),
  route({
    id: 'person.end',
    method: 'DELETE',
    path: '/api/v1/people/{id}',
    permission: 'identity.person.end',
    summary: { zh: '停用人员', en: "End a person's seat" },
    params: byId,
    reply: done,
    faults: ['kernel.not_found', 'identity.last_admin'],
    run: async (tx, { params }) => {
      await endSeat(tx, params.id);
      return { done: true as const };
    },
  }),
];

const keyRoutes = [
  route({
    id: 'key.list',
    method: 'GET',
    path: '/api/v1/keys',
    permission: 'identity.key.read',
    summary: { zh: '接口密钥', en: 'API keys' },
    reply: list(apiKey),
    faults: [],
    run: async (tx) => ({ items: await listApiKeys(tx) }),
  }),
  route({
    id: 'key.create',
    method: 'POST',
    path: '/api/v1/keys',
    permission: 'identity.key.create',
    shows_secret: true,
    summary: { zh: '新建接口密钥(只显示一次)', en: 'Create an API key (shown once)' },
    body: newApiKey,
    reply: apiKey.extend({ key: z.string() }),
    status: 201,
    faults: [
      'kernel.not_permitted',
      'identity.scope_unknown',
      'identity.expiry_past',
      'kernel.answer_sealed',
    ],
    run: (tx, { body }) => createApiKey(tx, body),
  }),
  route({
    id: 'key.rotate',
    method: 'POST',
    path: '/api/v1/keys/{id}/rotation',
    permission: 'identity.key.rotate',
    shows_secret: true,
    summary: {
      zh: '轮换接口密钥：新密钥只显示一次',
      en: 'Give an API key a new secret (shown once)',
    },
    params: byId,
    body: rotation,
    reply: apiKey.extend({ key: z.string() }),
    status: 201,
    faults: ['kernel.not_found', 'kernel.not_permitted', 'kernel.answer_sealed'],
    run: (tx, { params, body }) => rotateApiKey(tx, params.id, body),
  }),
  route({
    id: 'key.revoke',
    method: 'DELETE',
    path: '/api/v1/keys/{id}',
    permission: 'identity.key.revoke',
    summary: { zh: '停用接口密钥', en: 'Revoke an API key' },
    params: byId,
    reply: done,
    faults: ['kernel.not_found'],
    run: async (tx, { params }) => {
      await revokeApiKey(tx, params.id);
      return { done: true as const };
    },
  }),
];

const sharingRoutes = [
  route({
    id: 'sharing.list',
    method: 'GET',
    path: '/api/v1/sharing-agreements',
    permission: 'identity.sharing.read',
    summary: { zh: '数据共享协议', en: 'Sharing agreements' },
    reply: list(sharingAgreement),
    faults: [],
    run: async (tx) => ({ items: await listSharing(tx) }),
  }),
  route({
    id: 'sharing.create',
    method: 'POST',
    path: '/api/v1/sharing-agreements',
    permission: 'identity.sharing.create',
    summary: { zh: '把本单位的数据共享给他人', en: 'Share own data with a member' },
    body: newSharingAgreement,
    reply: sharingAgreement,
    status: 201,
    faults: ['identity.shares_with_itself', 'kernel.not_found'],
    run: (tx, { body }) => shareWith(tx, body),
  }),
  route({
    id: 'sharing.end',
    method: 'DELETE',
    path: '/api/v1/sharing-agreements/{id}',
    permission: 'identity.sharing.end',
    summary: { zh: '终止共享，立即生效', en: 'End sharing, at once' },
    params: byId,
    reply: done,
    faults: ['kernel.not_found'],
    run: async (tx, { params }) => {
      await endSharing(tx, params.id);
      return { done: true as const };
    },
  }),
  route({
    id: 'sharing.access_log',
    method: 'GET',
    path: '/api/v1/sharing-accesses',
    permission: 'identity.sharing.read',
    summary: { zh: '谁看过本单位共享出去的数据', en: 'Who looked at the data that we share' },
    query: accessQuery,
    reply: page(sharedAccess),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listSharedAccess(tx, query),
  }),
];

export const identityRoutes = [
  ...signInRoutes,
  ...accountRoutes,
  ...oidcRoutes,
  ...policyRoutes,
  ...invitationRoutes,
  ...memberRoutes,
  ...keyRoutes,
  ...sharingRoutes,
];
