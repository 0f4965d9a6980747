import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, flattenedVerify } from 'jose';
import { Webhook } from 'standardwebhooks';
import { type CallRules, parseNetworks } from './call-rules.ts';
import type { WebhookKeys } from './signing-key.ts';

/** One call of the receiver, as it came in. */
export type Call = {
  id: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  json: { type: string; chain_id: string; data: { id: string; sealed_position: number } };
};

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/**
 * A firm's own server, which keeps what it is sent. What it answers can be set; while it `waits`
 * the calls stay open.
 */
export async function openReceiver() {
  const calls: Call[] = [];
  let answer: (call: Call) => Answer | Promise<Answer> = () => ({ status: 204 });
  let open = 0;
  let most = 0;
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    most = Math.max(most, ++open);
    reply.once('close', () => {
      open -= 1;
    });
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { headers, url = '' } = request;
      const call = {
        id: String(headers['webhook-id']),
        path: url,
        headers,
        body,
        json: JSON.parse(body || '{}'),
      };
      calls.push(call);
      const { status, headers: said = {}, body: text = '' } = await answer(call);
      reply.writeHead(status, said).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    /** How many calls were open at once, at most. */
    mostAtOnce: () => most,
    answers(next: typeof answer) {
      answer = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Receiver = Awaited<ReturnType<typeof openReceiver>>;

/** Rules under which a receiver on this machine may be called, and nothing else. */
export const rulesFor = ({ port }: Pick<Receiver, 'port'>): CallRules => ({
  ports: [port],
  http: true,
  allow: parseNetworks('127.0.0.1/32'),
});

export const newKey = () => generateKeyPairSync('ed25519').privateKey;

/** Whether a call holds under a secret, by the reference library of Standard Webhooks. */
export function holdsUnder(secret: string, { headers, body }: Pick<Call, 'headers' | 'body'>) {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** The protected header of a call's detached JWS. @throws where it does not verify */
export async function verifiedJws({ headers, body }: Call, jwks: WebhookKeys['jwks']) {
  const [header = '', , signature = ''] = String(headers['jingwei-signature-jws']).split('.');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const jws = { protected: header, payload: content, signature };
  const { protectedHeader } = await flattenedVerify(jws, createLocalJWKSet(jwks));
  return protectedHeader;
}
