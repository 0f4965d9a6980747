import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A data folder's own Ed25519 key as PEM: made when first asked for, read by its owner alone. */
export function readKeyText(dataFolder: string, name: string): string {
  const file = join(dataFolder, name);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
    const text = privateKey.export({ format: 'pem', type: 'pkcs8' });
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8');
}

const block = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g;

/**
 * The Ed25519 keys in a text: PKCS #8, as one or more PEM blocks or as base64 of DER.
 * @param variable names the setting to whoever gave something else
 * @throws where there is none, or another kind of key
 */
export function parsePrivateKeys(text: string, variable: string): [KeyObject, ...KeyObject[]] {
  const refused = new Error(
    `${variable} must be an Ed25519 private key: the output of ` +
      '`openssl genpkey -algorithm ed25519 -outform DER | base64`, or a PEM. ' +
      `${variable} 必须是 Ed25519 私钥。`,
  );
  const parse = (one: string): KeyObject => {
    try {
      return one.startsWith('-----BEGIN')
        ? createPrivateKey(one)
        : createPrivateKey({ key: Buffer.from(one, 'base64'), format: 'der', type: 'pkcs8' });
    } catch {
      // What is wrong with it may quote it: a secret stays out of the log.
      throw refused;
    }
  };
  const [first, ...others] = (text.match(block) ?? [text]).map(parse);
  const keys = first ? [first, ...others] : [];
  if (!first || keys.some((key) => key.asymmetricKeyType !== 'ed25519')) throw refused;
  return [first, ...others];
}
