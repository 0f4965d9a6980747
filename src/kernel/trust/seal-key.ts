import type { KeyObject } from 'node:crypto';
import { parsePrivateKeys, readKeyText } from './key-file.ts';
import type { Signer } from './signed-note.ts';

/**
 * The private key that seals facts: `given` (PKCS #8, as PEM or as base64 of DER), or the data
 * folder's own, made on the first start and readable by its owner alone.
 *
 * @throws when `given` is not an Ed25519 key.
 */
export function readSealKey(dataFolder: string, given: string | null): KeyObject {
  const text = given ?? readKeyText(dataFolder, 'seal-key.pem');
  return parsePrivateKeys(text, 'JINGWEI_SEAL_KEY')[0];
}

/** A chain's tree signs under a name that no other tree has. */
export function signerOf(chain: string, private_key: KeyObject): Signer {
  return { name: `jingwei/${chain}`, private_key };
}
