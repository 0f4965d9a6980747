import { elementsOf, type XmlElement } from '../../../kernel/index.ts';
import {
  allFields,
  type EpcisEvent,
  type ErrorDeclaration,
  type EventField,
  type Extension,
  fieldKinds,
  fieldsOf,
  isEventType,
  metadataFields,
  type PersistentDisposition,
  type Place,
  type QuantityElement,
  reportFields,
  type SensorElement,
  type TypedId,
} from './event.ts';
import { EPCIS, NIL } from './namespaces.ts';
import { complain, expandUri, type Reading, standardPrefixes } from './reading.ts';
import { type Scope, scopeOf, xmlExtension } from './xml-extensions.ts';

/**
 * An event from XML, 2.0 or 1.2. Release 1.2 put what it had added into `extension` and
 * `baseExtension`, one inside of the other; 2.0 has taken the wrapping off, and so does this
 * reader. Elements of other namespaces are extensions wherever they stand.
 */

/** `isOlder` for release 1.x, whose wrappers may hold elements without a namespace. */
export type XmlReading = Reading & { scope: Scope; isOlder: boolean };

/** Namespaces declared further in count for what stands there. */
export function within(reading: XmlReading, element: XmlElement): XmlReading {
  if (element.declarations === undefined) return reading;
  const scope = scopeOf(element, reading.scope);
  const prefixes = { get: (prefix: string) => scope.get(prefix) ?? standardPrefixes.get(prefix) };
  return { ...reading, scope, prefixes };
}

const textOf = (element: XmlElement) =>
  element.children.length === 1 && typeof element.children[0] === 'string'
    ? element.children[0].trim()
    : element.children
        .filter((child) => typeof child === 'string')
        .join('')
        .trim();

const uriOf = (element: XmlElement, reading: Reading) => expandUri(reading, textOf(element));

function unknown(element: XmlElement, reading: Reading, path: string): void {
  const at = `${path}.${element.name}`;
  const zh = `此处没有元素 ${element.name}；扩展元素须有自己的命名空间。`;
  const en = `No ${element.name} stands here; an extension has a namespace of its own.`;
  complain(reading, 'EPCIS-UNKNOWN', at, zh, en);
}

/**
 * Release 1.x let anybody put elements without a namespace into its wrappers; 2.0 does not. They
 * keep their meaning, elements at an extension point of that schema, under the schema's name.
 */
function qualified(element: XmlElement): XmlElement {
  return { ...element, name: `{${EPCIS}1}${element.name}` };
}

const WRAPPERS = new Set(['extension', 'baseExtension']);

/**
 * The children of an element, those inside of wrappers included: `take` returns whether it knew the
 * element; what nobody knows is an extension where it has a namespace, and a fault where not.
 */
export function readChildren(
  element: XmlElement,
  reading: XmlReading,
  path: string,
  extensions: Extension[],
  take: (child: XmlElement, inner: XmlReading) => boolean,
): void {
  for (const child of elementsOf(element)) {
    const inner = within(reading, child);
    if (take(child, inner)) continue;
    const { name } = child;
    const isOlder = reading.isOlder && WRAPPERS.has(element.name);
    if (WRAPPERS.has(name)) readChildren(child, inner, path, extensions, take);
    else if (name.startsWith('{')) extensions.push(xmlExtension(child, reading.scope));
    else if (isOlder) extensions.push(xmlExtension(qualified(child), reading.scope));
    else unknown(child, reading, path);
  }
}

/** Attributes of other namespaces say more of an element, and are extensions like any other. */
function readAttributes(
  element: XmlElement,
  known: Readonly<Record<string, unknown>>,
  extensions: Extension[],
  take: (name: string, value: string) => void,
): void {
  for (const { name, value } of element.attributes ?? []) {
    if (Object.hasOwn(known, name)) take(name, value);
    else extensions.push({ name, text: value });
  }
}

function listOf<Item>(
  element: XmlElement,
  name: string,
  reading: XmlReading,
  path: string,
  read: (item: XmlElement, reading: XmlReading) => Item,
): Item[] {
  const items: Item[] = [];
  for (const child of elementsOf(element)) {
    if (child.name === name) items.push(read(child, within(reading, child)));
    else if (!WRAPPERS.has(child.name) || child.children.length > 0) unknown(child, reading, path);
  }
  return items;
}

function quantityOf(element: XmlElement, reading: XmlReading, path: string): QuantityElement {
  const quantity: QuantityElement = { epcClass: '' };
  for (const child of elementsOf(element)) {
    if (child.name === 'epcClass') quantity.epcClass = uriOf(child, reading);
    else if (child.name === 'uom') quantity.uom = textOf(child);
    else if (child.name !== 'quantity') unknown(child, reading, path);
    else if (!child.attributes?.some(({ name }) => name === NIL)) quantity.quantity = textOf(child);
  }
  return quantity;
}

function placeOf(element: XmlElement, reading: XmlReading, path: string): Place {
  const place: Place = { id: '' };
  const extensions: Extension[] = [];
  readChildren(element, reading, path, extensions, (child, inner) => {
    if (child.name === 'id') place.id = uriOf(child, inner);
    return child.name === 'id';
  });
  return extensions.length > 0 ? { ...place, extensions } : place;
}

