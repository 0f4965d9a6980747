import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest();
const text64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');

/** As much CBOR (RFC 8949) as an attestation needs: small numbers, texts, bytes and maps. */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (major: number, count: number) => {
    if (count < 24) return Buffer.of((major << 5) | count);
    if (count < 256) return Buffer.of((major << 5) | 24, count);
    return Buffer.of((major << 5) | 25, count >> 8, count & 0xff);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as string)]);
  return Buffer.concat([head(5, value.size), ...parts]);
}

type Options = Record<string, unknown>;

/**
 * For tests: an authenticator with one discoverable passkey (ES256, WebAuthn level 3, 6.5.1) that
 * does as it is told, also what no honest one would.
 */
export class SoftAuthenticator {
  counter = 0;
  verifies = true;
  readonly origin: string;
  readonly id: string;
  #user = '';
  readonly #key: { privateKey: KeyObject; publicKey: KeyObject };

  constructor(origin: string) {
    this.origin = origin;
    this.#key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.id = text64(sha256(this.#key.publicKey.export({ type: 'spki', format: 'der' })));
  }

  #head(host: string, credential: Uint8Array | null): Buffer {
    const flags = 0x01 | (this.verifies ? 0x04 : 0) | (credential ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(host), Buffer.of(flags), counter, credential ?? Buffer.alloc(0)]);
  }

  #client(type: string, challenge: unknown): string {
    return JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false });
  }

  register(options: Options) {
    const { rp, user, challenge } = options as {
      rp: { id: string };
      user: { id: string };
    } & Options;
    this.#user = user.id;
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.of(id.length >> 8, id.length & 0xff);
    const credential = Buffer.concat([Buffer.alloc(16), length, id, cbor(key)]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', this.#head(rp.id, credential)],
    ]);
    return this.#answer({
      clientDataJSON: text64(this.#client('webauthn.create', challenge)),
      attestationObject: text64(cbor(attestation)),
      transports: ['internal'],
    });
  }

  sign(options: Options) {
    const { rpId, challenge } = options as { rpId: string } & Options;
    const client = this.#client('webauthn.get', challenge);
    const head = this.#head(rpId, null);
    const signature = createSign('sha256')
      .update(Buffer.concat([head, sha256(client)]))
      .sign(this.#key.privateKey);
    return this.#answer({
      clientDataJSON: text64(client),
      authenticatorData: text64(head),
      signature: text64(signature),
      userHandle: this.#user,
    });
  }

  #answer(response: Record<string, unknown>) {
    const type = 'public-key' as const;
    return { id: this.id, rawId: this.id, type, response, clientExtensionResults: {} };
  }
}
