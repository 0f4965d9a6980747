import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import { parsePrivateKeys, readKeyText } from '../trust/key-file.ts';

/** The keys that sign webhooks: the first signs, the others are shown for a while longer. */
export type WebhookKeys = { private_key: KeyObject; kid: string; jwks: { keys: JWK[] } };

/**
 * The keys in `given` (`JINGWEI_WEBHOOK_KEY`) or in the data folder's own `webhook-key.pem`.
 * @throws where one is not an Ed25519 key
 */
export async function readWebhookKeys(
  dataFolder: string,
  given: string | null,
): Promise<WebhookKeys> {
  const text = given ?? readKeyText(dataFolder, 'webhook-key.pem');
  return webhookKeysOf(parsePrivateKeys(text, 'JINGWEI_WEBHOOK_KEY'));
}

export async function webhookKeysOf([private_key, ...older]: readonly [
  KeyObject,
  ...KeyObject[],
]): Promise<WebhookKeys> {
  const first = await publicJwk(private_key);
  const others = await Promise.all(older.map(publicJwk));
  return { private_key, kid: first.kid, jwks: { keys: [first, ...others] } };
}

/** The public half, named by its thumbprint (RFC 7638). */
async function publicJwk(key: KeyObject): Promise<JWK & { kid: string }> {
  const jwk = await exportJWK(createPublicKey(key));
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'EdDSA' };
}
