import {
  type ExactJson,
  type ExactObject,
  type Problem,
  readExactJson,
} from '../../../kernel/index.ts';
import {
  addUrl,
  type Context,
  emptyContext,
  isObject,
  prefixesOf,
  readContext,
} from './context.ts';
import type { DocumentKind, EpcisDocument, MasterData, MasterDataElement } from './document.ts';
import type { Extension } from './event.ts';
import { extensionOf, readExtensions } from './json-extensions.ts';
import { readJsonEvent } from './read-json-event.ts';
import { complain, type Reading } from './reading.ts';
import { partiesOf, SBDH_NAME } from './sbdh.ts';

export type DocumentOutcome = { document?: EpcisDocument; problems: Problem[] };

const KINDS: readonly string[] = ['EPCISDocument', 'EPCISQueryDocument', 'EPCISMasterDataDocument'];
const TEXTS = [
  'schemaVersion',
  'creationDate',
  'id',
  'sender',
  'receiver',
  'instanceIdentifier',
] as const;

/** A document, a query document or one bare event. Without `document` nothing could be read. */
export function readEpcisJson(text: string): DocumentOutcome {
  const { value, problem } = readExactJson(text);
  if (problem) return { problems: [problem] };
  const outcome = readEpcisValue(value);
  if (UNSPEAKABLE.test(text)) findUnspeakable(value, '', outcome);
  return outcome;
}

/** Escapes that may stand for what XML 1.0 cannot hold (section 2.2): most texts have none. */
const UNSPEAKABLE = /\\(?:u00[01]|u[dD][89a-fA-F]|u[fF]{3}|b|f)|[\ufffe\uffff]/;
const IN_XML = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** An event that only one of the two bindings could carry would be lost in the other. */
function findUnspeakable(value: ExactJson, path: string, outcome: DocumentOutcome): void {
  if (typeof value === 'string' && !IN_XML.test(value)) {
    const zh = '文字含有 XML 1.0 不允许的控制字符。';
    complain(outcome, 'EPCIS-CHARACTER', path, zh, 'A control character that XML cannot hold.');
  }
  if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) findUnspeakable(one, `${path}[${at}]`, outcome);
  } else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) {
      findUnspeakable(name, path, outcome);
      findUnspeakable(one, path === '' ? name : `${path}.${name}`, outcome);
    }
  }
}

export function readEpcisValue(value: ExactJson): DocumentOutcome {
  const problems: Problem[] = [];
  const context = emptyContext();
  const reading: Reading = { prefixes: new Map(), problems };
  if (!isObject(value)) {
    complain(reading, 'EPCIS-STRUCTURE', '', '应为 JSON 对象。', 'A document is a JSON object.');
    return { problems };
  }
  readContext(value['@context'], context, reading, '@context');
  reading.prefixes = prefixesOf(context);
  const isDocument = typeof value.type === 'string' && KINDS.includes(value.type);
  const kind = isDocument ? (value.type as DocumentKind) : 'event';
  const document: EpcisDocument = {
    kind,
    context,
    header: [],
    masterData: [],
    events: [],
    extensions: [],
  };
  if (value['@context'] === undefined) {
    const en = 'The @context is missing.';
    complain(reading, 'EPCIS-REQUIRED', '@context', '缺少 @context。', en);
  }
  if (isDocument) readDocument(value, document, reading);
  else {
    const event = readJsonEvent(value, reading, 'event');
    if (event) document.events.push(event);
    else return { problems };
  }
  return { document, problems };
}

function readDocument(value: ExactObject, document: EpcisDocument, reading: Reading): void {
  for (const [member, one] of Object.entries(value)) {
    const field = TEXTS.find((name) => name === member);
    if (member === '@context' || member === 'type') continue;
    if (field) {
      if (typeof one === 'string') document[field] = one;
      else complain(reading, 'EPCIS-STRUCTURE', member, '此处应为文字。', 'Here goes a text.');
    } else if (member === 'epcisHeader') readHeader(one, document, reading);
    else if (member === 'epcisBody') readBody(one, document, reading);
    else readExtensions(member, one, reading, member, document.extensions);
  }
  if (document.sbdh) dropRepeated(document, document.sbdh);
  const isQuery = document.kind === 'EPCISQueryDocument';
  for (const name of isQuery ? ['epcisBody'] : ['schemaVersion', 'creationDate', 'epcisBody']) {
    if (value[name] === undefined) missing(name, name, reading);
  }
}

/** Where the whole header is there, its three members say nothing that it does not. */
function dropRepeated(document: EpcisDocument, sbdh: Extension): void {
  const said = partiesOf(sbdh);
  for (const name of ['sender', 'receiver', 'instanceIdentifier'] as const) {
    if (document[name] === said[name]) delete document[name];
  }
}

function missing(name: string, path: string, reading: Reading): void {
  complain(reading, 'EPCIS-REQUIRED', path, `缺少必填的 ${name}。`, `The ${name} is missing.`);
}

function objectIn(value: ExactJson | undefined, path: string, reading: Reading): ExactObject {
  if (isObject(value)) return value;
  const en = 'Here goes an object, { … }.';
  complain(reading, 'EPCIS-STRUCTURE', path, '此处应为对象 { … }。', en);
  return {};
}

function listIn(value: ExactJson | undefined, path: string, reading: Reading): ExactJson[] {
  if (Array.isArray(value)) return value;
  complain(reading, 'EPCIS-STRUCTURE', path, '此处应为列表 [ … ]。', 'Here goes a list, [ … ].');
  return [];
}

