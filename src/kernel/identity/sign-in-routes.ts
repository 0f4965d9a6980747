import { z } from 'zod';
import { type Door, openRoute } from '../http/route.ts';
import { uuid } from '../schema.ts';
import { rememberDevice } from './devices.ts';
import { webauthnOptions, webauthnResponse } from './passkeys.ts';
import { secondWays } from './second-factors.ts';
import { closeSession, readSession, session, switchPlace } from './sessions.ts';
import {
  askPasskey,
  askSecondPasskey,
  goOn,
  shownFactor,
  signIn,
  signInByPasskey,
} from './sign-in.ts';

const done = z.object({ done: z.literal(true) });
export const ticket = z.string().max(100);

/** The password was right, and is not enough: what the second step can be gone with. */
export const halfWay = z
  .object({ ticket, ways: z.array(z.enum(secondWays)) })
  .meta({ id: 'SecondStep' });

const guesses = [
  'identity.wrong_code',
  'identity.passkey_refused',
  'identity.slow_down',
  'identity.no_seat',
];

/** The session's cookie, the browser's own, and who is signed in; who was before is no longer. */
export async function letIn(door: Door, { user, token }: { user: string; token: string }) {
  if (door.credential) await closeSession(door.store, door.credential);
  door.setSession(token);
  door.setDevice(await rememberDevice(door, user));
  return readSession(door.store, token);
}

export const signInRoutes = [
  openRoute({
    id: 'session.create',
    method: 'POST',
    path: '/api/v1/session',
    summary: { zh: '登录', en: 'Sign in' },
    body: z.object({ login: z.string().max(100), password: z.string().max(200) }),
    reply: z.union([session, halfWay]),
    status: 201,
    faults: ['kernel.wrong_password', 'identity.slow_down', 'identity.no_seat'],
    run: async (door, { body }) => {
      const entered = await signIn(door, body.login, body.password);
      return 'token' in entered ? letIn(door, entered) : entered;
    },
  }),
  openRoute({
    id: 'session.second_step',
    method: 'POST',
    path: '/api/v1/session/second-step',
    summary: { zh: '登录第二步', en: 'The second step of a sign-in' },
    body: z.object({ ticket, shown: shownFactor }),
    reply: session,
    status: 201,
    faults: ['identity.ticket_over', ...guesses],
    run: async (door, { body }) => letIn(door, await goOn(door, body.ticket, body.shown)),
  }),
  openRoute({
    id: 'session.ask_second_passkey',
    method: 'POST',
    path: '/api/v1/session/second-step/passkey',
    summary: { zh: '第二步用通行密钥：取得选项', en: 'What a passkey signs as second step' },
    body: z.object({ ticket }),
    reply: webauthnOptions,
    faults: ['identity.ticket_over', 'identity.no_origin'],
    run: (door, { body }) => askSecondPasskey(door, body.ticket),
  }),
  openRoute({
    id: 'session.ask_passkey',
    method: 'POST',
    path: '/api/v1/session/passkey/options',
    summary: { zh: '用通行密钥登录：取得选项', en: 'What a passkey signs to sign in' },
    reply: webauthnOptions,
    faults: ['identity.no_origin'],
    run: (door) => askPasskey(door),
  }),
  openRoute({
    id: 'session.by_passkey',
    method: 'POST',
    path: '/api/v1/session/passkey',
    summary: { zh: '用通行密钥登录', en: 'Sign in with a passkey alone' },
    body: z.object({ response: webauthnResponse }),
    reply: session,
    status: 201,
    faults: ['identity.passkey_refused', 'identity.no_origin', 'identity.no_seat'],
    run: async (door, { body }) => letIn(door, await signInByPasskey(door, body.response)),
  }),
  openRoute({
    id: 'session.get',
    method: 'GET',
    path: '/api/v1/session',
    summary: { zh: '我是谁', en: 'Who is signed in' },
    reply: session,
    faults: ['kernel.signed_out'],
    run: ({ store, credential }) => readSession(store, credential),
  }),
  openRoute({
    id: 'session.switch',
    method: 'POST',
    path: '/api/v1/session/switch',
    summary: { zh: '换一条产业链或单位', en: 'Switch to another chain or party' },
    body: z.object({ chain_id: uuid, party_id: uuid }),
    reply: session,
    faults: ['kernel.signed_out', 'identity.no_seat'],
    run: async (door, { body }) => {
      const token = await switchPlace(door, door.credential, body);
      door.setSession(token);
      return readSession(door.store, token);
    },
  }),
  openRoute({
    id: 'session.end',
    method: 'DELETE',
    path: '/api/v1/session',
    summary: { zh: '退出登录', en: 'Sign out' },
    reply: done,
    faults: [],
    run: async ({ store, credential, setSession }) => {
      if (credential) await closeSession(store, credential);
      setSession(null);
      return { done: true as const };
    },
  }),
];
