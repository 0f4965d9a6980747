import { plainNames, type XmlNames } from './names.ts';
import { isElement, type XmlElement } from './tree.ts';

type Scope = ReadonlyMap<string, string>;

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** What XML 1.0 has no way to write (2.2, Char), and may be in what somebody sent us. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escapeText(value: string): string {
  return value
    .replaceAll(UNWRITABLE, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** A reader turns raw tabs and line ends of an attribute into blanks: they go out as references. */
function escapeAttribute(value: string): string {
  return escapeText(value)
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;');
}

function prefixOf(tag: string): string {
  const colon = tag.indexOf(':');
  return colon < 0 ? '' : tag.slice(0, colon);
}

/** Declares what a name needs and its surroundings do not already say. */
function bind(tag: string, namespace: string, scope: Scope, fresh: Map<string, string>): void {
  const prefix = prefixOf(tag);
  if (prefix === 'xml') return;
  const bound = fresh.get(prefix) ?? scope.get(prefix) ?? '';
  if (bound !== namespace) fresh.set(prefix, namespace);
}

/**
 * The start of a tag, and the namespaces in scope behind it. The source's own declarations come
 * first; what a name still needs is added, so that a tree can be cut and joined freely.
 */
function openTag(element: XmlElement, tag: string, scope: Scope, names: XmlNames): [string, Scope] {
  const fresh = new Map(Object.entries(element.declarations ?? {}));
  bind(tag, names.expand(element.name).namespace, scope, fresh);
  let written = '';
  for (const { name, tag: attributeTag, value } of element.attributes ?? []) {
    const given = attributeTag ?? name;
    const { namespace } = names.expand(name);
    if (namespace !== '' && namespace !== XML_NAMESPACE) bind(given, namespace, scope, fresh);
    written += ` ${given}="${escapeAttribute(value)}"`;
  }
  let declared = '';
  for (const [prefix, uri] of fresh) {
    declared += ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`;
  }
  const inner = fresh.size === 0 ? scope : new Map([...scope, ...fresh]);
  return [`<${tag}${declared}${written}`, inner];
}

/** Indents only where all children are elements: elsewhere a blank would change the meaning. */
function writeElement(
  element: XmlElement,
  scope: Scope,
  indent: string | null,
  names: XmlNames,
): string {
  const tag = element.tag ?? names.tagOf(element.name);
  const [start, inner] = openTag(element, tag, scope, names);
  const lead = indent ?? '';
  if (element.children.length === 0) return `${lead}${start}/>`;
  const preserved = element.attributes?.some((a) => a.tag === 'xml:space');
  const laidOut = indent !== null && !preserved && element.children.every(isElement);
  const below = laidOut ? `${indent}  ` : null;
  const content = element.children.map((child) =>
    isElement(child) ? writeElement(child, inner, below, names) : escapeText(child),
  );
  const body = laidOut ? `\n${content.join('\n')}\n${indent}` : content.join('');
  return `${lead}${start}>${body}</${tag}>`;
}

/** The document as XML text, UTF-8 when encoded. Depth is bounded by what a reader lets in. */
export function writeXmlTree(root: XmlElement, names: XmlNames = plainNames): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(root, new Map(), '', names)}\n`;
}
