import { accepted, type Parsed, refused } from '../../../../kernel/index.ts';
import {
  formFault,
  type Gs1Identity,
  isPrimaryKey,
  KEYS,
  type PrimaryKey,
  type Qualifier,
  qualifierFault,
} from './keys.ts';

/**
 * GS1 Digital Link URIs (URI Syntax 1.2): any domain, any path before the key, identifiers by
 * number or by the short names of release 1.1. The compressed form (section 5) is not taken: an
 * identity must be readable where it is compared, and its writer can give the plain form.
 */

/** The short names of Digital Link 1.1; release 1.2 withdrew them. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['sscc', '00'],
  ['gtin', '01'],
  ['gdti', '253'],
  ['gcn', '255'],
  ['ginc', '401'],
  ['gsin', '402'],
  ['gln', '414'],
  ['party', '417'],
  ['grai', '8003'],
  ['giai', '8004'],
  ['itip', '8006'],
  ['cpid', '8010'],
  ['gsrnp', '8017'],
  ['gsrn', '8018'],
  ['cpv', '22'],
  ['lot', '10'],
  ['ser', '21'],
  ['tpx', '235'],
  ['glnx', '254'],
  ['cpsn', '8011'],
  ['srin', '8019'],
]);

const numberOf = (segment: string) => SHORT_NAMES.get(segment) ?? segment;

/** The domain of the canonical form (section 4.11). */
const CANONICAL = 'https://id.gs1.org';
const COMPRESSED = /^https?:\/\/id\.gs1\.org\/[A-Za-z0-9_-]{10,}$/;

/** The path behind the authority, without query and fragment; undefined for another scheme. */
function pathOf(uri: string): string | undefined {
  const scheme = uri.startsWith('https://') ? 8 : uri.startsWith('http://') ? 7 : 0;
  if (scheme === 0) return undefined;
  const slash = uri.indexOf('/', scheme);
  if (slash < 0) return undefined;
  const end = uri.slice(slash).search(/[?#]/);
  return end < 0 ? uri.slice(slash + 1) : uri.slice(slash + 1, slash + end);
}

function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** A GTIN of 8, 12 or 13 digits has its place among those of 14. */
function fullValue(key: PrimaryKey, value: string): string {
  return key === '01' && /^([0-9]{8}|[0-9]{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}

const undecodable = () =>
  refused('百分号编码有误。', 'A percent-encoding in the URI cannot be decoded.');

/** Reads `key/value(/qualifier/value)*`, the segments from the key at `start` to the end. */
function readFrom(
  key: PrimaryKey,
  segments: readonly string[],
  start: number,
): Parsed<Gs1Identity> {
  const written = decode(segments[start + 1] ?? '');
  if (written === undefined) return undecodable();
  const value = fullValue(key, written);
  const fault = formFault(key, value);
  if (fault) return { ok: false, reason: fault };
  const qualifiers: [Qualifier, string][] = [];
  let place = -1;
  for (let at = start + 2; at < segments.length; at += 2) {
    const name = numberOf(segments[at] ?? '') as Qualifier;
    const next = KEYS[key].qualifiers.indexOf(name);
    if (next <= place) {
      return refused(
        `“${segments[at]}”不能出现在 ${KEYS[key].name}(${key}) 之后的这个位置。`,
        `"${segments[at]}" cannot stand here behind ${KEYS[key].name} (${key}).`,
      );
    }
    place = next;
    const qualifier = decode(segments[at + 1] ?? '');
    if (qualifier === undefined) return undecodable();
    const wrong = qualifierFault(name, qualifier);
    if (wrong) return { ok: false, reason: wrong };
    qualifiers.push([name, qualifier]);
  }
  return accepted({ key, value, qualifiers });
}

/**
 * The identity that a Digital Link URI carries. Undefined for a URI that is no Digital Link at all;
 * refused for one that sets out to be one and is malformed. Check digits: see `checkIdentity`.
 */
export function readDigitalLink(uri: string): Parsed<Gs1Identity> | undefined {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  const segments = path.split('/');
  if (segments.at(-1) === '') segments.pop();
  let first: Parsed<Gs1Identity> | undefined;
  for (let at = 0; at + 1 < segments.length; at += 1) {
    const key = numberOf(segments[at] ?? '');
    if (!isPrimaryKey(key)) continue;
    const read = readFrom(key, segments, at);
    if (read.ok) return read;
    first ??= read;
  }
  if (first === undefined && COMPRESSED.test(uri)) {
    return refused(
      '不接受压缩形式的 GS1 Digital Link，请改用含应用标识符的完整形式。',
      'A compressed GS1 Digital Link is not accepted: write it out with its identifiers.',
    );
  }
  // A malformed key under a foreign domain is more likely somebody's own path than a Digital Link.
  return uri.startsWith(`${CANONICAL}/`) ? first : undefined;
}

/**
 * The identity that a resolver's own path carries, whose key stands first: `/01/…/10/…`. Refused
 * with the reason where its form is wrong; check digits: see `checkIdentity`. A slash at the end is
 * none.
 * @param path as the client wrote it, percent-encoded, without query
 */
export function readResolverPath(path: string): Parsed<Gs1Identity> {
  const segments = path.split('/').slice(1);
  if (segments.length > 2 && segments.at(-1) === '') segments.pop();
  const key = numberOf(segments[0] ?? '');
  if (isPrimaryKey(key)) return readFrom(key, segments, 0);
  return refused('网址中没有 GS1 主键。', 'There is no GS1 primary key in this address.');
}

/**
 * A segment of the path: everything is percent-encoded but letters, digits and - . _ ' ; =
 * (Digital Link 1.2, table 7-1, and RFC 3986 for what no URI may hold).
 */
export function encodeSegment(value: string): string {
  return value.replace(
    /[^A-Za-z0-9\-._';=]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export function writeDigitalLink(identity: Gs1Identity, stem: string = CANONICAL): string {
  let uri = `${stem}/${identity.key}/${encodeSegment(identity.value)}`;
  for (const [qualifier, value] of identity.qualifiers) {
    uri += `/${qualifier}/${encodeSegment(value)}`;
  }
  return uri;
}

/** Finest first: an instance is the same instance whatever else is said of it. */
const FINEST: Partial<Record<PrimaryKey, readonly Qualifier[]>> = {
  '01': ['21', '235', '10'],
  '8006': ['21', '10'],
  '414': ['254'],
  '8010': ['8011'],
};

/**
 * The identity with nothing but its finest level: the constrained form of CBV 2.0, 8.9.2, rule 18.
 * A serial makes a lot and a variant superfluous, a lot the variant.
 */
export function finestLevel(identity: Gs1Identity): Gs1Identity {
  const { key, value, qualifiers } = identity;
  if (qualifiers.length === 0) return identity;
  for (const wanted of FINEST[key] ?? []) {
    const found = qualifiers.find(([name]) => name === wanted);
    if (found) return { key, value, qualifiers: [found] };
  }
  return { key, value, qualifiers: [] };
}
