import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gs1CheckDigit } from '../../../../kernel/index.ts';
import { prefixLengths } from './company-prefix.ts';
import { readDigitalLink } from './digital-link.ts';
import { readEpcUrn, writeEpcUrn } from './epc-urn.ts';
import { canonicalIdentity, inFormat, readIdentity } from './identity.ts';
import { checkIdentity, type Gs1Identity } from './keys.ts';

const sevenDigits = () => 7;

/** Each scheme once; the pairs follow TDS 1.13, section 6, and Digital Link 1.2, section 4. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['urn:epc:id:sgtin:4012345.011111.9876', '01/04012345111118/21/9876'],
  ['urn:epc:id:sgtin:4012345.011111.32a%2Fb%25!', '01/04012345111118/21/32a%2Fb%25%21'],
  ['urn:epc:class:lgtin:4012345.012345.998877', '01/04012345123456/10/998877'],
  ['urn:epc:idpat:sgtin:4012345.098765.*', '01/04012345987652'],
  ['urn:epc:id:sgtin:4012345.098765.*', '01/04012345987652/21/%2A'],
  ['urn:epc:id:upui:4012345.098765.51qIgY)', '01/04012345987652/235/51qIgY%29'],
  ['urn:epc:id:sscc:4012345.0000000333', '00/040123450000003338'],
  ['urn:epc:id:sgln:4012345.00011.987', '414/4012345000115/254/987'],
  ['urn:epc:id:sgln:4012345.00005.0', '414/4012345000054'],
  ['urn:epc:id:pgln:4012345.00225', '417/4012345002256'],
  ['urn:epc:id:grai:4012345.55555.987', '8003/04012345555554987'],
  ['urn:epc:idpat:grai:4012345.66666.*', '8003/04012345666663'],
  ['urn:epc:id:giai:4000001.111', '8004/4000001111'],
  ['urn:epc:id:giai:4012345.a.b', '8004/4012345a.b'],
  ['urn:epc:id:gsrn:4012345.9876540000', '8018/401234598765400000'],
  ['urn:epc:id:gsrnp:4012345.0000098765', '8017/401234500000987658'],
  ['urn:epc:id:gdti:4012345.55555.98765', '253/401234555555498765'],
  ['urn:epc:idpat:gdti:4012345.55555.*', '253/4012345555554'],
  ['urn:epc:id:sgcn:4012345.99999.04711', '255/401234599999004711'],
  ['urn:epc:id:ginc:4012345.xyz3311', '401/4012345xyz3311'],
  ['urn:epc:id:gsin:4012345.999987654', '402/40123459999876541'],
  ['urn:epc:id:itip:4012345.012345.01.02.987', '8006/040123451234560102/21/987'],
  ['urn:epc:idpat:itip:4012345.012345.01.02.*', '8006/040123451234560102'],
  ['urn:epc:id:cpi:4012345.AB%2FC%23-1.123', '8010/4012345AB%2FC%23-1/8011/123'],
  ['urn:epc:idpat:cpi:4012345.ABC.*', '8010/4012345ABC'],
];

describe('EPC URN and GS1 Digital Link', () => {
  it.each(PAIRS)('%s is %s, both ways', (urn, path) => {
    const link = `https://id.gs1.org/${path}`;
    expect(canonicalIdentity(urn)).toBe(link);
    expect(canonicalIdentity(link)).toBe(link);
    expect(inFormat(link, 'Always_EPC_URN', sevenDigits)).toEqual({ ok: true, value: urn });
    expect(inFormat(urn, 'Always_GS1_Digital_Link', sevenDigits)).toMatchObject({ value: link });
    expect(inFormat(urn, 'Never_Translates', sevenDigits)).toEqual({ ok: true, value: urn });
    const read = readIdentity(link);
    expect(read?.ok && checkIdentity(read.value)).toBeUndefined();
  });

  it('finds the key under any domain and path, in short names, without what says more', () => {
    const link = 'https://id.gs1.org/01/04012345999990/21/XYZ-1234';
    for (const written of [
      'https://id.gs1.de/01/04012345999990/21/XYZ-1234',
      'http://shop.example.cn/p/2026/01/4012345999990/22/A/10/L1/21/XYZ-1234?17=261231#x',
      'https://example.com/gtin/4012345999990/ser/XYZ%2D1234/',
    ]) {
      expect(canonicalIdentity(written)).toBe(link);
    }
    expect(canonicalIdentity('https://example.com/01/04012345999990/22/V')).toBe(
      'https://id.gs1.org/01/04012345999990',
    );
  });

  it('leaves every other URI alone', () => {
    for (const uri of [
      'geo:50.94,6.92',
      'urn:uuid:fd338495-0e6d-41dd-afee-a862ecd32518',
      'urn:epc:id:gid:95100000.12345.400',
      'urn:epc:idpat:sgtin:4012345.*.*',
      'http://transaction.acme.com/po/12345678',
      'https://example.com/00/1',
      'https://example.com',
      '',
    ]) {
      expect(readIdentity(uri)).toBeUndefined();
      expect(canonicalIdentity(uri)).toBe(uri);
    }
  });

  it.each([
    ['https://id.gs1.org/01/0401234511', 'GTIN'],
    ['https://id.gs1.org/01/04012345111118/21/1/10/2', 'cannot stand'],
    ['https://id.gs1.org/01/04012345111118/21/%E0%A4', 'percent-encoding'],
    ['https://id.gs1.org/01/04012345111118/21/%E7%BB%8F', 'SERIAL'],
    ['https://id.gs1.org/01/04012345111118/21', 'SERIAL'],
    ['https://id.gs1.org/ARFKk4XB3nNxHg', 'compressed'],
    ['urn:epc:id:sgtin:4012345.01111.9876', 'not a valid'],
    ['urn:epc:id:sgtin:4012345.011111', 'not a valid'],
    ['urn:epc:id:sscc:4012345.000000033x', 'not a valid'],
    ['urn:epc:class:sgtin:4012345.011111.9876', 'not a valid'],
    ['urn:epc:id:cpi:4012345.abc.1', 'CPID'],
  ])('says what is wrong with %s', (uri, said) => {
    const read = readIdentity(uri);
    if (read === undefined || read.ok) throw new Error('accepted');
    expect(read.reason.en).toContain(said);
    expect(read.reason.zh).not.toBe('');
  });

  it('tells a wrong check digit and an impossible piece from a wrong form', () => {
    const wrong = readDigitalLink('https://id.gs1.org/00/040123450000003337');
    expect(wrong?.ok && checkIdentity(wrong.value)?.en).toContain('check digit');
    const piece = readDigitalLink('https://id.gs1.org/8006/040123451234560302');
    expect(piece?.ok && checkIdentity(piece.value)?.en).toContain('piece');
  });
});

describe('the company prefix', () => {
  const formats = new Map([
    ['40', 9],
    ['4012345', 7],
    ['951', 0],
  ]);

  it('is registered, or looked up, the longest match first', () => {
    expect(prefixLengths([], formats)('401234511111')).toBe(7);
    expect(prefixLengths(['40123451', 'nonsense'], formats)('401234511111')).toBe(8);
    expect(prefixLengths([], formats)('409999911111')).toBe(9);
    expect(prefixLengths([], formats)('951999911111')).toBeUndefined();
    expect(prefixLengths([])('401234511111')).toBeUndefined();
  });

  it('is what a URN cannot do without, and the reason says so', () => {
    const said = inFormat(
      'https://x.cn/00/040123450000003338',
      'Always_EPC_URN',
      prefixLengths([]),
    );
    if (said.ok) throw new Error('translated');
    expect(said.reason.en).toContain('company prefix');
    const lot: Gs1Identity = {
      key: '8006',
      value: '040123451234560102',
      qualifiers: [['10', 'L']],
    };
    expect(writeEpcUrn(lot, sevenDigits).ok).toBe(false);
    const variant: Gs1Identity = { key: '01', value: '04012345111118', qualifiers: [['22', 'V']] };
    expect(writeEpcUrn(variant, sevenDigits).ok).toBe(false);
  });
});

const set82 = [...'!"%&\'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz'];
const serial = fc.string({ unit: fc.constantFrom(...set82), minLength: 1, maxLength: 16 });

describe('a serial in any of the 82 characters', () => {
  it('comes through both writings unharmed', () => {
    const digits = fc.stringMatching(/^[0-9]{13}$/);
    const length = fc.integer({ min: 6, max: 12 });
    fc.assert(
      fc.property(digits, serial, length, (body, tail, prefix) => {
        const identity: Gs1Identity = {
          key: '01',
          value: body + gs1CheckDigit(body),
          qualifiers: [['21', tail]],
        };
        const urn = writeEpcUrn(identity, () => prefix);
        if (!urn.ok) throw new Error(urn.reason.en);
        expect(readEpcUrn(urn.value)).toEqual({
          ok: true,
          value: { identity, prefix_length: prefix },
        });
        const link = canonicalIdentity(urn.value);
        expect(readDigitalLink(link)).toEqual({ ok: true, value: identity });
        expect(canonicalIdentity(link)).toBe(link);
      }),
    );
  });

  it('never throws, whatever the URI', () => {
    const pieces = fc.constantFrom('urn:epc:', 'id:', 'sgtin:', 'https://', '/01/', '%', '.', '*');
    const hostile = fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 9 });
    fc.assert(
      fc.property(hostile, (parts) => {
        const uri = parts.join('');
        expect(canonicalIdentity(canonicalIdentity(uri))).toBe(canonicalIdentity(uri));
        inFormat(uri, 'Always_EPC_URN', sevenDigits);
      }),
      { numRuns: 2_000 },
    );
  });
});
