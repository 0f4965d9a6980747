import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { assert } from '../assert.ts';

/** A key pair's name, as C2SP signed-note has it: it names who signs, here a chain's tree. */
export type Signer = { name: string; private_key: KeyObject };

const ed25519 = Buffer.from([1]);

function publicBytes(key: KeyObject): Buffer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  assert(x, 'an Ed25519 key has a public point');
  return Buffer.from(x, 'base64url');
}

/** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), the first four bytes. */
function keyId({ name, private_key }: Signer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(ed25519);
  return hash.update(publicBytes(private_key)).digest().subarray(0, 4);
}

/** The public key as verifiers take it: `<name>+<key id>+<base64 of 0x01 ‖ public key>`. */
export function verifierKey(signer: Signer): string {
  const key = Buffer.concat([ed25519, publicBytes(signer.private_key)]).toString('base64');
  return `${signer.name}+${keyId(signer).toString('hex')}+${key}`;
}

/** Signs a text that ends with a line end, as c2sp.org/signed-note says. */
export function signNote(text: string, signer: Signer): string {
  assert(text.endsWith('\n') && !text.includes('\n\n'), 'a note is lines without an empty one');
  const signature = sign(null, Buffer.from(text), signer.private_key);
  const signed = Buffer.concat([keyId(signer), signature]).toString('base64');
  return `${text}\n— ${signer.name} ${signed}\n`;
}

/** The tree's name, its size and its root, as c2sp.org/tlog-checkpoint says, signed. */
export function signCheckpoint(size: number, root: Uint8Array, signer: Signer): string {
  return signNote(`${signer.name}\n${size}\n${Buffer.from(root).toString('base64')}\n`, signer);
}

/** What a checkpoint says, once its signature holds. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array };

/** Reads a note that `key` (a verifier key) has signed; null where it has not. */
export function openCheckpoint(note: string, key: string): Checkpoint | null {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(key) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  const parts = /^([\s\S]+\n)\n— (\S+) ([A-Za-z0-9+/=]+)\n$/.exec(note);
  if (name === undefined || bytes.length !== 33 || bytes[0] !== 1 || !parts) return null;
  const expected = createHash('sha256').update(`${name}\n`).update(bytes).digest().subarray(0, 4);
  const [, text = '', signer, signed = ''] = parts;
  const signature = Buffer.from(signed, 'base64');
  const isOurs = signer === name && expected.toString('hex') === id;
  if (!isOurs || !expected.equals(signature.subarray(0, 4))) return null;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  const public_key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify(null, Buffer.from(text), public_key, signature.subarray(4))) return null;
  const [origin = '', size, root] = text.split('\n');
  return { origin, size: Number(size), root: Buffer.from(root ?? '', 'base64') };
}
