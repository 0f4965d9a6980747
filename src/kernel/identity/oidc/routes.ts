import { z } from 'zod';
import { fault } from '../../faults.ts';
import { openRoute, personRoute } from '../../http/route.ts';
import { uuid } from '../../schema.ts';
import { atDoor } from '../doorstep.ts';
import { session } from '../sessions.ts';
import { halfWay, letIn, ticket } from '../sign-in-routes.ts';
import { comeBack, wayToProvider } from './enter.ts';
import { oidcLink, removeLink } from './links.ts';
import { offeredProvider } from './providers.ts';
import { beginVisit } from './visits.ts';

const visit = z.object({ ticket }).meta({ id: 'ProviderVisit' });
const chosen = z.object({ provider: z.string().max(30) });

export const oidcRoutes = [
  openRoute({
    id: 'session.providers',
    method: 'GET',
    path: '/api/v1/session/providers',
    summary: { zh: '可用的单位账号（OpenID Connect）', en: 'Identity providers to sign in with' },
    reply: z.object({ items: z.array(offeredProvider) }),
    faults: [],
    run: async ({ providers }) => ({ items: [...providers.offered] }),
  }),
  openRoute({
    id: 'session.visit_provider',
    method: 'POST',
    path: '/api/v1/session/provider',
    summary: { zh: '用单位账号登录：开始', en: 'Begin to sign in at an identity provider' },
    body: chosen,
    reply: visit,
    status: 201,
    faults: ['identity.provider_unknown'],
    run: (door, { body }) => {
      const known = door.providers.offered.some(({ id }) => id === body.provider);
      if (!known) throw fault('identity.provider_unknown');
      return atDoor(door, (step) => beginVisit(step, body.provider, null));
    },
  }),
  openRoute({
    id: 'session.way_to_provider',
    method: 'POST',
    path: '/api/v1/session/provider/way',
    summary: { zh: '单位账号的登录页地址', en: 'The address of the provider’s page' },
    body: visit,
    reply: z.object({ url: z.string() }),
    faults: ['identity.ticket_over', 'identity.no_origin', 'identity.provider_away'],
    run: (door, { body }) => wayToProvider(door, body.ticket),
  }),
  openRoute({
    id: 'session.by_provider',
    method: 'POST',
    path: '/api/v1/session/provider/answer',
    summary: { zh: '从单位账号返回：登录或绑定', en: 'Back from the provider: sign in, or link' },
    body: z.object({ ticket, answer: z.string().max(8_000) }),
    reply: z.union([session, halfWay, z.object({ linked: oidcLink })]),
    status: 201,
    faults: [
      'identity.ticket_over',
      'identity.provider_refused',
      'identity.provider_away',
      'identity.not_linked',
      'identity.provider_account_taken',
      'identity.no_seat',
    ],
    run: async (door, { body }) => {
      const entered = await comeBack(door, body.ticket, body.answer);
      return 'token' in entered ? letIn(door, entered) : entered;
    },
  }),
  personRoute({
    id: 'account.visit_provider',
    method: 'POST',
    path: '/api/v1/account/providers',
    summary: { zh: '绑定单位账号：开始', en: 'Begin to link an account at a provider' },
    fresh: true,
    body: chosen,
    reply: visit,
    status: 201,
    faults: ['identity.proof_needed'],
    run: (person, { body }) => beginVisit(person, body.provider, person.user),
  }),
  personRoute({
    id: 'account.remove_provider',
    method: 'DELETE',
    path: '/api/v1/account/providers/{id}',
    summary: { zh: '解除单位账号的绑定', en: 'Unlink an account at a provider' },
    fresh: true,
    params: z.object({ id: uuid }),
    reply: z.object({ done: z.literal(true) }),
    faults: ['identity.proof_needed', 'kernel.not_found'],
    run: async (person, { params }) => {
      await removeLink(person, params.id);
      return { done: true as const };
    },
  }),
];
