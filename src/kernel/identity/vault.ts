import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Bytes, Clock } from '../clock.ts';

/**
 * Encrypts what the database must be able to give back (a TOTP secret), under a key that is never
 * in the database: whoever steals a backup has none of it.
 */
export type Vault = {
  /** @param what names the row that it is for: a sealed secret does not open for another. */
  seal(plain: Uint8Array, what: string): Uint8Array;
  /** @throws where it was sealed under another key, for something else, or was changed. */
  open(sealed: Uint8Array, what: string): Uint8Array;
};

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. Sealed form: version, nonce, tag, text.
 * @param key 32 bytes
 */
export function openVault(key: Uint8Array, { random }: Pick<Clock, 'random'>): Vault {
  if (key.length !== 32) throw new Error('The key of the vault has 32 bytes.');
  return {
    seal(plain, what) {
      const nonce = random(new Uint8Array(nonceBytes) as Bytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(what));
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, what) {
      if (sealed[0] !== version) throw new Error(`A sealed secret of version ${sealed[0]}.`);
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(what))
        .setAuthTag(tag);
      const text = sealed.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(text), decipher.final()]);
    },
  };
}
