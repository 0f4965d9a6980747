import { Resolver } from 'node:dns/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { limits } from '../limits.ts';
import { type CallRules, literalOf, mayCall, standingOf } from './call-rules.ts';
import type { Outcome } from './settling.ts';

/** The addresses of a host. */
export type Lookup = (host: string) => Promise<string[]>;

/**
 * Asks the name servers directly: not the hosts file, and not in the thread pool, where a name
 * server that is slow on purpose would hold up whatever else waits there (passwords, files).
 */
export const lookUp: Lookup = async (host) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const timer = setTimeout(() => resolver.cancel(), limits.webhook_lookup_ms);
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  clearTimeout(timer);
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
};

type Target = { address: string; standing: 'public' | 'own' };

/** The addresses of a URL that may be called; none is a refusal. */
async function targetsOf(url: URL, rules: CallRules, look: Lookup): Promise<Target[]> {
  if (!mayCall(url, rules)) return [];
  const literal = literalOf(url);
  const addresses = literal ? [literal] : await look(url.hostname);
  return addresses.flatMap((address) => {
    const standing = standingOf(address, rules);
    return standing === 'forbidden' ? [] : [{ address, standing }];
  });
}

/** Connects to these very addresses: the name is not asked for again between check and call. */
function agentFor(targets: readonly Target[]): Agent {
  const all = targets.map(({ address }) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return new Agent({
    connect: {
      timeout: limits.webhook_connect_ms,
      lookup: (_host, options, done) => {
        const [first] = all;
        if (options.all) done(null, all);
        else done(null, first?.address ?? '', first?.family);
      },
    },
    headersTimeout: limits.webhook_attempt_ms,
    bodyTimeout: limits.webhook_attempt_ms,
    maxHeaderSize: 16_384,
  });
}

/** What goes out, and to where. */
export type Letter = { address: string; headers: Record<string, string>; body: string };

const never = new AbortController().signal;
const refused = { error: 'address', status: null, excerpt: null, retry_after: null } as const;

/**
 * One POST to where a user said, within limits.webhook_attempt_ms once its name is looked up.
 * Redirects are not followed: they lead where nobody has looked.
 * @returns what became of it, for nothing that is out there throws; null where `stop` broke it off
 */
export async function post(
  { address, headers, body }: Letter,
  rules: CallRules,
  { look = lookUp, stop = never }: { look?: Lookup; stop?: AbortSignal } = {},
): Promise<Outcome | null> {
  const url = new URL(address);
  const targets = await targetsOf(url, rules, look).catch(() => []);
  if (targets.length === 0) return refused;
  const agent = agentFor(targets);
  try {
    const reply = await request(url, {
      method: 'POST',
      dispatcher: agent,
      headers: { ...headers, 'accept-encoding': 'identity' },
      body,
      signal: AbortSignal.any([AbortSignal.timeout(limits.webhook_attempt_ms), stop]),
    });
    const open = targets.every(({ standing }) => standing === 'public');
    return await outcomeOf(reply, open);
  } catch (error) {
    if (stop.aborted) return null;
    return { ...refused, error: errorOf(error) };
  } finally {
    // Whatever it still has to say is not waited for.
    agent.destroy().catch(() => {});
  }
}

async function outcomeOf(reply: Dispatcher.ResponseData, open: boolean): Promise<Outcome> {
  const { statusCode: status, headers } = reply;
  const text = await beginningOf(reply.body);
  if (status >= 200 && status < 300) return { ...refused, error: null, status };
  const asked = [headers['retry-after']].flat()[0];
  return {
    error: 'status',
    status,
    // What a host inside says is nobody's to read here, also where the operator lets it be called.
    excerpt: open && text !== '' ? text : null,
    retry_after: asked?.slice(0, 40) ?? null,
  };
}

/** As much of an answer as is kept, as text that a column can hold. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limits.webhook_answer_bytes) break;
  }
  const text = Buffer.concat(chunks).subarray(0, limits.webhook_answer_bytes).toString('utf8');
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu, ' ').trim();
  return plain.slice(0, limits.webhook_excerpt_chars).toWellFormed();
}

const certificateTrouble = /CERT|TLS|SSL|SELF_SIGNED|ISSUER|ALTNAME/;

function errorOf(error: unknown): Outcome['error'] {
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(code)) return 'timeout';
  return certificateTrouble.test(code) ? 'certificate' : 'connection';
}
