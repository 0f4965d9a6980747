import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../identity/api-keys.ts';
import { hashPassword, seatPerson } from '../identity/people.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';

const password = 'correct horse battery';
const folder = mkdtempSync(join(tmpdir(), 'jingwei-headers-'));
let opened: TestStore;
/** Behind a proxy that ends TLS, and on one machine without. */
let secure: FastifyInstance;
let plain: FastifyInstance;
let key: string;

const openAt = (https: boolean) =>
  openKernelServer(opened.store, { https, console_folder: folder });

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>console</title>');
  writeFileSync(join(folder, 'assets', 'main-1.js'), 'export {};');
  opened = await openTestStore();
  secure = await openAt(true);
  plain = await openAt(false);
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  const password_hash = await hashPassword(password);
  await as('maker', (tx) =>
    seatPerson(tx, { login: 'header', name: '林', password_hash, role: 'admin' }),
  );
  ({ key } = await as('maker', (tx) => createApiKey(tx, { name: 'k' })));
});
afterAll(async () => {
  await secure.close();
  await plain.close();
  await opened.close();
  rmSync(folder, { recursive: true });
});

const bearer = () => ({ authorization: `Bearer ${key}` });
const signIn = (server: FastifyInstance, more: InjectOptions = {}) =>
  server.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: 'header', password },
    ...more,
  });

