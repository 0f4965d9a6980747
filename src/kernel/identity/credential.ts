import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';

/**
 * A bearer credential: kind, claims, secret. The claims (chain, party, and the user's or the key's
 * id) only say where to look; the stored hash of the secret, found there, is what counts.
 */
export type Credential = {
  kind: 'session' | 'key' | 'invitation';
  chain: string;
  party: string;
  id: string;
  secret: string;
};

const prefixes = { session: 'jws', key: 'jwk', invitation: 'jwi' } as const;
const shape = /^jw([ski])_([A-Za-z0-9_-]{64})\.([A-Za-z0-9_-]{43})$/;
const kinds = { s: 'session', k: 'key', i: 'invitation' } as const;

const packIds = (ids: readonly string[]) =>
  Buffer.from(ids.join('').replaceAll('-', ''), 'hex').toString('base64url');

function unpackId(hex: string, at: number): string {
  const part = hex.slice(at * 32, at * 32 + 32);
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, i) => part.slice(cuts[i], end))
    .join('-');
}

export function makeCredential(
  source: Pick<Clock, 'random'>,
  claims: Omit<Credential, 'secret'>,
): { text: string; hash: Uint8Array } {
  const secret = Buffer.from(source.random(new Uint8Array(32))).toString('base64url');
  const packed = packIds([claims.chain, claims.party, claims.id]);
  return { text: `${prefixes[claims.kind]}_${packed}.${secret}`, hash: hashSecret(secret) };
}

/** The end of a key's claims: enough to know a key again in a list, and no part of its secret. */
export function hintOf(claims: Omit<Credential, 'secret'>): string {
  const packed = packIds([claims.chain, claims.party, claims.id]);
  return `${prefixes[claims.kind]}_…${packed.slice(-8)}`;
}

/** Reads a credential, or null where the text is none. */
export function parseCredential(text: string): Credential | null {
  const match = shape.exec(text);
  if (!match) return null;
  const hex = Buffer.from(match[2] as string, 'base64url').toString('hex');
  return {
    kind: kinds[match[1] as keyof typeof kinds],
    chain: unpackId(hex, 0),
    party: unpackId(hex, 1),
    id: unpackId(hex, 2),
    secret: match[3] as string,
  };
}

/** 256 random bits need no slow hash: SHA-256 is what is stored. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
