import {
  accepted,
  type Parsed,
  refused,
  writeXmlTree,
  type XmlAttribute,
  type XmlElement,
} from '../../../kernel/index.ts';
import { writeContext } from './context.ts';
import type { EpcisDocument, MasterData } from './document.ts';
import { isEventType } from './event.ts';
import { EPCIS, EPCIS_MASTER_DATA, EPCIS_QUERY, JSON_LD, SBDH, XSD, XSI } from './namespaces.ts';
import { isOlderType, olderEvent } from './older-release.ts';
import { prefixesFrom } from './prefixes.ts';
import { standardPrefixes } from './reading.ts';
import { simpleSbdh } from './sbdh.ts';
import type { CbvFormat } from './vocabulary.ts';
import { eventElement, type XmlWriting } from './write-xml-event.ts';
import { attributeOf, extensionElement } from './xml-extensions.ts';

const ROOTS = {
  EPCISDocument: { namespace: EPCIS, prefix: 'epcis' },
  EPCISQueryDocument: { namespace: EPCIS_QUERY, prefix: 'epcisq' },
  EPCISMasterDataDocument: { namespace: EPCIS_MASTER_DATA, prefix: 'epcismd' },
  event: { namespace: EPCIS, prefix: 'epcis' },
} as const;

const element = (
  name: string,
  children: XmlElement['children'],
  attributes: NonNullable<XmlElement['attributes']> = [],
): XmlElement => ({ name, children, ...(attributes.length > 0 ? { attributes } : {}) });

/**
 * The document as XML of release 2.0, in the sequence of the XSD. `lost` of the writing says what
 * XML has no way to say. A bare event gets an EPCISDocument around it, created at `createdAt`.
 */
function epcisTree(document: EpcisDocument, writing: XmlWriting): XmlElement {
  const { prefix, namespace: family } = ROOTS[document.kind];
  const namespace = family + writing.release.charAt(0);
  const kind = document.kind === 'event' ? 'EPCISDocument' : document.kind;
  const header = headerElements(document, writing);
  const rest = document.extensions.map((one) => extensionElement(one, writing.prefixes));
  const children = [
    ...(header.length > 0 ? [element('EPCISHeader', header)] : []),
    element('EPCISBody', bodyElements(document, writing)),
    ...rest,
  ];
  const root = element(`{${namespace}}${kind}`, children, rootAttributes(document, writing));
  // The declarations come last, when every prefix that is used is known.
  const used = new Set(prefixesUsed(root));
  const declarations: Record<string, string> = { [prefix]: namespace };
  for (const [uri, name] of writing.prefixes.of) if (used.has(name)) declarations[name] = uri;
  for (const [name, uri] of Object.entries(document.context.prefixes)) declarations[name] ??= uri;
  return { ...root, tag: `${prefix}:${kind}`, declarations };
}

function* prefixesUsed(root: XmlElement): Generator<string> {
  const waiting = [root];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const tag of [one.tag, ...(one.attributes ?? []).map((attribute) => attribute.tag)]) {
      if (tag?.includes(':')) yield tag.slice(0, tag.indexOf(':'));
    }
    for (const { name, value } of one.attributes ?? []) {
      if (name === `{${XSI}}type` && value.includes(':')) yield value.slice(0, value.indexOf(':'));
    }
    for (const child of one.children) if (typeof child !== 'string') waiting.push(child);
  }
}

function rootAttributes(document: EpcisDocument, { prefixes, release }: XmlWriting) {
  const { id, creationDate, context } = document;
  const attributes: XmlAttribute[] = [{ name: 'schemaVersion', value: release }];
  if (creationDate !== undefined) attributes.push({ name: 'creationDate', value: creationDate });
  if (id !== undefined) attributes.push(attributeOf(`{${JSON_LD}}id`, id, prefixes));
  if (context.urls.length > 0 || Object.keys(context.terms).length > 0) {
    const kept = JSON.stringify(writeContext({ ...context, prefixes: {} }).slice(1));
    attributes.push(attributeOf(`{${JSON_LD}}context`, kept, prefixes));
  }
  return attributes;
}

function headerElements(document: EpcisDocument, writing: XmlWriting): XmlElement[] {
  const { masterData, header, kind } = document;
  const sbdh = document.sbdh ?? simpleSbdh(document);
  const isHeld = kind === 'EPCISDocument' && masterData.length > 0;
  const inner = [
    ...(isHeld ? [element('EPCISMasterData', [vocabularyList(masterData, writing)])] : []),
    ...header.map((one) => extensionElement(one, writing.prefixes)),
  ];
  return [
    ...(sbdh ? [extensionElement(sbdh, writing.prefixes)] : []),
    ...(inner.length > 0 ? [element('extension', inner)] : []),
  ];
}