describe('every answer', () => {
  test.each([
    ['a page', '/orders', 200],
    ['a script', '/assets/main-1.js', 200],
    ['data', '/api/v1/keys', 200],
    ['a refusal', '/api/v1/session', 401],
    ['nothing', '/api/nothing', 404],
    ['health', '/health', 200],
    ['a broken address', '/api/v1/files/%ff', 400],
  ])('says what a browser may do with it: %s', async (_, url, status) => {
    const { statusCode, headers } = await secure.inject({
      url,
      headers: url.endsWith('session') ? {} : bearer(),
    });
    expect(statusCode).toBe(status);
    expect(headers['content-type']).toMatch(/; charset=utf-8$/i);
    const policy = String(headers['content-security-policy']);
    for (const rule of ['default-src', 'object-src', 'base-uri', 'frame-ancestors']) {
      expect(policy).toContain(`${rule} 'none'`);
    }
    expect(policy).not.toContain('unsafe-eval');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('asks for TLS for a year, and for hosts below too, where there is TLS', async () => {
    const told = (await secure.inject('/orders')).headers['strict-transport-security'];
    expect(told).toMatch(/^max-age=31536000; includeSubDomains$/);
    expect((await plain.inject('/orders')).headers).not.toHaveProperty('strict-transport-security');
  });

  test('is kept by no cache, but for files whose name says what is in them', async () => {
    const keeps = async (url: string) =>
      (await secure.inject({ url, headers: bearer() })).headers['cache-control'];
    for (const url of ['/api/v1/keys', '/api/nothing', '/health']) {
      expect(await keeps(url), url).toBe('no-store');
    }
    expect(await keeps('/orders')).toBe('no-cache');
    expect(await keeps('/assets/main-1.js')).toContain('immutable');
  });

  test('of the stream of facts says it as well', async () => {
    const address = await plain.listen({ port: 0, host: '127.0.0.1' });
    const gone = new AbortController();
    const { headers } = await fetch(`${address}/api/v1/facts/stream`, {
      headers: bearer(),
      signal: gone.signal,
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    gone.abort();
  });
});

describe('cookies', () => {
  test('are of this host alone, unseen by scripts and never sent from elsewhere', async () => {
    const { cookies, body } = await signIn(secure);
    expect(cookies.map(({ name }) => name)).toEqual(['__Host-jingwei', '__Host-jingwei-device']);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Strict' });
      expect(cookie).not.toHaveProperty('domain');
      // The credential is nowhere but in its cookie.
      expect(body).not.toContain(cookie.value);
      expect(cookie.name.length + cookie.value.length).toBeLessThan(4_096);
      // Six bits a letter: 256 random ones.
      expect(cookie.value).toMatch(/(^|\.)[\w-]{43}$/);
    }
  });

  test('without the prefix are nobody’s behind https: a neighbour host may set one', async () => {
    const token = (await signIn(secure)).cookies[0]?.value ?? '';
    const ask = async (server: FastifyInstance, name: string) =>
      (await server.inject({ url: '/api/v1/session', cookies: { [name]: token } })).statusCode;
    expect(await ask(secure, '__Host-jingwei')).toBe(200);
    expect(await ask(secure, 'jingwei')).toBe(401);
    expect(await ask(plain, 'jingwei')).toBe(200);
  });

  test('do not let another site write', async () => {
    const jingwei = (await signIn(plain)).cookies[0]?.value ?? '';
    const write = (headers: Record<string, string>) =>
      plain.inject({
        method: 'POST',
        url: '/api/v1/keys',
        headers: { host: 'jingwei.example', ...headers },
        cookies: { jingwei },
        payload: { name: 'k' },
      });
    const other = await write({ origin: 'https://evil.example' });
    expect(other.json()).toMatchObject({ code: 'kernel.other_origin', status: 403 });
    expect((await write({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await write({ origin: 'null' })).statusCode).toBe(403);
    expect((await write({ origin: 'https://jingwei.example' })).statusCode).toBe(201);
  });

  test('are not made by a form of another site: a sign-in is JSON, and asked about', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const payload = JSON.stringify({ login: 'header', password });
      const form = await signIn(plain, { payload, headers: { 'content-type': type } });
      expect([415, 422], form.body).toContain(form.statusCode);
      expect(form.cookies).toEqual([]);
    }
    const asked = await plain.inject({
      method: 'OPTIONS',
      url: '/api/v1/session',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.statusCode).toBe(404);
  });

  test('of an earlier sign-in in this browser are worth nothing after the next', async () => {
    const first = (await signIn(plain)).cookies[0]?.value ?? '';
    const second = (await signIn(plain, { cookies: { jingwei: first } })).cookies[0]?.value ?? '';
    const ask = async (jingwei: string) =>
      (await plain.inject({ url: '/api/v1/session', cookies: { jingwei } })).statusCode;
    expect(second).not.toBe(first);
    expect([await ask(first), await ask(second)]).toEqual([401, 200]);
  });
});

describe('what a client says about itself', () => {
  test('further left than the proxy’s own word is not believed', async () => {
    const guess = (forwarded: string) =>
      secure.inject({
        method: 'POST',
        url: '/api/v1/session',
        remoteAddress: '127.0.0.1',
        headers: { 'x-forwarded-for': forwarded },
        payload: { login: `x${'y'.repeat(100)}`, password: 'guess' },
      });
    let last = 0;
    for (let tries = 0; tries <= 31; tries++) {
      last = (await guess(`10.0.0.${tries}, 192.0.2.77`)).statusCode;
    }
    expect(last).toBe(429);
    expect((await guess('192.0.2.77, 192.0.2.78')).statusCode).not.toBe(429);
  });

  test('is not believed at all where no proxy is', async () => {
    let last = 0;
    for (let tries = 0; tries <= 31; tries++) {
      const answer = await signIn(plain, {
        remoteAddress: '192.0.2.90',
        headers: { 'x-forwarded-for': `10.1.0.${tries}` },
        payload: { login: `x${'y'.repeat(100)}`, password: 'guess' },
      });
      last = answer.statusCode;
    }
    expect(last).toBe(429);
  });
});

describe('a request that is odd', () => {
  /** Bytes as they are, past every library that would mend them. */
  const send = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const { port } = plain.server.address() as { port: number };
      const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
      let said = '';
      socket.on('data', (chunk) => {
        said += String(chunk);
      });
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
    });

  test.each([
    ['of two lengths', 'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    [
      'with a length and chunks',
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['with a broken header', 'X-Odd : a\r\n\r\n'],
  ])('%s is refused before anything reads it', async (_, rest) => {
    const said = await send(`POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n${rest}`);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('by TRACE is not echoed', async () => {
    const said = await send(
      'TRACE /health HTTP/1.1\r\nHost: localhost\r\nX-Secret: echo\r\nConnection: close\r\n\r\n',
    );
    expect(said).toMatch(/^HTTP\/1\.1 4/);
    expect(said).not.toContain('echo');
  });

  test('for what lies beside the console gets no file and no list', async () => {
    const urls = ['/assets/', '/.git/config', '/..%2f..%2fpackage.json', '/assets/..%2f..%2fx'];
    for (const url of urls) {
      const { body } = await plain.inject({ url });
      expect(body, url).not.toMatch(/main-1|"name"|\[core\]/);
    }
  });
});
