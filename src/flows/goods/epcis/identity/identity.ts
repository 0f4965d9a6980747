import { accepted, type Parsed } from '../../../../kernel/index.ts';
import type { PrefixLength } from './company-prefix.ts';
import { finestLevel, readDigitalLink, writeDigitalLink } from './digital-link.ts';
import { readEpcUrn, writeEpcUrn } from './epc-urn.ts';
import type { Gs1Identity } from './keys.ts';

/** The longest identities have some 200 characters, a shop's path and query the rest. */
export const URI_CHARS = 2_000;

/** Reads either writing. Undefined for a URI that carries no GS1 key; see the two readers. */
export function readIdentity(uri: string): Parsed<Gs1Identity> | undefined {
  if (uri.length > URI_CHARS) return undefined;
  const urn = readEpcUrn(uri);
  if (urn === undefined) return readDigitalLink(uri);
  return urn.ok ? accepted(urn.value.identity) : urn;
}

/**
 * The one writing under which two mentions of a thing are compared: the constrained canonical
 * Digital Link of CBV 2.0, 8.9.2, rules 17 and 18. Any other URI is its own.
 */
export function canonicalIdentity(uri: string): string {
  const identity = readIdentity(uri);
  return identity?.ok ? writeDigitalLink(finestLevel(identity.value)) : uri;
}

/** `GS1-EPC-Format` of the EPCIS 2.0 REST binding: how identities are written out. */
export type EpcFormat =
  | 'No_Preference'
  | 'Always_GS1_Digital_Link'
  | 'Always_EPC_URN'
  | 'Never_Translates';

/**
 * An identity in the writing that was asked for. What carries no GS1 key stays as it was written;
 * an EPC URN that cannot be made is refused with the reason.
 */
export function inFormat(
  uri: string,
  format: EpcFormat,
  prefixLength: PrefixLength,
): Parsed<string> {
  if (format === 'Never_Translates' || format === 'No_Preference') return accepted(uri);
  const isUrn = uri.startsWith('urn:');
  if (isUrn === (format === 'Always_EPC_URN')) return accepted(uri);
  const identity = readIdentity(uri);
  if (identity === undefined || !identity.ok) return accepted(uri);
  if (format === 'Always_EPC_URN') return writeEpcUrn(identity.value, prefixLength);
  return accepted(writeDigitalLink(identity.value));
}
