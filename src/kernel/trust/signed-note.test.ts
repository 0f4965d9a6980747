import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { signNote, verifierKey } from './signed-note.ts';
import { verifier } from './testing.ts';

// The key pair and the note with which the Go package that C2SP signed-note grew from is explained.
const seed = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const pkcs8 = '302e020100300506032b657004220420';
const text =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const private_key = createPrivateKey({
  key: Buffer.concat([Buffer.from(pkcs8, 'hex'), Buffer.from(seed, 'base64').subarray(1)]),
  format: 'der',
  type: 'pkcs8',
});
const signer = { name: 'PeterNeumann', private_key };

describe('a signed note', () => {
  it('is byte for byte what the reference writes', () => {
    const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(verifierKey(signer)).toBe(key);
    expect(signNote(text, signer)).toBe(
      `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2p` +
        'ZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
    );
  });

  it('is opened by its key, and not once a character of it is another', () => {
    const note = signNote(text, signer);
    const key = verifier.parseKey(verifierKey(signer));
    expect(verifier.openNote(note, [key])).toBe(text);
    fc.assert(
      fc.property(fc.nat(note.length - 1), (at) => {
        const changed = `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`;
        expect(verifier.openNote(changed, [key])).not.toBe(text);
      }),
    );
    expect(verifier.openNote(note, [])).toBeNull();
  });
});

describe('canonical JSON (RFC 8785)', () => {
  it('writes what the standard’s own example says', () => {
    const value = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    const expected =
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      `"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`;
    expect(canonicalJson(value)).toBe(expected);
  });

  it('is written the same by the server and by the verifier, in whatever order it comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(verifier.canonicalJson(value)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
