import {
  elementsOf,
  isElement,
  type Problem,
  readExactJson,
  readXmlTree,
  type XmlElement,
} from '../../../kernel/index.ts';
import { emptyContext, readContext } from './context.ts';
import type { DocumentKind, EpcisDocument, MasterData, MasterDataElement } from './document.ts';
import type { EpcisEvent, QuantityElement } from './event.ts';
import { EPCIS, EPCIS_MASTER_DATA, EPCIS_QUERY, JSON_LD, SBDH, XSD, XSI } from './namespaces.ts';
import type { DocumentOutcome } from './read-json.ts';
import { readChildren, readXmlEvent, within, type XmlReading } from './read-xml-event.ts';
import { complain, standardPrefixes } from './reading.ts';
import { isSimple, partiesOf, SBDH_NAME } from './sbdh.ts';
import { emptyScope, xmlExtension } from './xml-extensions.ts';

const ROOTS: readonly (readonly [string, DocumentKind])[] = [
  [`{${EPCIS}`, 'EPCISDocument'],
  [`{${EPCIS_QUERY}`, 'EPCISQueryDocument'],
  [`{${EPCIS_MASTER_DATA}`, 'EPCISMasterDataDocument'],
];

function kindOf(name: string): { kind: DocumentKind; version: '1' | '2' } | undefined {
  for (const [namespace, kind] of ROOTS) {
    for (const version of ['1', '2'] as const) {
      if (name === `${namespace}${version}}${kind}`) return { kind, version };
    }
  }
  return undefined;
}

/**
 * A document from XML, of release 2.0 or 1.2 (1.0 and 1.1 are older forms of the same). Without
 * `document` nothing could be read. A DOCTYPE that only names the root is passed over.
 */
export function readEpcisXml(bytes: Uint8Array): DocumentOutcome {
  const { root, problem } = readXmlTree(bytes, undefined, 'name');
  return problem ? { problems: [problem] } : readEpcisTree(root);
}

export function readEpcisTree(root: XmlElement): DocumentOutcome {
  const problems: Problem[] = [];
  const found = kindOf(root.name);
  if (found === undefined) {
    const zh = `根元素 ${root.name} 不是 EPCIS 文档、查询文档或主数据文档。`;
    const en = `The root ${root.name} is no document of EPCIS events or master data.`;
    complain({ problems }, 'EPCIS-ROOT', root.name, zh, en);
    return { problems };
  }
  const document: EpcisDocument = {
    kind: found.kind,
    context: emptyContext(),
    header: [],
    masterData: [],
    events: [],
    extensions: [],
  };
  const plain: XmlReading = {
    prefixes: standardPrefixes,
    problems,
    scope: emptyScope,
    isOlder: found.version === '1',
  };
  const reading = within(plain, root);
  readRootAttributes(root, document, reading);
  keepPrefixes(root, document);
  readChildren(root, reading, '', document.extensions, (child, inner) => {
    if (child.name === 'EPCISHeader') readHeader(child, inner, document);
    else if (child.name === 'EPCISBody') readBody(child, inner, document);
    else return false;
    return true;
  });
  return { document, problems };
}

function readRootAttributes(root: XmlElement, document: EpcisDocument, reading: XmlReading): void {
  for (const { name, value } of root.attributes ?? []) {
    if (name === 'schemaVersion') document.schemaVersion = value.trim();
    else if (name === 'creationDate') document.creationDate = value.trim();
    else if (name === `{${JSON_LD}}id`) document.id = value;
    else if (name === `{${JSON_LD}}context`) {
      const { value: context } = readExactJson(value);
      readContext(context, document.context, reading, '@context');
    } else if (!name.startsWith(`{${XSI}}`)) document.extensions.push({ name, text: value });
  }
  for (const name of ['schemaVersion', 'creationDate'] as const) {
    if (document[name] !== undefined) continue;
    complain(reading, 'EPCIS-REQUIRED', name, `缺少必填的 ${name}。`, `The ${name} is missing.`);
  }
}

const STANDARD = new Set(standardPrefixes.values());
const OWN = [EPCIS, EPCIS_QUERY, EPCIS_MASTER_DATA, XSI, XSD, SBDH, JSON_LD];

/** Namespaces of extensions keep the prefixes that their sender gave them. */
function keepPrefixes(root: XmlElement, document: EpcisDocument): void {
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const prefix in element.declarations) {
      const namespace = element.declarations[prefix] ?? '';
      if (prefix === '' || STANDARD.has(namespace)) continue;
      if (OWN.some((own) => namespace.startsWith(own))) continue;
      document.context.prefixes[prefix] ??= namespace;
    }
    for (const child of element.children) if (isElement(child)) waiting.push(child);
  }
}

function readHeader(element: XmlElement, reading: XmlReading, document: EpcisDocument): void {
  readChildren(element, reading, 'EPCISHeader', document.header, (child, inner) => {
    if (child.name === SBDH_NAME) {
      const sbdh = xmlExtension(child, reading.scope);
      if (isSimple(sbdh, document.creationDate)) Object.assign(document, partiesOf(sbdh));
      else document.sbdh = sbdh;
    } else if (child.name === 'EPCISMasterData') {
      readChildren(child, inner, 'EPCISHeader', document.header, (list, deeper) => {
        if (list.name !== 'VocabularyList') return false;
        readVocabularies(list, deeper, document);
        return true;
      });
    } else return false;
    return true;
  });
}