function readHeader(value: ExactJson, document: EpcisDocument, reading: Reading): void {
  const path = 'epcisHeader';
  for (const [member, one] of Object.entries(objectIn(value, path, reading))) {
    const at = `${path}.${member}`;
    if (member === 'epcisMasterData') {
      const { vocabularyList = [], ...more } = objectIn(one, at, reading);
      readVocabularies(vocabularyList, `${at}.vocabularyList`, document, reading);
      for (const [name, extra] of Object.entries(more)) {
        readExtensions(name, extra, reading, `${at}.${name}`, document.header);
      }
    } else readExtensions(member, one, reading, at, document.header);
  }
  const at = document.header.findIndex(({ name }) => name === SBDH_NAME);
  const sbdh = at < 0 ? undefined : document.header.splice(at, 1)[0];
  if (sbdh) document.sbdh = sbdh;
}

function readBody(value: ExactJson, document: EpcisDocument, reading: Reading): void {
  const body = objectIn(value, 'epcisBody', reading);
  if (document.kind === 'EPCISQueryDocument') {
    const path = 'epcisBody.queryResults';
    const results = objectIn(body.queryResults, path, reading);
    if (typeof results.queryName === 'string') document.query = { queryName: results.queryName };
    else missing('queryName', `${path}.queryName`, reading);
    if (typeof results.subscriptionID === 'string' && document.query) {
      document.query.subscriptionID = results.subscriptionID;
    }
    const inside = objectIn(results.resultsBody, `${path}.resultsBody`, reading);
    readLists(inside, `${path}.resultsBody`, document, reading);
  } else readLists(body, 'epcisBody', document, reading);
}

function readLists(
  body: ExactObject,
  path: string,
  document: EpcisDocument,
  reading: Reading,
): void {
  for (const [member, one] of Object.entries(body)) {
    const at = `${path}.${member}`;
    if (member === 'eventList') readEvents(listIn(one, at, reading), at, document, reading);
    else if (member === 'vocabularyList') readVocabularies(one, at, document, reading);
    else readExtensions(member, one, reading, at, document.extensions);
  }
  if (body.eventList === undefined && document.kind !== 'EPCISMasterDataDocument') {
    missing('eventList', `${path}.eventList`, reading);
  }
}

function readEvents(
  list: readonly ExactJson[],
  path: string,
  document: EpcisDocument,
  reading: Reading,
): void {
  const unread: number[] = [];
  for (let at = 0; at < list.length; at += 1) {
    const written = list[at] as ExactJson;
    const where = `${path}[${at}]`;
    const inner = withOwnContext(written, document.context, reading, where);
    const event = readJsonEvent(written, inner, where);
    if (event) document.events.push(event);
    else unread.push(at);
  }
  if (unread.length > 0) document.unread = unread;
}

/** An event may bring a context of its own; its prefixes count for it alone. */
function withOwnContext(
  written: ExactJson,
  outer: Context,
  reading: Reading,
  path: string,
): Reading {
  if (!isObject(written) || written['@context'] === undefined) return reading;
  const own = emptyContext();
  readContext(written['@context'], own, reading, `${path}.@context`);
  for (const [prefix, namespace] of Object.entries(own.prefixes)) {
    outer.prefixes[prefix] ??= namespace;
  }
  for (const [name, term] of Object.entries(own.terms)) outer.terms[name] ??= term;
  for (const url of own.urls) addUrl(url, outer, reading, path);
  const prefixes = {
    get: (prefix: string) =>
      Object.hasOwn(own.prefixes, prefix) ? own.prefixes[prefix] : reading.prefixes.get(prefix),
  };
  return { problems: reading.problems, prefixes };
}

function readVocabularies(
  value: ExactJson,
  path: string,
  document: EpcisDocument,
  reading: Reading,
): void {
  for (const [at, one] of listIn(value, path, reading).entries()) {
    const where = `${path}[${at}]`;
    const { type, vocabularyElementList = [], ...more } = objectIn(one, where, reading);
    if (typeof type !== 'string') {
      missing('type', `${where}.type`, reading);
      continue;
    }
    const list = `${where}.vocabularyElementList`;
    const elements = listIn(vocabularyElementList, list, reading);
    const found: MasterData = {
      type,
      elements: elements.flatMap((element, index) =>
        masterDataElement(element, `${list}[${index}]`, reading),
      ),
    };
    const extensions = restOf(more, where, reading);
    document.masterData.push(extensions.length > 0 ? { ...found, extensions } : found);
  }
}

function restOf(members: ExactObject, path: string, reading: Reading): Extension[] {
  const extensions: Extension[] = [];
  for (const [member, one] of Object.entries(members)) {
    readExtensions(member, one, reading, `${path}.${member}`, extensions);
  }
  return extensions;
}

function masterDataElement(value: ExactJson, path: string, reading: Reading): MasterDataElement[] {
  const { id, attributes = [], children, ...more } = objectIn(value, path, reading);
  if (typeof id !== 'string') {
    missing('id', `${path}.id`, reading);
    return [];
  }
  const element: MasterDataElement = { id, attributes: [] };
  for (const [at, one] of listIn(attributes, `${path}.attributes`, reading).entries()) {
    const where = `${path}.attributes[${at}]`;
    const given = objectIn(one, where, reading);
    if (typeof given.id !== 'string') missing('id', `${where}.id`, reading);
    else {
      const { attribute = '' } = given;
      for (const single of Array.isArray(attribute) ? attribute : [attribute]) {
        element.attributes.push(extensionOf(given.id, single, reading, `${where}.attribute`));
      }
    }
  }
  if (children !== undefined) {
    element.children = listIn(children, `${path}.children`, reading).filter(
      (child) => typeof child === 'string',
    );
  }
  const extensions = restOf(more, path, reading);
  return [extensions.length > 0 ? { ...element, extensions } : element];
}
