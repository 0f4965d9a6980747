import { createHmac, timingSafeEqual } from 'node:crypto';

/** RFC 6238 as apps know it: HMAC-SHA-1, steps of 30 s; secrets of 160 bits (RFC 4226). */
const stepSeconds = 30;
export const secretBytes = 20;
/** A clock may be one step off, either way (RFC 6238, 5.2). */
const drift = 1n;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648) without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

export function stepAt(instant: Date): bigint {
  return BigInt(Math.floor(instant.getTime() / 1_000 / stepSeconds));
}

/** The code of one step (RFC 4226, 5.3). */
export function codeAt(secret: Uint8Array, step: bigint, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(step);
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(at) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step that a code belongs to, or null where it is none of those around now. */
export function stepOf(secret: Uint8Array, code: string, now: Date): bigint | null {
  const given = Buffer.from(code.replaceAll(/\s/g, ''));
  const middle = stepAt(now);
  let found: bigint | null = null;
  for (let step = middle - drift; step <= middle + drift; step++) {
    const right = Buffer.from(codeAt(secret, step));
    if (given.length === right.length && timingSafeEqual(given, right)) found = step;
  }
  return found;
}

/** What the QR code says to an authenticator app (the key URI that all of them read). */
export function totpUri(secret: Uint8Array, account: string): string {
  const label = `${encodeURIComponent('经纬 Jingwei')}:${encodeURIComponent(account)}`;
  const issuer = encodeURIComponent('经纬 Jingwei');
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${issuer}`;
}
