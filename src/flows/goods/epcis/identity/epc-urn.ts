import { accepted, gs1CheckDigit, type Parsed, refused } from '../../../../kernel/index.ts';
import type { PrefixLength } from './company-prefix.ts';
import { finestLevel } from './digital-link.ts';
import { formFault, type Gs1Identity, type PrimaryKey, type Qualifier } from './keys.ts';

/**
 * EPC pure identity, class and pattern URNs of the GS1 Tag Data Standard (TDS 1.13, sections 6 and
 * 8), and the way between them and GS1 keys: digits change places, the check digit comes or goes.
 */
export type Scheme = {
  key: PrimaryKey;
  /** Digits of company prefix and reference together; null where the reference is free text. */
  digits: number | null;
  /** How many digits of the reference stand before the prefix in the key: indicator, extension. */
  lead: 0 | 1;
  /** What the key begins with and the URN leaves out. */
  constant: '' | '0';
  /** What the part behind the reference becomes: a qualifier, the end of the key, or nothing. */
  tail: Qualifier | 'appended' | null;
};

const SCHEMES: Readonly<Record<string, Scheme>> = {
  sgtin: { key: '01', digits: 13, lead: 1, constant: '', tail: '21' },
  lgtin: { key: '01', digits: 13, lead: 1, constant: '', tail: '10' },
  upui: { key: '01', digits: 13, lead: 1, constant: '', tail: '235' },
  itip: { key: '8006', digits: 13, lead: 1, constant: '', tail: '21' },
  sscc: { key: '00', digits: 17, lead: 1, constant: '', tail: null },
  sgln: { key: '414', digits: 12, lead: 0, constant: '', tail: '254' },
  pgln: { key: '417', digits: 12, lead: 0, constant: '', tail: null },
  grai: { key: '8003', digits: 12, lead: 0, constant: '0', tail: 'appended' },
  gdti: { key: '253', digits: 12, lead: 0, constant: '', tail: 'appended' },
  sgcn: { key: '255', digits: 12, lead: 0, constant: '', tail: 'appended' },
  gsin: { key: '402', digits: 16, lead: 0, constant: '', tail: null },
  gsrn: { key: '8018', digits: 17, lead: 0, constant: '', tail: null },
  gsrnp: { key: '8017', digits: 17, lead: 0, constant: '', tail: null },
  giai: { key: '8004', digits: null, lead: 0, constant: '', tail: null },
  ginc: { key: '401', digits: null, lead: 0, constant: '', tail: null },
  cpi: { key: '8010', digits: null, lead: 0, constant: '', tail: '8011' },
};

/** The scheme of a name that anybody may have written. */
export const schemeNamed = (name: string): Scheme | undefined =>
  Object.hasOwn(SCHEMES, name) ? SCHEMES[name] : undefined;

const URN = /^urn:epc:(id|class|idpat):([a-z]+):([0-9]{6,12})\.(.*)$/;
/** A pattern names a class where its last part alone is a star (TDS, section 8). */
const STAR = '*';

export type EpcUrn = { identity: Gs1Identity; prefix_length: number };

type Kind = 'id' | 'class' | 'idpat';

const malformed = (urn: string) =>
  refused(`${urn} 不是有效的 EPC URN。`, `${urn} is not a valid EPC URN.`);

/** Cuts what stands behind the company prefix; only the last part may hold a dot itself. */
function partsOf(name: string, scheme: Scheme, rest: string): string[] {
  if (name === 'giai' || name === 'ginc') return [rest];
  if (name === 'cpi') {
    const dot = rest.lastIndexOf('.');
    return dot < 0 ? [rest] : [rest.slice(0, dot), rest.slice(dot + 1)];
  }
  const fixed = name === 'itip' ? 3 : 1;
  const parts = rest.split('.');
  if (scheme.tail === null || parts.length <= fixed) return parts;
  return [...parts.slice(0, fixed), parts.slice(fixed).join('.')];
}