function bodyElements(document: EpcisDocument, writing: XmlWriting): XmlElement[] {
  const { kind, query, masterData } = document;
  if (kind === 'EPCISMasterDataDocument') return [vocabularyList(masterData, writing)];
  const events = eventList(document, writing);
  if (kind !== 'EPCISQueryDocument') return [events];
  const vocabularies = masterData.length > 0 ? [vocabularyList(masterData, writing)] : [];
  const results = element(`{${EPCIS_QUERY}${writing.release.charAt(0)}}QueryResults`, [
    element('queryName', [query?.queryName ?? '']),
    ...(query?.subscriptionID === undefined
      ? []
      : [element('subscriptionID', [query.subscriptionID])]),
    element('resultsBody', [events, ...vocabularies]),
  ]);
  return [{ ...results, tag: 'epcisq:QueryResults' }];
}

/** Event types of others stand in the list's extension. */
function eventList(document: EpcisDocument, writing: XmlWriting): XmlElement {
  const events = document.events.map((event, at) => {
    const path = `eventList[${at}]`;
    const written = eventElement(event, writing, path);
    if (writing.release === '1.2') return olderEvent(written, writing.lost, path);
    return isEventType(event.type) ? written : element('extension', [written]);
  });
  return element('EventList', events);
}

function vocabularyList(masterData: readonly MasterData[], { prefixes }: XmlWriting) {
  const list = masterData.map(({ type, elements, extensions = [] }) => {
    const written = elements.map((one) => {
      const attributes = one.attributes.map((attribute) => {
        const made = extensionElement({ ...attribute, name: 'attribute' }, prefixes);
        const id = { name: 'id', value: attribute.name };
        return { ...made, attributes: [id, ...(made.attributes ?? [])] };
      });
      const ids = one.children?.map((child) => element('id', [child]));
      const children = [
        ...attributes,
        ...(ids ? [element('children', ids)] : []),
        ...(one.extensions ?? []).map((extension) => extensionElement(extension, prefixes)),
      ];
      return element('VocabularyElement', children, [{ name: 'id', value: one.id }]);
    });
    const children = [
      ...(written.length > 0 ? [element('VocabularyElementList', written)] : []),
      ...extensions.map((extension) => extensionElement(extension, prefixes)),
    ];
    return element('Vocabulary', children, [{ name: 'type', value: type }]);
  });
  return element('VocabularyList', list);
}

/** The prefixes of a document for writing it, with those that its types and headers may need. */
function writingOf(
  document: EpcisDocument,
  release: XmlWriting['release'],
  cbv: CbvFormat,
): XmlWriting {
  const swap = ([prefix, namespace]: readonly [string, string]) => [namespace, prefix] as const;
  const pairs = [
    [XSI, 'xsi'] as const,
    [XSD, 'xsd'] as const,
    [SBDH, 'sbdh'] as const,
    [JSON_LD, 'jsonld'] as const,
    ...Object.entries(document.context.prefixes).map(swap),
    ...[...standardPrefixes].map(swap),
  ];
  const prefixes = prefixesFrom(pairs, ['epcis', 'epcisq', 'epcismd']);
  return { release, prefixes, cbv, lost: [] };
}

export type XmlText = { xml: string; lost: XmlWriting['lost'] };

/** XML of release 2.0, and what of the document it has no way to say: nothing, as a rule. */
export function writeEpcisXml(document: EpcisDocument, cbv: CbvFormat = 'No_Preference'): XmlText {
  const writing = writingOf(document, '2.0', cbv);
  return { xml: writeXmlTree(epcisTree(document, writing)), lost: writing.lost };
}

/**
 * XML of release 1.2 for partners who have nothing newer, with URNs for the standard vocabulary.
 * `lost` names sensor data, persistent dispositions and certificates, which 1.2 does not know.
 * Refused where a whole event would be lost: an association, or an event type of 2.0's kind.
 */
export function writeOlderEpcisXml(document: EpcisDocument): Parsed<XmlText> {
  const newer = document.events.find(({ type }) => !isOlderType(type));
  if (newer !== undefined) {
    return refused(
      `EPCIS 1.2 没有 ${newer.type} 这种事件，无法写成 1.2 的 XML。`,
      `EPCIS 1.2 has no ${newer.type}: the document cannot be written in that release.`,
    );
  }
  const writing = writingOf(document, '1.2', 'Always_URN');
  return accepted({ xml: writeXmlTree(epcisTree(document, writing)), lost: writing.lost });
}