function readBody(element: XmlElement, reading: XmlReading, document: EpcisDocument): void {
  readChildren(element, reading, 'EPCISBody', document.extensions, (child, inner) => {
    const { name } = child;
    if (name === 'EventList') readEvents(child, inner, document);
    else if (name === 'VocabularyList') readVocabularies(child, inner, document);
    else if (/^\{urn:epcglobal:epcis-query:xsd:[12]\}QueryResults$/.test(name)) {
      document.query = { queryName: '' };
      readResults(child, inner, document);
    } else return false;
    return true;
  });
  if (document.kind === 'EPCISQueryDocument' && document.query === undefined) {
    const en = 'Only a query document that holds QueryResults can be read.';
    complain(reading, 'EPCIS-REQUIRED', 'EPCISBody.QueryResults', '缺少 QueryResults。', en);
  }
}

function readResults(element: XmlElement, reading: XmlReading, document: EpcisDocument): void {
  const query = document.query ?? { queryName: '' };
  readChildren(element, reading, 'QueryResults', document.extensions, (child, inner) => {
    const text = child.children.join('').trim();
    if (child.name === 'queryName') query.queryName = text;
    else if (child.name === 'subscriptionID') query.subscriptionID = text;
    else if (child.name === 'resultsBody') readBody(child, inner, document);
    else return false;
    return true;
  });
}

const EVENT = /^(?:Object|Aggregation|Transaction|Transformation|Association)Event$/;

/** Release 1.2 wraps the event types that came later, one `extension` for each release. */
function readEvents(element: XmlElement, reading: XmlReading, document: EpcisDocument): void {
  for (const child of elementsOf(element)) {
    const path = `eventList[${document.events.length}]`;
    const { name } = child;
    if (EVENT.test(name)) document.events.push(readXmlEvent(child, reading, path));
    else if (name === 'QuantityEvent')
      document.events.push(readQuantityEvent(child, reading, path));
    else if (name === 'extension') readEvents(child, within(reading, child), document);
    else if (name.startsWith('{')) document.events.push(readXmlEvent(child, reading, path));
    else {
      const en = `There is no event type ${name}.`;
      complain(reading, 'EPCIS-TYPE', path, `没有 ${name} 这种事件。`, en);
    }
  }
}

/**
 * A QuantityEvent, which 1.1 deprecated and 2.0 took out, as the ObjectEvent that 1.1 gives in its
 * place: the class and its quantity observed, of no EPC (EPCIS 1.2, 7.4.4).
 */
function readQuantityEvent(element: XmlElement, reading: XmlReading, path: string): EpcisEvent {
  const quantity: QuantityElement = { epcClass: '' };
  const isOwn = (child: XmlElement) => child.name === 'epcClass' || child.name === 'quantity';
  for (const child of elementsOf(element).filter(isOwn)) {
    quantity[child.name as 'epcClass' | 'quantity'] = child.children.join('').trim();
  }
  const children = element.children.filter((child) => !isElement(child) || !isOwn(child));
  const event = readXmlEvent({ ...element, name: 'ObjectEvent', children }, reading, path);
  return { ...event, epcList: [], action: 'OBSERVE', quantityList: [quantity] };
}

function readVocabularies(element: XmlElement, reading: XmlReading, document: EpcisDocument): void {
  for (const child of elementsOf(element)) {
    const found: MasterData = { type: idOf(child, 'type'), elements: [] };
    const extensions: MasterData['extensions'] = [];
    readChildren(child, within(reading, child), 'Vocabulary', extensions, (list, inner) => {
      if (list.name !== 'VocabularyElementList') return false;
      for (const one of elementsOf(list)) found.elements.push(masterDataElement(one, inner));
      return true;
    });
    document.masterData.push(extensions.length > 0 ? { ...found, extensions } : found);
  }
}

const idOf = (element: XmlElement, name: string) =>
  element.attributes?.find((one) => one.name === name)?.value.trim() ?? '';

function masterDataElement(element: XmlElement, outer: XmlReading): MasterDataElement {
  const found: MasterDataElement = { id: idOf(element, 'id'), attributes: [] };
  const extensions: MasterDataElement['extensions'] = [];
  const reading = within(outer, element);
  readChildren(element, reading, 'VocabularyElement', extensions, (child, inner) => {
    if (child.name === 'attribute') {
      const attributes = child.attributes?.filter(({ name }) => name !== 'id') ?? [];
      const value = xmlExtension({ ...child, attributes }, inner.scope);
      found.attributes.push({ ...value, name: idOf(child, 'id') });
    } else if (child.name === 'children') {
      found.children = elementsOf(child).map((one) => one.children.join('').trim());
    } else return false;
    return true;
  });
  return extensions.length > 0 ? { ...found, extensions } : found;
}