function typedIdOf(element: XmlElement, reading: XmlReading): TypedId {
  const type = element.attributes?.find(({ name }) => name === 'type')?.value.trim();
  const id = uriOf(element, reading);
  return type === undefined ? { id } : { type: expandUri(reading, type), id };
}

function persistentOf(element: XmlElement, reading: XmlReading, path: string) {
  const persistent: PersistentDisposition = {};
  for (const child of elementsOf(element)) {
    if (child.name === 'set' || child.name === 'unset') {
      persistent[child.name] ??= [];
      persistent[child.name]?.push(uriOf(child, reading));
    } else unknown(child, reading, path);
  }
  return persistent;
}

function errorOf(element: XmlElement, reading: XmlReading, path: string): ErrorDeclaration {
  const error: ErrorDeclaration = { declarationTime: '' };
  const extensions: Extension[] = [];
  readChildren(element, reading, path, extensions, (child, inner) => {
    if (child.name === 'declarationTime') error.declarationTime = textOf(child);
    else if (child.name === 'reason') error.reason = uriOf(child, inner);
    else if (child.name === 'correctiveEventIDs') {
      error.correctiveEventIDs = listOf(child, 'correctiveEventID', inner, path, uriOf);
    } else return false;
    return true;
  });
  return extensions.length > 0 ? { ...error, extensions } : error;
}

const URI_KINDS = new Set(['uri', 'measurement', 'alert', 'component']);

function sensorPartOf(
  element: XmlElement,
  kinds: Readonly<Record<string, string>>,
  reading: XmlReading,
) {
  const part: Record<string, string> = {};
  const extensions: Extension[] = [];
  readAttributes(element, kinds, extensions, (name, value) => {
    const isUri = URI_KINDS.has(kinds[name] as string);
    part[name] = isUri ? expandUri(reading, value.trim()) : value.trim();
  });
  if (part.booleanValue !== undefined) {
    part.booleanValue = part.booleanValue.replace(/^1$/, 'true').replace(/^0$/, 'false');
  }
  return extensions.length > 0 ? { ...part, extensions } : part;
}

function sensorOf(element: XmlElement, reading: XmlReading, path: string): SensorElement {
  const sensor: SensorElement = { sensorReport: [] };
  const extensions: Extension[] = [];
  readChildren(element, reading, path, extensions, (child, inner) => {
    if (child.name === 'sensorMetadata') {
      sensor.sensorMetadata = sensorPartOf(child, metadataFields, inner);
    } else if (child.name === 'sensorReport') {
      sensor.sensorReport.push(sensorPartOf(child, reportFields, inner));
    } else return false;
    return true;
  });
  return extensions.length > 0 ? { ...sensor, extensions } : sensor;
}

function ilmdOf(element: XmlElement, reading: XmlReading, path: string): Extension[] {
  const extensions: Extension[] = [];
  readChildren(element, reading, path, extensions, () => false);
  return extensions;
}

type Read = (element: XmlElement, reading: XmlReading, path: string) => unknown;
const items =
  <Item>(name: string, read: (item: XmlElement, reading: XmlReading, path: string) => Item): Read =>
  (element, reading, path) =>
    listOf(element, name, reading, path, (item, inner) => read(item, inner, path));

const READERS: Readonly<Record<(typeof fieldKinds)[EventField], Read>> = {
  time: textOf,
  text: textOf,
  uri: uriOf,
  uris: (element, reading) => [uriOf(element, reading)],
  epcs: items('epc', uriOf),
  quantities: items('quantityElement', quantityOf),
  bizStep: uriOf,
  disposition: uriOf,
  persistentDisposition: persistentOf,
  place: placeOf,
  bizTransaction: items('bizTransaction', typedIdOf),
  source: items('source', typedIdOf),
  destination: items('destination', typedIdOf),
  sensors: items('sensorElement', sensorOf),
  ilmd: ilmdOf,
  error: errorOf,
};

const FIELD_SETS = new Map<string, ReadonlySet<string>>(
  Object.entries(fieldsOf).map(([type, fields]) => [type, new Set<string>(fields)]),
);
const ALL_FIELDS: ReadonlySet<string> = new Set(allFields);

/** Where XML cannot repeat what JSON may, the rest stands in an element of this name. */
export const MORE_CERTIFICATION = '{https://ref.gs1.org/epcis/}certificationInfo';

/** An event; one of a foreign namespace is an event type that somebody else defined. */
export function readXmlEvent(element: XmlElement, outer: XmlReading, path: string): EpcisEvent {
  const reading = within(outer, element);
  const type = element.name;
  const event: { [field: string]: unknown } = { type };
  const extensions: Extension[] = [];
  const fields = isEventType(type) ? FIELD_SETS.get(type) : ALL_FIELDS;
  readAttributes(element, {}, extensions, () => {});
  readChildren(element, reading, path, extensions, (child, inner) => {
    const { name } = child;
    if (name === MORE_CERTIFICATION && Array.isArray(event.certificationInfo)) {
      event.certificationInfo.push(uriOf(child, inner));
      return true;
    }
    if (!fields?.has(name)) return false;
    const at = `${path}.${name}`;
    if (event[name] !== undefined) {
      const en = `A second ${name} stands here.`;
      complain(reading, 'EPCIS-REPEATED', at, `${name} 出现了两次。`, en);
    }
    event[name] = READERS[fieldKinds[name as EventField]](child, inner, at);
    return true;
  });
  if (extensions.length > 0) event.extensions = extensions;
  return event as EpcisEvent;
}
