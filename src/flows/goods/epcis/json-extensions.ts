import {
  type ExactJson,
  type ExactObject,
  readXmlTree,
  WrittenNumber,
} from '../../../kernel/index.ts';
import { isObject } from './context.ts';
import type { Extension } from './event.ts';
import { JSON_LD, NIL, RDF, XML_NAMESPACE, XSD } from './namespaces.ts';
import { type Prefixes, prefixOf } from './prefixes.ts';
import { complain, extensionName, isLocalName, type Reading } from './reading.ts';
import { emptyScope, xmlExtension } from './xml-extensions.ts';

/**
 * Extensions in JSON-LD. What only XML can say of one (its attributes, text between elements) is an
 * `rdf:XMLLiteral` here, the data type that RDF has for it; the reader takes it apart again.
 */
const XML_LITERAL = `{${RDF}}XMLLiteral`;

export function readExtensions(
  member: string,
  written: ExactJson,
  reading: Reading,
  path: string,
  into: Extension[],
): void {
  const name = extensionName(reading, member);
  if (name === undefined) {
    const zh = `未知的字段“${member}”：扩展字段须用 @context 中声明的前缀。`;
    const en = `"${member}" is no field here; an extension needs a prefix that @context declares.`;
    complain(reading, 'EPCIS-UNKNOWN', path, zh, en);
    return;
  }
  addValues(name, written, reading, path, into);
}

/** A list is as many elements of one name; JSON-LD makes one list of lists in lists. */
function addValues(
  name: string,
  written: ExactJson,
  reading: Reading,
  path: string,
  into: Extension[],
): void {
  if (!Array.isArray(written)) {
    into.push(extensionOf(name, written, reading, path));
    return;
  }
  const before = into.length;
  for (const one of written) addValues(name, one, reading, path, into);
  const only = into[before];
  if (into.length === before + 1 && only) only.listed = true;
}

export function extensionOf(
  name: string,
  written: ExactJson,
  reading: Reading,
  path: string,
): Extension {
  if (typeof written === 'string') return { name, text: written };
  if (typeof written === 'boolean') return { name, text: String(written), type: `{${XSD}}boolean` };
  if (written === null) return { name, text: '', type: NIL };
  if (written instanceof WrittenNumber) {
    const { digits } = written;
    const type = /^-?[0-9]+$/.test(digits) ? 'integer' : 'double';
    return { name, text: digits, type: `{${XSD}}${type}` };
  }
  return isObject(written) ? fromObject(name, written, reading, path) : { name, text: '' };
}

function fromObject(name: string, written: ExactObject, reading: Reading, path: string): Extension {
  const { '@value': value, '@type': type } = written;
  if (typeof value === 'string' && typeof type === 'string' && Object.keys(written).length === 2) {
    return typedValue(name, value, type, reading, path);
  }
  const extension: Extension = { name };
  const children: Extension[] = [];
  for (const [member, one] of Object.entries(written)) {
    if (member.startsWith('@')) {
      if (typeof one === 'string') {
        extension.attributes ??= [];
        extension.attributes.push({ name: keywordName(member), value: one });
        continue;
      }
      const zh = `${member} 应为文字。`;
      complain(reading, 'EPCIS-KEYWORD', `${path}.${member}`, zh, `${member} must be text.`);
    } else if (!isLocalName(member)) {
      readExtensions(member, one, reading, `${path}.${member}`, children);
    } else {
      addValues(member, one, reading, path, children);
    }
  }
  return children.length > 0 ? { ...extension, children } : { ...extension, text: '' };
}

function keywordName(member: string): string {
  return member === '@language' ? `{${XML_NAMESPACE}}lang` : `{${JSON_LD}}${member.slice(1)}`;
}

function typedValue(
  name: string,
  value: string,
  written: string,
  reading: Reading,
  path: string,
): Extension {
  const type = extensionName(reading, written) ?? written;
  if (type === XML_LITERAL) return xmlLiteral(name, value, reading, path);
  // JSON-LD names the data types of XML Schema with a #, XML with the bare namespace.
  return { name, text: value, type: type.replace(`{${XSD}#}`, `{${XSD}}`) };
}

function xmlLiteral(name: string, value: string, reading: Reading, path: string): Extension {
  const { root, problem } = readXmlTree(new TextEncoder().encode(value));
  if (root) return xmlExtension(root, emptyScope);
  complain(reading, problem.rule, path, problem.zh, problem.en);
  return { name, text: value };
}

export function compactName(name: string, names: Prefixes): string {
  if (!name.startsWith('{')) return name;
  const end = name.lastIndexOf('}');
  return `${prefixOf(names, name.slice(1, end))}:${name.slice(end + 1)}`;
}

/** Whether JSON can say an extension in its own words. */
function isPlain(extension: Extension): boolean {
  const isKeyword = ({ name }: { name: string }) =>
    name.startsWith(`{${JSON_LD}}`) || name === `{${XML_NAMESPACE}}lang`;
  if (extension.attributes && !extension.attributes.every(isKeyword)) return false;
  if (extension.attributes && extension.type !== undefined) return false;
  return extension.children?.every((child) => child.name !== '' && isPlain(child)) ?? true;
}

export type WriteXmlLiteral = (extension: Extension) => string;

function jsonOf(extension: Extension, names: Prefixes, literal: WriteXmlLiteral): ExactJson {
  const { text = '', type, children, attributes } = extension;
  if (!isPlain(extension)) {
    return { '@type': compactName(XML_LITERAL, names), '@value': literal(extension) };
  }
  if (type !== undefined) return typedJson(text, type, names);
  if (children === undefined && attributes === undefined) return text;
  const object: ExactObject = {};
  for (const { name, value } of attributes ?? []) {
    const isLanguage = name === `{${XML_NAMESPACE}}lang`;
    object[isLanguage ? '@language' : `@${name.slice(JSON_LD.length + 2)}`] = value;
  }
  if (children === undefined && text !== '') object['@value'] = text;
  writeExtensions(children, object, names, literal);
  return object;
}

/** A number or a boolean only where reading it back gives the same type. */
function typedJson(text: string, type: string, names: Prefixes): ExactJson {
  if (type === NIL) return null;
  const isInteger = /^-?(0|[1-9][0-9]*)$/.test(text);
  const isDouble = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) && !isInteger;
  if (type === `{${XSD}}integer` && isInteger) return new WrittenNumber(text);
  if (type === `{${XSD}}double` && isDouble) return new WrittenNumber(text);
  if (type === `{${XSD}}boolean` && /^(true|false)$/.test(text)) return text === 'true';
  return { '@type': compactName(type.replace(`{${XSD}}`, `{${XSD}#}`), names), '@value': text };
}

/** Writes extensions as members; elements of one name become a list, in their order. */
export function writeExtensions(
  extensions: readonly Extension[] | undefined,
  into: ExactObject,
  names: Prefixes,
  literal: WriteXmlLiteral,
): void {
  for (const extension of extensions ?? []) {
    const member = compactName(extension.name, names);
    const value = jsonOf(extension, names, literal);
    const before = Object.hasOwn(into, member) ? into[member] : undefined;
    if (before === undefined) set(into, member, extension.listed ? [value] : value);
    else if (Array.isArray(before)) before.push(value);
    else set(into, member, [before, value]);
  }
}

/** Also a member that every object has by another way: `constructor`, `__proto__`. */
function set(into: ExactObject, member: string, value: ExactJson): void {
  Object.defineProperty(into, member, {
    ...{ value, enumerable: true, writable: true, configurable: true },
  });
}
