import { z } from 'zod';
import { personRoute, route } from '../http/route.ts';
import { page, pageQuery } from '../paging.ts';
import { uuid } from '../schema.ts';
import {
  changePassword,
  endOtherSessions,
  endSession,
  guard,
  listSessions,
  newPassword,
  openSessionRow,
  proof,
  prove,
  readGuard,
} from './account.ts';
import {
  addPasskey,
  addTotp,
  askNewPasskey,
  askNewTotp,
  renewRecoveryCodes,
  takeAwayPasskey,
  takeAwayTotp,
} from './factor-changes.ts';
import type { Hold } from './holds.ts';
import { askForPasskey, newPasskey, passkey, webauthnOptions } from './passkeys.ts';
import { listOwnSecurity, listPartySecurity, securityEvent } from './security-log.ts';

const byId = z.object({ id: uuid });
const done = z.object({ done: z.literal(true) });
const isDone = { done: true as const };
/** Codes are shown once, when they are made. */
const recovery_codes = z.array(z.string()).nullable();
/** What a session may do that is held for want of a factor: set one up, or show it. */
const ofNoFactor: readonly Hold[] = ['no_factor'];
const ofFactors: readonly Hold[] = ['no_factor', 'factor_not_shown'];
const guesses = ['identity.wrong_code', 'identity.passkey_refused', 'identity.slow_down'] as const;

const sessionRoutes = [
  personRoute({
    id: 'account.sessions',
    method: 'GET',
    path: '/api/v1/account/sessions',
    summary: { zh: '我登录着的设备', en: 'Own sessions' },
    reply: z.object({ items: z.array(openSessionRow) }),
    faults: ['identity.not_a_person'],
    run: async (person) => ({ items: await listSessions(person) }),
  }),
  personRoute({
    id: 'account.end_session',
    method: 'DELETE',
    path: '/api/v1/account/sessions/{id}',
    summary: { zh: '让一台设备退出登录', en: 'End one of the own sessions' },
    params: byId,
    reply: done,
    faults: ['kernel.not_found'],
    run: async (person, { params }) => {
      await endSession(person, params.id);
      return isDone;
    },
  }),
  personRoute({
    id: 'account.end_other_sessions',
    method: 'DELETE',
    path: '/api/v1/account/sessions',
    summary: { zh: '让其他设备全部退出登录', en: 'End all other sessions' },
    reply: z.object({ ended: z.int() }),
    faults: ['identity.not_a_person'],
    run: async (person) => ({ ended: await endOtherSessions(person) }),
  }),
  personRoute({
    id: 'account.change_password',
    method: 'POST',
    path: '/api/v1/account/password',
    under: ['new_password'],
    summary: { zh: '修改密码；其他设备退出登录', en: 'Change the password; other sessions end' },
    body: newPassword,
    reply: done,
    faults: [
      'kernel.wrong_password',
      'identity.same_password',
      'identity.password_guessable',
      'identity.slow_down',
    ],
    run: async (person, { body }) => (await changePassword(person, body)) ?? isDone,
  }),
  personRoute({
    id: 'account.prove',
    method: 'POST',
    path: '/api/v1/account/proof',
    under: ofFactors,
    summary: { zh: '再次确认是本人', en: 'Prove once more who it is' },
    body: proof,
    reply: done,
    faults: ['kernel.wrong_password', ...guesses],
    run: async (person, { body }) => (await prove(person, body)) ?? isDone,
  }),
  personRoute({
    id: 'account.ask_proof',
    method: 'POST',
    path: '/api/v1/account/proof/passkey',
    under: ofFactors,
    summary: { zh: '用通行密钥确认：取得选项', en: 'What a passkey signs as proof' },
    reply: webauthnOptions,
    faults: ['identity.no_origin'],
    run: (person) => askForPasskey(person, 'prove', person.user),
  }),
];

