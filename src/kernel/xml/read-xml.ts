import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Problem } from '../problem.ts';
import { decodeXml } from './encoding.ts';
import { plainNames, type XmlNames } from './names.ts';
import { isElement, type XmlAttribute, type XmlElement } from './tree.ts';

/**
 * Bounds of a document. Ten megabytes hold an order of many thousand lines; real documents of the
 * trade are nested less than twenty deep.
 */
export const XML_LIMITS = {
  bytes: 10 * 1024 * 1024,
  depth: 64,
  elements: 250_000,
  attributes: 500_000,
  attributes_of_element: 64,
} as const;

const PIECE_CHARS = 64 * 1024;

/** Leaves the parser at the first problem: on hostile input even the rest of a piece costs time. */
class Stopped extends Error {}

/**
 * `none` refuses every DOCTYPE. `name` lets through the one that only names the root, which older
 * tools put into their files: it declares nothing and points nowhere.
 */
export type DoctypeRule = 'none' | 'name';

export type XmlOutcome =
  | { root: XmlElement; problem?: undefined }
  | { root?: undefined; problem: Problem };

/** What has been read so far; the first problem ends it. */
type Reading = {
  root?: XmlElement;
  open: XmlElement[];
  names: XmlNames;
  doctype: DoctypeRule;
  elements: number;
  attributes: number;
  problem?: Problem;
};

function stop(reading: Reading, rule: string, zh: string, en: string): never {
  const path = reading.open.map((element) => `/${reading.names.shown(element.name)}`).join('');
  reading.problem ??= { rule, path: path === '' ? '/' : path, zh, en };
  throw new Stopped();
}

/** Attributes by name, and the namespaces that this element declares; most have neither. */
function attributesOf(tag: SaxesTagNS): Pick<XmlElement, 'attributes' | 'declarations'> {
  let attributes: XmlAttribute[] | undefined;
  for (const written in tag.attributes) {
    const found = tag.attributes[written];
    if (found === undefined || found.prefix === 'xmlns' || written === 'xmlns') continue;
    const name = found.uri === '' ? found.local : `{${found.uri}}${found.local}`;
    const { value } = found;
    attributes ??= [];
    attributes.push(name === written ? { name, value } : { name, value, tag: written });
  }
  const declarations = countOf(tag.ns) > 0 ? { ...tag.ns } : undefined;
  return { ...(declarations ? { declarations } : {}), ...(attributes ? { attributes } : {}) };
}

function countOf(object: object): number {
  let count = 0;
  for (const _ in object) count += 1;
  return count;
}

/** Counts before it keeps: a document past its bounds must not be built first. */
function openElement(reading: Reading, tag: SaxesTagNS): void {
  reading.elements += 1;
  const attributes = countOf(tag.attributes);
  reading.attributes += attributes;
  if (reading.open.length >= XML_LIMITS.depth) {
    const most = XML_LIMITS.depth;
    stop(reading, 'XML-DEPTH', `元素嵌套超过 ${most} 层。`, `Nested deeper than ${most} elements.`);
  }
  if (
    reading.elements > XML_LIMITS.elements ||
    reading.attributes > XML_LIMITS.attributes ||
    attributes > XML_LIMITS.attributes_of_element
  ) {
    stop(reading, 'XML-SIZE', '元素或属性过多。', 'There are too many elements or attributes.');
  }
  const name = reading.names.nameOf(tag.uri, tag.local);
  const isBare = attributes === 0;
  const element: XmlElement =
    isBare && name === tag.name
      ? { name, children: [] }
      : {
          name,
          ...(name === tag.name ? {} : { tag: tag.name }),
          ...(isBare ? {} : attributesOf(tag)),
          children: [],
        };
  const parent = reading.open.at(-1);
  if (parent === undefined) reading.root = element;
  else parent.children.push(element);
  reading.open.push(element);
}

/** Text outside the root is white space or an error that the parser reports. */
function addText(reading: Reading, piece: string): void {
  if (piece === '') return;
  const children = reading.open.at(-1)?.children;
  if (children === undefined) return;
  const last = children.length - 1;
  // Text and CDATA that stand side by side are one text to a reader.
  if (typeof children[last] === 'string') children[last] += piece;
  else children.push(piece);
}

/** Drops the white space that only lays elements out; mixed content keeps every character. */
function closeElement(reading: Reading): void {
  const element = reading.open.pop();
  if (element === undefined) return;
  const { children } = element;
  let elements = 0;
  for (const child of children) {
    if (isElement(child)) elements += 1;
    else if (/\S/.test(child)) return;
  }
  if (elements === 0 || elements === children.length) return;
  if (element.attributes?.some((a) => a.tag === 'xml:space' && a.value === 'preserve')) return;
  element.children = children.filter(isElement);
}

function parserOf(reading: Reading): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => openElement(reading, tag));
  parser.on('closetag', () => closeElement(reading));
  parser.on('text', (piece) => addText(reading, piece));
  parser.on('cdata', (piece) => addText(reading, piece));
  parser.on('doctype', (written) => {
    if (reading.doctype === 'name' && /^\s*[^\s['"]{1,200}\s*$/.test(written)) return;
    const zh = '不接受 DOCTYPE 和实体声明。';
    stop(reading, 'XML-DOCTYPE', zh, 'A DOCTYPE and its entities are not accepted.');
  });
  parser.on('error', (error) => {
    const detail = error.message.slice(0, 200);
    stop(reading, 'XML-SYNTAX', `不是格式良好的 XML：${detail}`, `Not well-formed XML: ${detail}`);
  });
  return parser;
}

function parse(content: string, reading: Reading): void {
  const parser = parserOf(reading);
  try {
    for (let at = 0; at < content.length; at += PIECE_CHARS) {
      parser.write(content.slice(at, at + PIECE_CHARS));
    }
    parser.close();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

/**
 * Reads a document from bytes that nobody has looked at: bounded in size, depth and count, linear
 * in time, without DOCTYPE, entities or any look outside. Never throws for what is in the bytes.
 */
export function readXmlTree(
  bytes: Uint8Array,
  names: XmlNames = plainNames,
  doctype: DoctypeRule = 'none',
): XmlOutcome {
  if (bytes.byteLength > XML_LIMITS.bytes) {
    const most = XML_LIMITS.bytes / 1024 / 1024;
    const zh = `文件超过 ${most} MB。`;
    return { problem: { rule: 'XML-SIZE', path: '/', zh, en: `Larger than ${most} MB.` } };
  }
  const decoded = decodeXml(bytes);
  if ('problem' in decoded) return decoded;
  const reading: Reading = { open: [], names, doctype, elements: 0, attributes: 0 };
  parse(decoded.text, reading);
  if (reading.problem) return { problem: reading.problem };
  if (reading.root) return { root: reading.root };
  return {
    problem: { rule: 'XML-SYNTAX', path: '/', zh: '文件里没有元素。', en: 'There is no element.' },
  };
}
