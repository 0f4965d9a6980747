import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProviders, readProviders } from './providers.ts';

const clientId = 'jingwei';
const clientSecret = 'a secret of 32 characters or more';
const origin = 'https://jingwei.example';
const own = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2_048 });

type Claims = Record<string, unknown>;
type Header = Record<string, unknown>;

/** What the provider does this time; each test spoils one thing. */
type Manner = {
  claims: Claims;
  header: Header;
  sign(text: string, nonce: string): string;
  issuer: string | null;
  redirects: boolean;
};

let provider: Server;
let address: string;
let manner: Manner;
let nonce: string;
let fetchedElsewhere: number;

const coded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signedBy = (key: KeyObject) => (text: string) =>
  createSign('sha256').update(text).sign(key, 'base64url');

function idToken(): string {
  const now = Math.floor(Date.now() / 1_000);
  const { sign, header, claims } = manner;
  const body = { iss: address, aud: clientId, sub: 'lin', iat: now, exp: now + 300, nonce };
  const text = `${coded({ alg: 'RS256', kid: 'own', ...header })}.${coded({ ...body, ...claims })}`;
  return `${text}.${sign(text, nonce)}`;
}

const metadata = () => ({
  issuer: manner.issuer ?? address,
  authorization_endpoint: `${address}/authorize`,
  token_endpoint: `${address}/token`,
  jwks_uri: `${address}/jwks`,
  id_token_signing_alg_values_supported: ['RS256'],
});

function answer(path: string, reply: ServerResponse): void {
  const say = (body: object) => {
    reply.setHeader('content-type', 'application/json');
    reply.end(JSON.stringify(body));
  };
  if (path === '/elsewhere') fetchedElsewhere += 1;
  if (path === '/token' && manner.redirects) {
    reply.writeHead(307, { location: `${address}/elsewhere` }).end();
  } else if (path.startsWith('/.well-known/')) say(metadata());
  else if (path === '/jwks') {
    const jwk = own.publicKey.export({ format: 'jwk' });
    say({ keys: [{ ...jwk, kid: 'own', alg: 'RS256', use: 'sig' }] });
  } else say({ access_token: 'a', token_type: 'bearer', id_token: idToken() });
}

beforeAll(async () => {
  provider = createServer((request, reply) => answer(request.url ?? '', reply));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => provider.close());
beforeEach(() => {
  fetchedElsewhere = 0;
  const sign = signedBy(own.privateKey);
  manner = { claims: {}, header: {}, sign, issuer: null, redirects: false };
});

/** A whole visit, with a provider that is asked for the first time. */
async function visit() {
  const name = { zh: '厂', en: 'Works' };
  const settings = { id: 'works', name, issuer: address };
  const providers = openProviders([
    { ...settings, client_id: clientId, client_secret: clientSecret },
  ]);
  const asked = new URL(await providers.wayTo('works', origin, 'ticket')).searchParams;
  nonce = asked.get('nonce') ?? '';
  const back = new URLSearchParams({ code: 'c', state: asked.get('state') ?? '' });
  return providers.shownBy('works', origin, 'ticket', back.toString());
}

const publicPem = () => own.publicKey.export({ format: 'pem', type: 'spki' });
const macOf = (key: string | Buffer) => (text: string) =>
  createHmac('sha256', key).update(text).digest('base64url');
const past = Math.floor(Date.now() / 1_000) - 3_600;

describe('an ID token', () => {
  test('of the provider’s own making says who it is', async () => {
    expect(await visit()).toEqual({ issuer: address, subject: 'lin', label: 'lin' });
  });

  test.each<[string, () => Partial<Manner>]>([
    ['signed by another key', () => ({ sign: signedBy(other.privateKey) })],
    [
      'signed by a key that it brings along',
      () => ({
        sign: signedBy(other.privateKey),
        header: { kid: undefined, jwk: other.publicKey.export({ format: 'jwk' }) },
      }),
    ],
    ['without a signature', () => ({ sign: () => '' })],
    ['that says it needs none', () => ({ header: { alg: 'none' }, sign: () => '' })],
    [
      'under a MAC with the public key',
      () => ({
        header: { alg: 'HS256' },
        sign: macOf(publicPem()),
      }),
    ],
    [
      'under a MAC with our secret',
      () => ({ header: { alg: 'HS256' }, sign: macOf(clientSecret) }),
    ],
    ['whose time is over', () => ({ claims: { iat: past - 300, exp: past } })],
    ['whose time has not come', () => ({ claims: { nbf: past + 7_200 } })],
    ['that was made for somebody else', () => ({ claims: { aud: 'another client' } })],
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['of another visit', () => ({ claims: { nonce: 'of another visit' } })],
    ['of no visit', () => ({ claims: { nonce: undefined } })],
  ])('%s is refused', async (_, spoilt) => {
    Object.assign(manner, spoilt());
    await expect(visit()).rejects.toMatchObject({
      code: expect.stringMatching(/^identity\.provider_/),
    });
  });
});

test('metadata that names another issuer is not believed', async () => {
  manner.issuer = 'https://id.example';
  await expect(visit()).rejects.toMatchObject({
    code: expect.stringMatching(/^identity\.provider_/),
  });
});

test('a provider that sends the server elsewhere is not followed', async () => {
  manner.redirects = true;
  await expect(visit()).rejects.toMatchObject({
    code: expect.stringMatching(/^identity\.provider_/),
  });
  expect(fetchedElsewhere).toBe(0);
});

test('no provider is spoken with in the clear, but for one on this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-oidc-'));
  const file = join(folder, 'providers.json');
  const write = (issuer: string) => {
    const name = { zh: '厂', en: 'Works' };
    writeFileSync(file, JSON.stringify([{ id: 'works', name, issuer, client_id: clientId }]));
    return readProviders(file);
  };
  expect(() => write('http://id.example')).toThrow(/must be https/);
  expect(write('https://id.example')).toHaveLength(1);
  rmSync(folder, { recursive: true });
});
