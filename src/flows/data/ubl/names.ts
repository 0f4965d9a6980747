import type { XmlNames } from '../../../kernel/index.ts';

/**
 * Names of elements in one canonical form, whatever prefixes the sender chose:
 * `cbc:ID`, `cac:Party`, `ext:UBLExtensions`, `ubl:Order` for the document itself, and
 * `{urn:somebody}Local` for everything that UBL does not define.
 */
const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
export const CAC = `${UBL}CommonAggregateComponents-2`;
export const CBC = `${UBL}CommonBasicComponents-2`;
export const EXT = `${UBL}CommonExtensionComponents-2`;
const PREFIX_OF = new Map([
  [CAC, 'cac'],
  [CBC, 'cbc'],
  [EXT, 'ext'],
]);
const NAMESPACE_OF = new Map([...PREFIX_OF].map(([uri, prefix]) => [prefix, uri]));

/** The canonical name of an element: `namespace` may be empty. */
export function canonicalName(namespace: string, local: string): string {
  const prefix = PREFIX_OF.get(namespace);
  if (prefix !== undefined) return `${prefix}:${local}`;
  if (namespace === `${UBL}${local}-2`) return `ubl:${local}`;
  return `{${namespace}}${local}`;
}

/** The namespace and the local name that a canonical name stands for. */
export function expandName(name: string): { namespace: string; local: string } {
  if (name.startsWith('{')) {
    const end = name.lastIndexOf('}');
    return { namespace: name.slice(1, end), local: name.slice(end + 1) };
  }
  const colon = name.indexOf(':');
  if (colon < 0) return { namespace: '', local: name };
  const local = name.slice(colon + 1);
  return { namespace: NAMESPACE_OF.get(name.slice(0, colon)) ?? `${UBL}${local}-2`, local };
}

/** The name as it is usually written, for a tree that was made here. */
function usualTag(name: string): string {
  return name.startsWith('{') || name.startsWith('ubl:') ? expandName(name).local : name;
}

export const ublNames: XmlNames = {
  nameOf: canonicalName,
  expand: expandName,
  tagOf: usualTag,
  shown: (name) => name.replace(/^ubl:/, ''),
};
