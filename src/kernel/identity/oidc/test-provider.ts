import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { backPath, type ProviderSetting } from './providers.ts';

export const clientOf = (issuer: string): ProviderSetting => ({
  id: 'works',
  name: { zh: '冷链集团', en: 'Coldchain Group' },
  issuer,
  client_id: 'jingwei',
  client_secret: 'not a secret, and long enough for a test',
});

/** A certified identity provider of somebody else's making, on this machine, with its own pages. */
export async function startProvider() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { client_id, client_secret } = clientOf(issuer);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id,
        client_secret: client_secret as string,
        // Whatever the port (RFC 8252, 7.3).
        redirect_uris: [`http://localhost${backPath}`],
        application_type: 'native',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key for a test'] },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: `${id}@works.example` }),
    }),
  });
  server.on('request', provider.callback());
  return {
    issuer,
    provider,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A browser at the provider: signs in there as `login`, and is sent back. */
export async function passProvider(way: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>): Promise<string> => {
    const reply = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = reply.headers.get('location');
    if (!next) return url;
    return new URL(next, url).href;
  };
  let at = way;
  for (const prompt of ['login', 'consent']) {
    const page = await go(at);
    at = await go(page, { prompt, login, password: 'any' });
  }
  return go(at);
}
