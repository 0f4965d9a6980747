import { isElement, type XmlAttribute, type XmlElement } from '../../../kernel/index.ts';
import type { Extension } from './event.ts';
import { NIL, XSI } from './namespaces.ts';

/** The namespaces in scope, by prefix; text inside of an extension may use them (`xsi:type`). */
export type Scope = ReadonlyMap<string, string>;

export function scopeOf(element: XmlElement, outer: Scope): Scope {
  if (element.declarations === undefined) return outer;
  return new Map([...outer, ...Object.entries(element.declarations)]);
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

/** The prefix of each namespace; whoever writes adds what is missing. */
export type Prefixes = Map<string, string>;

export function tagOf(name: string, prefixes: Prefixes): string {
  if (!name.startsWith('{')) return name;
  const end = name.lastIndexOf('}');
  const namespace = name.slice(1, end);
  if (namespace === 'http://www.w3.org/XML/1998/namespace') return `xml:${name.slice(end + 1)}`;
  let prefix = prefixes.get(namespace);
  if (prefix === undefined) {
    const used = new Set(prefixes.values());
    for (let at = 1; prefix === undefined || used.has(prefix); at += 1) prefix = `ns${at}`;
    prefixes.set(namespace, prefix);
  }
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
