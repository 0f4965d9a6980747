import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from './signed-note.ts';

/**
 * The private key that seals facts: `given` (PKCS #8, as PEM or as base64 of DER), or the data
 * folder's own, made on the first start and readable by its owner alone.
 *
 * @throws when `given` is not an Ed25519 key.
 */
export function readSealKey(dataFolder: string, given: string | null): KeyObject {
  if (given !== null) return parseKey(given);
  const file = join(dataFolder, 'seal-key.pem');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
    const text = privateKey.export({ format: 'pem', type: 'pkcs8' });
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
  return parseKey(readFileSync(file, 'utf8'));
}

function parseKey(text: string): KeyObject {
  const refused = new Error(
    'JINGWEI_SEAL_KEY must be an Ed25519 private key: the output of ' +
      '`openssl genpkey -algorithm ed25519 -outform DER | base64`, or a PEM. ' +
      '封存私钥必须是 Ed25519 私钥。',
  );
  let key: KeyObject;
  try {
    key = text.includes('-----BEGIN')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    // What is wrong with it may quote it: a secret stays out of the log.
    throw refused;
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refused;
  return key;
}

/** A chain's tree signs under a name that no other tree has. */
export function signerOf(chain: string, private_key: KeyObject): Signer {
  return { name: `jingwei/${chain}`, private_key };
}