const factorRoutes = [
  personRoute({
    id: 'account.guard',
    method: 'GET',
    path: '/api/v1/account/guard',
    under: ofFactors,
    summary: { zh: '账号的保护方式', en: 'How the own account is guarded' },
    reply: guard,
    faults: ['identity.not_a_person'],
    run: readGuard,
  }),
  personRoute({
    id: 'account.ask_totp',
    method: 'POST',
    path: '/api/v1/account/totp',
    under: ofNoFactor,
    summary: { zh: '开启验证码：取得二维码内容', en: 'Begin with codes: what the QR code says' },
    fresh: true,
    reply: z.object({ secret: z.string(), uri: z.string() }),
    faults: ['identity.proof_needed', 'identity.totp_set', 'identity.no_secret_key'],
    run: askNewTotp,
  }),
  personRoute({
    id: 'account.add_totp',
    method: 'POST',
    path: '/api/v1/account/totp/confirmation',
    under: ofNoFactor,
    summary: { zh: '输入第一个验证码，正式开启', en: 'Confirm codes with the first one' },
    fresh: true,
    body: z.object({ code: z.string().min(6).max(20) }),
    reply: z.object({ recovery_codes }),
    faults: ['identity.proof_needed', 'identity.totp_absent', ...guesses],
    run: (person, { body }) => addTotp(person, body.code),
  }),
  personRoute({
    id: 'account.remove_totp',
    method: 'DELETE',
    path: '/api/v1/account/totp',
    summary: { zh: '关闭验证码', en: 'Remove codes' },
    fresh: true,
    reply: done,
    faults: ['identity.proof_needed', 'identity.last_factor', 'kernel.not_found'],
    run: async (person) => {
      await takeAwayTotp(person);
      return isDone;
    },
  }),
  personRoute({
    id: 'account.renew_recovery_codes',
    method: 'POST',
    path: '/api/v1/account/recovery-codes',
    summary: { zh: '重新生成恢复码(只显示一次)', en: 'Make recovery codes anew (shown once)' },
    fresh: true,
    reply: z.object({ recovery_codes: z.array(z.string()) }),
    status: 201,
    faults: ['identity.proof_needed', 'identity.no_factor'],
    run: async (person) => ({ recovery_codes: await renewRecoveryCodes(person) }),
  }),
  personRoute({
    id: 'account.ask_new_passkey',
    method: 'POST',
    path: '/api/v1/account/passkeys/options',
    under: ofNoFactor,
    summary: { zh: '添加通行密钥：取得选项', en: 'What a new passkey is made from' },
    fresh: true,
    reply: webauthnOptions,
    faults: ['identity.proof_needed', 'identity.no_origin', 'identity.too_many_passkeys'],
    run: askNewPasskey,
  }),
  personRoute({
    id: 'account.add_passkey',
    method: 'POST',
    path: '/api/v1/account/passkeys',
    under: ofNoFactor,
    summary: { zh: '添加通行密钥', en: 'Add a passkey' },
    fresh: true,
    body: newPasskey,
    reply: z.object({ passkey, recovery_codes }),
    status: 201,
    faults: ['identity.proof_needed', 'identity.passkey_refused', 'identity.no_origin'],
    run: (person, { body }) => addPasskey(person, body),
  }),
  personRoute({
    id: 'account.remove_passkey',
    method: 'DELETE',
    path: '/api/v1/account/passkeys/{id}',
    summary: { zh: '移除通行密钥', en: 'Remove a passkey' },
    fresh: true,
    params: byId,
    reply: done,
    faults: ['identity.proof_needed', 'identity.last_factor', 'kernel.not_found'],
    run: async (person, { params }) => {
      await takeAwayPasskey(person, params.id);
      return isDone;
    },
  }),
];

const logRoutes = [
  personRoute({
    id: 'account.security_log',
    method: 'GET',
    path: '/api/v1/account/security-events',
    summary: { zh: '我的安全记录，新的在前', en: 'Own security log, newest first' },
    query: pageQuery,
    reply: page(securityEvent),
    faults: ['kernel.malformed'],
    run: (person, { query }) => listOwnSecurity(person, query),
  }),
  route({
    id: 'security_event.list',
    method: 'GET',
    path: '/api/v1/security-events',
    // Not `read`: who signs in from where is for administrators, not for whoever may read.
    permission: 'identity.security_event.audit',
    summary: { zh: '本单位的安全记录', en: 'The security log of the party' },
    query: pageQuery,
    reply: page(securityEvent),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listPartySecurity(tx, query),
  }),
];

export const accountRoutes = [...sessionRoutes, ...factorRoutes, ...logRoutes];
