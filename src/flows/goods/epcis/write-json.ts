import {
  type ExactJson,
  type ExactObject,
  WrittenNumber,
  writeXmlTree,
} from '../../../kernel/index.ts';
import { writeContext } from './context.ts';
import type { EpcisDocument, MasterData } from './document.ts';
import {
  allFields,
  type EpcisEvent,
  type Extension,
  fieldKinds,
  metadataFields,
  type QuantityElement,
  reportFields,
  type SensorElement,
  type SensorReport,
  type TypedId,
  type ValueKind,
} from './event.ts';
import { compactName, writeExtensions } from './json-extensions.ts';
import { type Prefixes, prefixesFrom } from './prefixes.ts';
import { standardPrefixes } from './reading.ts';
import { partiesOf } from './sbdh.ts';
import { bareWord, GS1_VOCABULARY, type Vocabulary, webUri } from './vocabulary.ts';
import { extensionElement } from './xml-extensions.ts';

/**
 * Documents and events as JSON-LD: bare words for the values of the standard, lists as lists, and
 * every number with the digits that it was given. `JSON.stringify` makes the text of it.
 */

/** A standard term that the lists do not know yet: what JSON takes for it is no CBV URN. */
function term(vocabulary: Vocabulary, value: string): string {
  const word = bareWord(vocabulary, value);
  if (word !== undefined) return word;
  const uri = value.includes(':') ? webUri(vocabulary, value) : value;
  return uri.startsWith(GS1_VOCABULARY) ? `gs1:${uri.slice(GS1_VOCABULARY.length)}` : uri;
}

const literal = (extension: Extension) =>
  writeXmlTree(extensionElement(extension, prefixesFrom([]))).replace(/^<\?xml[^>]*\?>\n|\n$/g, '');

function withExtensions(
  object: ExactObject,
  extensions: readonly Extension[] | undefined,
  names: Prefixes,
): ExactObject {
  writeExtensions(extensions, object, names, literal);
  return object;
}

function quantityOf({ epcClass, quantity, uom }: QuantityElement): ExactObject {
  return {
    epcClass,
    ...(quantity === undefined ? {} : { quantity: numberOf(quantity) }),
    ...(uom === undefined ? {} : { uom }),
  };
}

/** XML allows `.5` and `+1`, JSON does not; the value is the same. */
function numberOf(digits: string): ExactJson {
  const text = digits.trim().replace(/^\+/, '');
  if (/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text)) return new WrittenNumber(text);
  const found = /^(-?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?$/.exec(text);
  if (found === null || text === '') return digits;
  const [, sign, whole = '', part, exponent = ''] = found;
  const integer = whole.replace(/^0+/, '') || '0';
  return new WrittenNumber(`${sign}${integer}${part ? `.${part}` : ''}${exponent}`);
}

function typedOf(name: string, vocabulary: Vocabulary) {
  return ({ type, id }: TypedId): ExactObject => ({
    ...(type === undefined ? {} : { type: term(vocabulary, type) }),
    [name]: id,
  });
}

function reportValue(kind: ValueKind, value: string): ExactJson {
  if (kind === 'decimal') return numberOf(value);
  if (kind === 'boolean') return value === 'true' || value === '1';
  if (kind === 'measurement' || kind === 'alert' || kind === 'component') return term(kind, value);
  return value;
}

function sensorPart(
  kinds: Readonly<Record<string, ValueKind>>,
  part: SensorReport,
  names: Prefixes,
): ExactObject {
  const values = part as Readonly<Record<string, string | undefined>>;
  const object: ExactObject = {};
  for (const [field, kind] of Object.entries(kinds)) {
    const value = values[field];
    if (value !== undefined) object[field] = reportValue(kind, value);
  }
  return withExtensions(object, part.extensions, names);
}

function sensorOf(element: SensorElement, names: Prefixes): ExactObject {
  const { sensorMetadata, sensorReport, extensions } = element;
  const object: ExactObject = {};
  if (sensorMetadata) object.sensorMetadata = sensorPart(metadataFields, sensorMetadata, names);
  object.sensorReport = sensorReport.map((one) => sensorPart(reportFields, one, names));
  return withExtensions(object, extensions, names);
}

function errorOf(error: NonNullable<EpcisEvent['errorDeclaration']>, names: Prefixes): ExactObject {
  const { declarationTime, reason, correctiveEventIDs, extensions } = error;
  return withExtensions(
    {
      declarationTime,
      ...(reason === undefined ? {} : { reason: term('errorReason', reason) }),
      ...(correctiveEventIDs === undefined ? {} : { correctiveEventIDs }),
    },
    extensions,
    names,
  );
}

