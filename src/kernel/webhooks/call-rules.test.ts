import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, mayCall, parseNetworks, standingOf, strictRules } from './call-rules.ts';

/**
 * The registries of what is not public, typed off once more and read by a parser of this test's
 * own: IANA IPv4 Special-Purpose Address Registry, multicast, and what clouds use inside.
 */
const inside4 = (
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 ' +
  '192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 ' +
  '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32'
).split(' ');
/** The same for IPv6, inside of 2000::/3; outside of it nothing is public. */
const inside6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20'.split(' ');

const number4 = (text: string) =>
  text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
const text4 = (number: bigint) =>
  [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
function number6(text: string): bigint {
  const [head = '', tail = ''] = text.split('::');
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const gap = Array<string>(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0');
  return [...(before ?? []), ...gap, ...(after ?? [])].reduce(
    (sum, part) => sum * 65_536n + BigInt(`0x${part}`),
    0n,
  );
}
const text6 = (number: bigint) =>
  Array.from({ length: 8 }, (_, at) =>
    ((number >> BigInt(16 * (7 - at))) & 0xffffn).toString(16),
  ).join(':');

function blockOf(cidr: string, bits: bigint, read: (text: string) => bigint) {
  const [network = '', length = ''] = cidr.split('/');
  return { first: read(network), size: 1n << (bits - BigInt(length)) };
}
const blocks4 = inside4.map((cidr) => blockOf(cidr, 32n, number4));
const blocks6 = inside6.map((cidr) => blockOf(cidr, 128n, number6));
const isIn = (blocks: typeof blocks4, number: bigint) =>
  blocks.some(({ first, size }) => number >= first && number < first + size);

/** Anywhere, or at the edge of a block: just inside, just outside. */
const near = (blocks: typeof blocks4, bits: bigint) => {
  const top = (1n << bits) - 1n;
  const edge = fc
    .tuple(fc.constantFrom(...blocks), fc.constantFrom(-1n, 0n, 1n), fc.boolean())
    .map(([{ first, size }, step, end]) => {
      const at = (end ? first + size : first) + step;
      return at < 0n ? 0n : at > top ? top : at;
    });
  return fc.oneof(fc.bigInt({ min: 0n, max: top }), edge);
};

describe('what may be called', () => {
  it('is every IPv4 address that is nobody’s own, and no other', () => {
    fc.assert(
      fc.property(near(blocks4, 32n), (number) => {
        expect(isPublicAddress(text4(number)), text4(number)).toBe(!isIn(blocks4, number));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is every global unicast IPv6 address that is not reserved, and no other', () => {
    const global = { first: 1n << 125n, size: 1n << 125n };
    fc.assert(
      fc.property(near([...blocks6, global], 128n), (number) => {
        const expected = isIn([global], number) && !isIn(blocks6, number);
        expect(isPublicAddress(text6(number)), text6(number)).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is no IPv4 address that is dressed as an IPv6 one, public or not', () => {
    const dress = [
      (v4: bigint) => v4,
      (v4: bigint) => (0xffffn << 32n) | v4,
      (v4: bigint) => (0xffffn << 48n) | v4,
      (v4: bigint) => number6('64:ff9b::') | v4,
      (v4: bigint) => number6('64:ff9b:1::') | v4,
      (v4: bigint) => number6('2002::') | (v4 << 80n),
      (v4: bigint) => number6('2001::') | v4,
    ];
    fc.assert(
      fc.property(near(blocks4, 32n), fc.constantFrom(...dress), (v4, wear) => {
        expect(isPublicAddress(text6(wear(v4)))).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is not what is no address at all, and not one of a zone', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (/^[\d.]+$|:/.test(text)) return;
        expect(standingOf(text, strictRules)).toBe('forbidden');
      }),
    );
    expect(isPublicAddress('fe80::1%eth0')).toBe(false);
    expect(isPublicAddress('2606:4700::1%eth0')).toBe(false);
  });

  it('is a firm’s own network where the operator says so, and its neighbour is not', () => {
    const rules = { ...strictRules, allow: parseNetworks('10.20.0.0/16, fd12:3456::/32') };
    expect(standingOf('10.20.7.1', rules)).toBe('own');
    expect(standingOf('::ffff:10.20.7.1', rules)).toBe('own');
    expect(standingOf('fd12:3456::9', rules)).toBe('own');
    expect(standingOf('10.21.0.1', rules)).toBe('forbidden');
    expect(standingOf('169.254.169.254', rules)).toBe('forbidden');
    expect(standingOf('8.8.8.8', rules)).toBe('public');
    expect(() => parseNetworks('10.20.0.0')).toThrow();
  });
});

describe('an address that a user gives', () => {
  const may = (text: string, rules = strictRules) => mayCall(new URL(text), rules);

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::a00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/latest/meta-data/',
    'https://168.63.129.16/',
    'https://[fd00:ec2::254]/',
    'https://１２７.0.0.1/',
    'http://example.com/',
    'https://example.com:8443/',
    'https://example.com:22/',
    'https://somebody:secret@example.com/',
    'https://example.com/#here',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
  ])('is refused at once: %s', (text) => {
    expect(may(text)).toBe(false);
  });

  it('is taken where it is https, public, and on the port', () => {
    expect(may('https://example.com/hook?key=1')).toBe(true);
    expect(may('https://8.8.8.8/hook')).toBe(true);
    expect(may('https://example.com:8443/', { ...strictRules, ports: [443, 8443] })).toBe(true);
    expect(may('http://example.com:80/', { ...strictRules, http: true })).toBe(false);
    expect(may('http://example.com/', { ...strictRules, http: true, ports: [80] })).toBe(true);
  });
});
