import { isElement, type XmlAttribute, type XmlElement } from '../../../kernel/index.ts';
import type { Extension } from './event.ts';
import { NIL, XML_NAMESPACE, XSI } from './namespaces.ts';
import { type Prefixes, prefixOf } from './prefixes.ts';

/**
 * The namespaces in scope, by prefix; text inside of an extension may use them (`xsi:type`). Each
 * element that declares some looks outward for the others: copying them would let a small document
 * cost a great deal.
 */
export type Scope = { get(prefix: string): string | undefined };

export const emptyScope: Scope = { get: () => undefined };

export function scopeOf({ declarations }: XmlElement, outer: Scope): Scope {
  if (declarations === undefined) return outer;
  return {
    get: (prefix) =>
      Object.hasOwn(declarations, prefix) ? declarations[prefix] : outer.get(prefix),
  };
}

/** A qualified name in text, with the namespace in place of its prefix. */
function expandQName(written: string, scope: Scope): string {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon);
  const namespace = scope.get(prefix);
  return namespace === undefined ? written : `{${namespace}}${written.slice(colon + 1)}`;
}

/** An element that EPCIS does not define, with everything that stands in it. */
export function xmlExtension(element: XmlElement, outer: Scope): Extension {
  const scope = scopeOf(element, outer);
  const extension: Extension = { name: element.name };
  for (const { name, value } of element.attributes ?? []) {
    if (name === `{${XSI}}type`) extension.type = expandQName(value.trim(), scope);
    else if (name === NIL && value.trim() === 'true') extension.type = NIL;
    else {
      extension.attributes ??= [];
      extension.attributes.push({ name, value });
    }
  }
  if (!element.children.some(isElement)) return { ...extension, text: element.children.join('') };
  return {
    ...extension,
    children: element.children.map((child) =>
      isElement(child) ? xmlExtension(child, scope) : { name: '', text: child },
    ),
  };
}

export function tagOf(name: string, prefixes: Prefixes): string {
  if (!name.startsWith('{')) return name;
  const end = name.lastIndexOf('}');
  const namespace = name.slice(1, end);
  const prefix = namespace === XML_NAMESPACE ? 'xml' : prefixOf(prefixes, namespace);
  return `${prefix}:${name.slice(end + 1)}`;
}

export function attributeOf(name: string, value: string, prefixes: Prefixes): XmlAttribute {
  return { name, value, tag: tagOf(name, prefixes) };
}

export function extensionElement(extension: Extension, prefixes: Prefixes): XmlElement {
  const { name, text = '', type, children } = extension;
  const attributes = (extension.attributes ?? []).map((one) =>
    attributeOf(one.name, one.value, prefixes),
  );
  if (type === NIL) attributes.push(attributeOf(NIL, 'true', prefixes));
  else if (type !== undefined) {
    attributes.push(attributeOf(`{${XSI}}type`, tagOf(type, prefixes), prefixes));
  }
  return {
    name,
    tag: tagOf(name, prefixes),
    ...(attributes.length > 0 ? { attributes } : {}),
    children:
      children?.map((child) =>
        child.name === '' ? (child.text ?? '') : extensionElement(child, prefixes),
      ) ?? (text === '' ? [] : [text]),
  };
}
