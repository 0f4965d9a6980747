import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import { z } from 'zod';
import { type Fault, fault } from '../../faults.ts';
import { limits } from '../../limits.ts';
import { bilingual } from '../../schema.ts';

/** Where an identity provider sends the browser back to: a page of the console. */
export const backPath = '/sign-in/back';

const provider = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
  name: bilingual,
  /** As its tokens write it; `/.well-known/openid-configuration` is found below. */
  issuer: z.url(),
  client_id: z.string().min(1),
  /** Left out for a public client, which PKCE alone holds. */
  client_secret: z.string().min(1).optional(),
});
const providersFile = z.array(provider).max(limits.oidc_providers);
export type ProviderSetting = z.output<typeof provider>;

/** A provider as the sign-in offers it. */
export const offeredProvider = z
  .object({ id: z.string(), name: bilingual, issuer: z.string() })
  .meta({ id: 'IdentityProvider' });
export type OfferedProvider = z.output<typeof offeredProvider>;

/** Who the provider says it was. `issuer` and `subject` are for ever, `label` is for people. */
export type Shown = { issuer: string; subject: string; label: string };

/** The identity providers that whoever runs the installation trusts. */
export type Providers = {
  offered: readonly OfferedProvider[];
  /** Its page, for one visit. @throws identity.provider_unknown, identity.provider_away */
  wayTo(id: string, origin: string, ticket: string): Promise<string>;
  /**
   * Turns what the browser brought back into who it was.
   * @param answer the query of the address that the provider sent the browser to
   * @throws identity.provider_unknown, identity.provider_away, identity.provider_refused
   */
  shownBy(id: string, origin: string, ticket: string, answer: string): Promise<Shown>;
};

/** @throws with the place in the file that is wrong: for whoever starts the server */
export function readProviders(file: string | null): ProviderSetting[] {
  if (file === null) return [];
  const read = providersFile.safeParse(parsed(file));
  if (!read.success) throw new Error(`JINGWEI_OIDC, ${file}: ${z.prettifyError(read.error)}`);
  for (const { issuer } of read.data) {
    if (new URL(issuer).protocol !== 'https:' && !isLoopback(issuer)) {
      throw new Error(`JINGWEI_OIDC, ${file}: the issuer ${issuer} must be https.`);
    }
  }
  return read.data;
}

/** What is wrong with the text is not said: the parser quotes it, and it holds secrets. */
function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`JINGWEI_OIDC, ${file}: this is no JSON.`);
  }
}

const isLoopback = (url: string) =>
  /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);

/**
 * State, nonce and PKCE verifier of one visit (OpenID Connect Core 3.1.2.1, RFC 7636). All three
 * come from its ticket, which the browser keeps and of which we keep the hash: an answer that was
 * made for another browser fits to none of them.
 */
function secretsOf(ticket: string) {
  const secret = (of: string) => createHmac('sha256', ticket).update(of).digest('base64url');
  return { state: secret('state'), nonce: secret('nonce'), verifier: secret('verifier') };
}

async function discover(setting: ProviderSetting): Promise<client.Configuration> {
  const { issuer, client_id, client_secret } = setting;
  const how = client_secret ? client.ClientSecretBasic(client_secret) : client.None();
  const execute = [client.enableNonRepudiationChecks];
  // Only for an issuer on this very machine; `readProviders` lets no other be without TLS.
  if (isLoopback(issuer)) execute.push(client.allowInsecureRequests);
  const timeout = limits.oidc_answer_s;
  return client.discovery(new URL(issuer), client_id, {}, how, { execute, timeout });
}

const labelOf = (claims: client.IDToken) =>
  String(claims.preferred_username ?? claims.name ?? claims.sub).slice(0, 100);

/** What a provider, or the way to it, had against us: an answer of its own, or none. */
function faultOf(error: unknown, { name }: ProviderSetting): Fault {
  const { code, error: said } = error as { code?: string; error?: string };
  const refused =
    error instanceof client.AuthorizationResponseError ||
    error instanceof client.ResponseBodyError ||
    (error instanceof client.ClientError && code !== 'OAUTH_TIMEOUT');
  if (!refused) return fault('identity.provider_away', name);
  return fault('identity.provider_refused', { ...name, reason: said ?? code ?? 'invalid' });
}

export function openProviders(settings: readonly ProviderSetting[]): Providers {
  const found = new Map<string, Promise<client.Configuration>>();

  function settingOf(id: string): ProviderSetting {
    const setting = settings.find((one) => one.id === id);
    if (!setting) throw fault('identity.provider_unknown');
    return setting;
  }

  /** Asked for once it is needed, and once for all; a provider that is away is asked again. */
  function configured(setting: ProviderSetting): Promise<client.Configuration> {
    const known = found.get(setting.id);
    if (known) return known;
    const asked = discover(setting);
    found.set(setting.id, asked);
    asked.catch(() => found.delete(setting.id));
    return asked;
  }

  async function asking<T>(id: string, work: (at: client.Configuration) => Promise<T>): Promise<T> {
    const setting = settingOf(id);
    try {
      return await work(await configured(setting));
    } catch (error) {
      throw faultOf(error, setting);
    }
  }

  return {
    offered: settings.map(({ id, name, issuer }) => ({ id, name, issuer })),
    wayTo: (id, origin, ticket) =>
      asking(id, async (at) => {
        const { state, nonce, verifier } = secretsOf(ticket);
        const asked = {
          redirect_uri: origin + backPath,
          scope: 'openid profile',
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        };
        return client.buildAuthorizationUrl(at, asked).href;
      }),
    shownBy: (id, origin, ticket, answer) =>
      asking(id, async (at) => {
        const { state, nonce, verifier } = secretsOf(ticket);
        const back = new URL(origin + backPath);
        back.search = answer;
        const tokens = await client.authorizationCodeGrant(at, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims() as client.IDToken;
        return { issuer: claims.iss, subject: claims.sub, label: labelOf(claims) };
      }),
  };
}
