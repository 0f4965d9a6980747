import { z } from 'zod';
import { personRoute, route } from '../http/route.ts';
import {
  colleagueGuard,
  listColleagueGuards,
  newSignInPolicy,
  readSignInPolicy,
  setSignInPolicy,
  signInPolicy,
} from './sign-in-policy.ts';

const etag = ({ version }: z.output<typeof signInPolicy>) => String(version);

export const policyRoutes = [
  route({
    id: 'sign_in_policy.get',
    method: 'GET',
    path: '/api/v1/sign-in-policy',
    permission: 'identity.sign_in_policy.read',
    summary: { zh: '本单位对登录的要求', en: 'What the party asks of sign-ins' },
    reply: signInPolicy,
    etag,
    faults: [],
    run: readSignInPolicy,
  }),
  personRoute({
    id: 'sign_in_policy.set',
    method: 'PUT',
    path: '/api/v1/sign-in-policy',
    permission: 'identity.sign_in_policy.set',
    fresh: true,
    summary: {
      zh: '要求（或不再要求）本单位人员登录时有第二步',
      en: 'Require a second factor of the party’s people, or no longer',
    },
    body: newSignInPolicy,
    reply: signInPolicy,
    etag,
    faults: [
      'identity.proof_needed',
      'identity.own_factor_first',
      'identity.grace_too_long',
      'kernel.stale',
    ],
    run: (person, { body, if_match }) => setSignInPolicy(person, body, if_match),
  }),
  personRoute({
    id: 'sign_in_policy.colleagues',
    method: 'GET',
    path: '/api/v1/sign-in-policy/colleagues',
    // Who is easiest to be taken for somebody else: for an administrator's eyes, and for no key.
    permission: 'identity.sign_in_policy.set',
    summary: { zh: '同事中谁还没有第二步', en: 'Which colleagues have no second factor yet' },
    reply: z.object({ items: z.array(colleagueGuard) }),
    faults: ['identity.not_a_person', 'kernel.not_permitted'],
    run: async (person) => ({ items: await listColleagueGuards(person) }),
  }),
];