function fieldOf(event: EpcisEvent, field: (typeof allFields)[number], names: Prefixes): ExactJson {
  const value = event[field] as never;
  switch (fieldKinds[field]) {
    case 'quantities':
      return (value as QuantityElement[]).map(quantityOf);
    case 'bizStep':
      return term('bizStep', value);
    case 'disposition':
      return term('disposition', value);
    case 'persistentDisposition':
      return Object.fromEntries(
        Object.entries(value as Record<string, string[]>).map(([name, values]) => [
          name,
          values.map((one) => term('disposition', one)),
        ]),
      );
    case 'place': {
      const { id, extensions } = value as NonNullable<EpcisEvent['readPoint']>;
      return withExtensions({ id }, extensions, names);
    }
    case 'bizTransaction':
      return (value as TypedId[]).map(typedOf('bizTransaction', 'bizTransaction'));
    case 'source':
      return (value as TypedId[]).map(typedOf('source', 'sourceDestination'));
    case 'destination':
      return (value as TypedId[]).map(typedOf('destination', 'sourceDestination'));
    case 'sensors':
      return (value as SensorElement[]).map((one) => sensorOf(one, names));
    case 'ilmd':
      return withExtensions({}, value, names);
    case 'error':
      return errorOf(value, names);
    case 'uris': {
      const uris = value as string[];
      return uris.length === 1 ? (uris[0] as string) : uris;
    }
    default:
      return value;
  }
}

function eventOf(event: EpcisEvent, names: Prefixes): ExactObject {
  const object: ExactObject = { type: compactName(event.type, names) };
  for (const field of allFields) {
    if (event[field] !== undefined) object[field] = fieldOf(event, field, names);
  }
  return withExtensions(object, event.extensions, names);
}

function vocabularyOf({ type, elements, extensions }: MasterData, names: Prefixes): ExactObject {
  const list = elements.map(({ id, attributes, children, extensions: own }) => {
    const written = attributes.map((attribute): ExactObject => {
      const holder: ExactObject = {};
      writeExtensions([{ ...attribute, name: 'attribute' }], holder, names, literal);
      return { id: attribute.name, attribute: holder.attribute ?? '' };
    });
    const object: ExactObject = { id };
    if (written.length > 0) object.attributes = written;
    if (children !== undefined) object.children = children;
    return withExtensions(object, own, names);
  });
  const object: ExactObject = { type };
  if (list.length > 0) object.vocabularyElementList = list;
  return withExtensions(object, extensions, names);
}

function bodyOf(document: EpcisDocument, names: Prefixes): ExactObject {
  const { kind, query } = document;
  if (kind === 'EPCISMasterDataDocument') {
    return { vocabularyList: document.masterData.map((one) => vocabularyOf(one, names)) };
  }
  const eventList = document.events.map((event) => eventOf(event, names));
  if (kind !== 'EPCISQueryDocument') return { eventList };
  const resultsBody: ExactObject = { eventList };
  if (document.masterData.length > 0) {
    resultsBody.vocabularyList = document.masterData.map((one) => vocabularyOf(one, names));
  }
  return { queryResults: { queryName: query?.queryName ?? '', ...query, resultsBody } };
}

function headerOf(document: EpcisDocument, names: Prefixes): ExactObject {
  const { masterData, sbdh, header, kind } = document;
  const object: ExactObject = {};
  if (kind === 'EPCISDocument' && masterData.length > 0) {
    object.epcisMasterData = {
      vocabularyList: masterData.map((one) => vocabularyOf(one, names)),
    };
  }
  return withExtensions(object, [...(sbdh ? [sbdh] : []), ...header], names);
}

/** The names in use: those of the document, then those of the standard. */
function namesOf(prefixes: Readonly<Record<string, string>>): Prefixes {
  const known = [...standardPrefixes, ...Object.entries(prefixes)];
  return prefixesFrom(known.map(([prefix, namespace]) => [namespace, prefix] as const));
}

/** The document as JSON-LD; a bare event as one object with its context. */
export function epcisJson(document: EpcisDocument): ExactObject {
  const names = namesOf(document.context.prefixes);
  const inner: ExactObject = {};
  if (document.kind === 'event') {
    const event = document.events[0];
    if (event) Object.assign(inner, eventOf(event, names));
  } else {
    const { id, kind, sbdh } = document;
    const { sender, receiver, instanceIdentifier } = sbdh ? partiesOf(sbdh) : document;
    const version = document.schemaVersion === undefined ? {} : { schemaVersion: '2.0' };
    Object.assign(inner, { ...(id === undefined ? {} : { id }), type: kind, ...version });
    if (document.creationDate !== undefined) inner.creationDate = document.creationDate;
    if (sender !== undefined) inner.sender = sender;
    if (receiver !== undefined) inner.receiver = receiver;
    if (instanceIdentifier !== undefined) inner.instanceIdentifier = instanceIdentifier;
    const header = headerOf(document, names);
    if (Object.keys(header).length > 0) inner.epcisHeader = header;
    inner.epcisBody = bodyOf(document, names);
    withExtensions(inner, document.extensions, names);
  }
  const prefixes = { ...document.context.prefixes, ...names.made };
  return { '@context': writeContext({ ...document.context, prefixes }), ...inner };
}

export function writeEpcisJson(document: EpcisDocument): string {
  return JSON.stringify(epcisJson(document));
}