function decode(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The key without its tail, from prefix and reference; undefined where the lengths are wrong. */
function keyDigits(scheme: Scheme, prefix: string, reference: string): string | undefined {
  if (scheme.digits === null) return prefix + reference;
  if (prefix.length + reference.length !== scheme.digits || !/^[0-9]*$/.test(reference)) {
    return undefined;
  }
  const { lead, constant } = scheme;
  const body = constant + reference.slice(0, lead) + prefix + reference.slice(lead);
  return body + gs1CheckDigit(body);
}

/**
 * The identity that an EPC URN names. Undefined for what is no EPC URN, names something outside of
 * GS1 keys (gid, adi, usdod …) or a pattern wider than a class; refused for a malformed one.
 */
export function readEpcUrn(urn: string): Parsed<EpcUrn> | undefined {
  if (!urn.startsWith('urn:epc:')) return undefined;
  const found = URN.exec(urn);
  const [, kind, name, prefix, rest] = found ?? [];
  const scheme = name === undefined ? undefined : schemeNamed(name);
  if (scheme === undefined || name === undefined || prefix === undefined || rest === undefined) {
    const known = /^urn:epc:(?:id|class|idpat):([a-z]+):/.exec(urn)?.[1];
    const isWide = urn.startsWith('urn:epc:idpat:') && urn.endsWith('.*');
    const isOurs = known !== undefined && schemeNamed(known) !== undefined;
    return isOurs && !isWide ? malformed(urn) : undefined;
  }
  if ((kind === 'class') !== (name === 'lgtin')) return malformed(urn);
  return identityOf(urn, kind as Kind, { name, scheme, prefix, rest });
}

type Cut = { name: string; scheme: Scheme; prefix: string; rest: string };

function identityOf(urn: string, kind: Kind, cut: Cut): Parsed<EpcUrn> | undefined {
  const { name, scheme, prefix } = cut;
  const parts = partsOf(name, scheme, cut.rest);
  const expected = (name === 'itip' ? 3 : 1) + (scheme.tail === null ? 0 : 1);
  if (parts.length !== expected) return malformed(urn);
  if (kind === 'idpat') {
    if (parts.slice(0, -1).includes(STAR) || scheme.tail === null) return undefined;
    if (parts.at(-1) !== STAR) return malformed(urn);
  }
  const [reference, ...more] = parts.map(decode);
  const tail = scheme.tail === null ? '' : more.at(-1);
  if (reference === undefined || tail === undefined) return malformed(urn);
  const digits = keyDigits(scheme, prefix, reference);
  if (digits === undefined) return malformed(urn);
  const pieces = name === 'itip' ? `${more[0]}${more[1]}` : '';
  const isClass = kind === 'idpat';
  const value = digits + pieces + (scheme.tail === 'appended' && !isClass ? tail : '');
  const fault = formFault(scheme.key, value);
  if (fault) return { ok: false, reason: fault };
  const isQualified = scheme.tail !== null && scheme.tail !== 'appended' && !isClass;
  const isWhole = !isQualified || (scheme.tail === '254' && tail === '0');
  if (!isClass && scheme.tail !== null && tail === '') return malformed(urn);
  return accepted({
    identity: {
      key: scheme.key,
      value,
      qualifiers: isWhole ? [] : [[scheme.tail as Qualifier, tail]],
    },
    prefix_length: prefix.length,
  });
}

/** Characters that the URN writes percent-encoded (TDS 1.13, annex A; annex G for set 39). */
function encode(part: string): string {
  return part.replace(/["%&/<>?#]/g, (one) =>
    one === '"' ? '%22' : encodeURIComponent(one).toUpperCase(),
  );
}

/** Which scheme says an identity, and with which tail; null for a class (a serial may be `*`). */
function schemeOf({ key, value, qualifiers }: Gs1Identity): [string, string | null] | undefined {
  const [qualifier, serial] = qualifiers[0] ?? [];
  if (key === '01') {
    const name = { '21': 'sgtin', '10': 'lgtin', '235': 'upui' }[qualifier as '21'];
    if (qualifier === undefined) return ['sgtin', null];
    return name === undefined ? undefined : [name, serial ?? ''];
  }
  if (key === '8006' && qualifier === '10') return undefined;
  const name = Object.keys(SCHEMES).find((one) => SCHEMES[one]?.key === key) ?? '';
  const scheme = SCHEMES[name];
  if (scheme?.tail === null || scheme === undefined) return [name, ''];
  if (scheme.tail === '254') return [name, serial ?? '0'];
  if (scheme.tail !== 'appended') return [name, serial ?? null];
  const appended = value.slice(scheme.constant.length + (scheme.digits ?? 0) + 1);
  return [name, appended === '' ? null : appended];
}

/**
 * The EPC URN of an identity, at its finest level: `urn:epc:id:…`, `urn:epc:class:lgtin:…` for a
 * lot, `urn:epc:idpat:…` for a class. Refused, with the reason, where the company prefix is not
 * known or EPC has no way to say it (a lot of an ITIP, a variant alone).
 */
export function writeEpcUrn(given: Gs1Identity, prefixLength: PrefixLength): Parsed<string> {
  const identity = finestLevel(given);
  const isVariant = identity.qualifiers.length === 0 && given.qualifiers[0]?.[0] === '22';
  const found = isVariant ? undefined : schemeOf(identity);
  if (found === undefined) {
    return refused(
      'EPC URN 无法表示这一标识（商品变体或 ITIP 批号），请保留 GS1 Digital Link。',
      'No EPC URN says this (a variant, or a lot of an ITIP): keep the GS1 Digital Link.',
    );
  }
  const [name, tail] = found;
  const scheme = SCHEMES[name] as Scheme;
  const body = identity.value.slice(scheme.constant.length + scheme.lead);
  const length = prefixLength(body);
  if (length === undefined) {
    return refused(
      `不知道 ${identity.value} 中厂商识别代码的位数，无法写成 EPC URN。请登记厂商识别代码。`,
      `How many digits of ${identity.value} are the company prefix is not known, so it has no ` +
        'EPC URN: register the company prefix.',
    );
  }
  // TDS takes a prefix of 4 or 5 digits as a block of prefixes of 6.
  const prefix = body.slice(0, Math.max(6, length));
  return accepted(urnOf(name, scheme, identity.value, prefix, tail));
}

function urnOf(
  name: string,
  scheme: Scheme,
  value: string,
  prefix: string,
  tail: string | null,
): string {
  const start = scheme.constant.length;
  const end = scheme.digits === null ? value.length : start + scheme.digits;
  const reference =
    value.slice(start, start + scheme.lead) + value.slice(start + scheme.lead + prefix.length, end);
  const kind = name === 'lgtin' ? 'class' : tail === null ? 'idpat' : 'id';
  const parts = [prefix, encode(reference)];
  if (name === 'itip') parts.push(value.slice(14, 16), value.slice(16, 18));
  if (scheme.tail !== null) parts.push(tail === null ? STAR : encode(tail));
  return `urn:epc:${kind}:${name}:${parts.join('.')}`;
}
