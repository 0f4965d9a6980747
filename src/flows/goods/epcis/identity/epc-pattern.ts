import { accepted, type Parsed, refused } from '../../../../kernel/index.ts';
import { type Scheme, schemeNamed } from './epc-urn.ts';
import { canonicalIdentity, readIdentity } from './identity.ts';

/** Whether an identity in its canonical writing (`canonicalIdentity`) is one that is looked for. */
export type EpcPattern = (canonical: string) => boolean;

/** Where an index finds them: by the whole identity or its beginning; null where it cannot. */
export type EpcPlace = { item: string; isWhole: boolean } | null;

export function placeOfPattern(written: string): EpcPlace {
  const isWhole = !(WIDE.test(written) && written.endsWith('.*'));
  const identity = readIdentity(written);
  if (!isWhole && !identity?.ok) return null;
  return { item: canonicalIdentity(written), isWhole };
}

const WIDE = /^urn:epc:idpat:([a-z]+):([0-9]{6,12}|\*)((?:\.[^.]+)+)$/;

/**
 * What `MATCH_epc` and its kin look for (EPCIS 2.0, 8.2.7.1.1): an identity in either writing, or a
 * pattern whose last parts are stars: one class, one company prefix, or a scheme as a whole.
 */
export function epcPattern(written: string): Parsed<EpcPattern> {
  const identity = readIdentity(written);
  if (identity !== undefined && !identity.ok) return identity;
  const found = WIDE.exec(written);
  if (found === null || !written.endsWith('.*')) {
    const wanted = canonicalIdentity(written);
    return accepted((canonical) => canonical === wanted);
  }
  const [, name = '', prefix = '', rest = ''] = found;
  const scheme = schemeNamed(name);
  if (scheme === undefined || (prefix === '*' && /[^.*]/.test(rest))) {
    return refused(`不支持匹配模式 ${written}。`, `The pattern ${written} is not supported.`);
  }
  const isInstance = instancesOf(scheme);
  if (identity?.ok) {
    const start = canonicalIdentity(written);
    return accepted((canonical) => canonical.startsWith(start) && isInstance(canonical));
  }
  if (/[^.*]/.test(rest)) {
    return refused(`不支持匹配模式 ${written}。`, `The pattern ${written} is not supported.`);
  }
  // Company prefixes are free of prefixes themselves: whatever begins with one belongs to it.
  const at = `https://id.gs1.org/${scheme.key}/`.length + scheme.constant.length + scheme.lead;
  return accepted(
    (canonical) => isInstance(canonical) && (prefix === '*' || canonical.startsWith(prefix, at)),
  );
}

/** Instances of a scheme: with its key, and with the serial that the scheme says. */
function instancesOf({ key, tail, constant, digits }: Scheme): EpcPattern {
  const start = `https://id.gs1.org/${key}/`;
  if (tail === null || tail === '254') return (canonical) => canonical.startsWith(start);
  if (tail !== 'appended') {
    return (canonical) => canonical.startsWith(start) && canonical.includes(`/${tail}/`);
  }
  const longest = start.length + constant.length + (digits ?? 0) + 1;
  return (canonical) => canonical.startsWith(start) && canonical.length > longest;
}
