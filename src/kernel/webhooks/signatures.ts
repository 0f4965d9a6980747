import { createHmac } from 'node:crypto';
import { FlattenedSign } from 'jose';
import type { WebhookKeys } from './signing-key.ts';

/** What goes out once, under an id that stays the same whenever it goes out again. */
export type Signable = { id: string; webhook: string; sent_at: Date; body: string };

export const secretBytes = 32;
const secretPrefix = 'whsec_';

/** A secret as its owner takes it away (Standard Webhooks, "Signature scheme"). */
export const secretText = (secret: Uint8Array) =>
  `${secretPrefix}${Buffer.from(secret).toString('base64')}`;

/**
 * The headers of one message: HMAC-SHA256 under each secret as Standard Webhooks 1.0 has it, and a
 * detached JWS (RFC 7515 appendix F) over the same bytes, taken as they are (RFC 7797). `aud` is
 * the webhook: a receiver that passes its messages on to another one convinces nobody.
 */
export async function signedHeaders(
  { id, webhook, sent_at, body }: Signable,
  secrets: readonly Uint8Array[],
  { private_key, kid }: Pick<WebhookKeys, 'private_key' | 'kid'>,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(sent_at.getTime() / 1_000));
  const content = `${id}.${timestamp}.${body}`;
  const macs = secrets.map((secret) => {
    return `v1,${createHmac('sha256', secret).update(content).digest('base64')}`;
  });
  const jws = await new FlattenedSign(Buffer.from(content))
    .setProtectedHeader({ alg: 'EdDSA', kid, aud: webhook, b64: false, crit: ['b64'] })
    .sign(private_key);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': macs.join(' '),
    'jingwei-signature-jws': `${jws.protected}..${jws.signature}`,
  };
}
