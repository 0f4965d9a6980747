import { type ExactJson, type ExactObject, WrittenNumber } from '../../../kernel/index.ts';
import { isObject } from './context.ts';
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
  type ValueKind,
} from './event.ts';
import { readExtensions } from './json-extensions.ts';
import { complain, expandUri, extensionName, type Reading } from './reading.ts';

/**
 * An event from JSON-LD. Only the structure is judged here (what is a list, a number, an object,
 * and which members there may be); `checkEvent` judges the values, whichever binding they came in.
 */

function wrongKind(reading: Reading, path: string, zh: string, en: string): undefined {
  complain(reading, 'EPCIS-STRUCTURE', path, `此处应为${zh}。`, `Here goes ${en}.`);
  return undefined;
}

function textIn(value: ExactJson, reading: Reading, path: string): string | undefined {
  return typeof value === 'string' ? value : wrongKind(reading, path, '文字', 'a text');
}

function uriIn(value: ExactJson, reading: Reading, path: string): string | undefined {
  return typeof value === 'string'
    ? expandUri(reading, value)
    : wrongKind(reading, path, ' URI 文字', 'a URI, as text');
}

const CBV_URI = /^(?:urn:epcglobal:cbv:(?!bt:)|https?:\/\/ns\.gs1\.org\/cbv\/)/;
const GS1_URI = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;

/** JSON has bare words for the values of the standard, and URIs for others (published schema). */
function termIn(value: ExactJson, reading: Reading, path: string, own = CBV_URI) {
  if (typeof value === 'string' && own.test(value)) {
    const word = value.slice(Math.max(value.lastIndexOf(':'), value.lastIndexOf('/')) + 1);
    const short = word.slice(word.indexOf('-') + 1);
    const zh = `JSON 中标准词汇写成单词：“${short}”。`;
    complain(reading, 'EPCIS-TERM', path, zh, `In JSON this is a bare word: "${short}".`);
  }
  return uriIn(value, reading, path);
}

function listIn<Item>(
  value: ExactJson,
  reading: Reading,
  path: string,
  read: (item: ExactJson, reading: Reading, path: string) => Item | undefined,
): Item[] | undefined {
  if (!Array.isArray(value)) return wrongKind(reading, path, '列表 [ … ]', 'a list, [ … ]');
  const items: Item[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const item = read(value[at] as ExactJson, reading, `${path}[${at}]`);
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** A list of identities: the hot path, so that a path is built for what is wrong alone. */
function epcsIn(value: ExactJson, reading: Reading, path: string): string[] | undefined {
  if (!Array.isArray(value)) return wrongKind(reading, path, '列表 [ … ]', 'a list, [ … ]');
  return value.map((one, at) =>
    typeof one === 'string'
      ? expandUri(reading, one)
      : (uriIn(one, reading, `${path}[${at}]`) ?? ''),
  );
}

/** An object whose members are handed out one by one. */
function membersIn(
  value: ExactJson,
  reading: Reading,
  path: string,
  take: (member: string, value: ExactJson, path: string) => void,
): boolean {
  if (!isObject(value)) return wrongKind(reading, path, '对象 { … }', 'an object, { … }') ?? false;
  for (const member in value) {
    take(member, value[member] as ExactJson, `${path}.${member}`);
  }
  return true;
}

function required(found: boolean, name: string, reading: Reading, path: string): boolean {
  if (found) return true;
  complain(reading, 'EPCIS-REQUIRED', path, `缺少必填的 ${name}。`, `The ${name} is missing.`);
  return false;
}

function unknown(reading: Reading, path: string): void {
  const en = 'This member is not defined here, and no extension may stand here.';
  complain(reading, 'EPCIS-UNKNOWN', path, '此处没有这个字段，也不能扩展。', en);
}

function decimalIn(value: ExactJson, reading: Reading, path: string): string | undefined {
  return value instanceof WrittenNumber
    ? value.digits
    : wrongKind(reading, path, '数字，不加引号', 'a number, without quotes');
}

function quantityIn(value: ExactJson, reading: Reading, path: string) {
  const quantity: Partial<QuantityElement> = {};
  const isRead = membersIn(value, reading, path, (member, one, at) => {
    if (member === 'epcClass') set(quantity, 'epcClass', uriIn(one, reading, at));
    else if (member === 'quantity') set(quantity, 'quantity', decimalIn(one, reading, at));
    else if (member === 'uom') set(quantity, 'uom', textIn(one, reading, at));
    else unknown(reading, at);
  });
  if (!isRead || !required('epcClass' in quantity, 'epcClass', reading, path)) return undefined;
  return quantity as QuantityElement;
}

function set<Value, Name extends keyof Value>(
  object: Value,
  name: Name,
  value: Value[Name] | undefined,
): void {
  if (value !== undefined) object[name] = value;
}

function placeIn(value: ExactJson, reading: Reading, path: string): Place | undefined {
  const place: Partial<Place> = {};
  const extensions: Extension[] = [];
  const isRead = membersIn(value, reading, path, (member, one, at) => {
    if (member === 'id') set(place, 'id', uriIn(one, reading, at));
    else readExtensions(member, one, reading, at, extensions);
  });
  if (!isRead || !required('id' in place, 'id', reading, path)) return undefined;
  if (extensions.length > 0) place.extensions = extensions;
  return place as Place;
}

function typedIdIn(name: string) {
  return (value: ExactJson, reading: Reading, path: string): TypedId | undefined => {
    const typed: Partial<TypedId> = {};
    const isRead = membersIn(value, reading, path, (member, one, at) => {
      if (member === 'type') set(typed, 'type', termIn(one, reading, at));
      else if (member === name) set(typed, 'id', uriIn(one, reading, at));
      else unknown(reading, at);
    });
    if (!isRead || !required('id' in typed, name, reading, path)) return undefined;
    return typed as TypedId;
  };
}

function persistentIn(value: ExactJson, reading: Reading, path: string) {
  const persistent: PersistentDisposition = {};
  const isRead = membersIn(value, reading, path, (member, one, at) => {
    if (member === 'set' || member === 'unset') {
      set(persistent, member, listIn(one, reading, at, termIn));
    } else unknown(reading, at);
  });
  return isRead ? persistent : undefined;
}

function errorIn(value: ExactJson, reading: Reading, path: string): ErrorDeclaration | undefined {
  const error: Partial<ErrorDeclaration> = {};
  const extensions: Extension[] = [];
  const isRead = membersIn(value, reading, path, (member, one, at) => {
    if (member === 'declarationTime') set(error, member, textIn(one, reading, at));
    else if (member === 'reason') set(error, member, termIn(one, reading, at));
    else if (member === 'correctiveEventIDs') set(error, member, listIn(one, reading, at, uriIn));
    else readExtensions(member, one, reading, at, extensions);
  });
  const isWhole = 'declarationTime' in error;
  if (!isRead || !required(isWhole, 'declarationTime', reading, path)) return undefined;
  if (extensions.length > 0) error.extensions = extensions;
  return error as ErrorDeclaration;
}

function valueIn(kind: ValueKind, value: ExactJson, reading: Reading, path: string) {
  if (kind === 'decimal') return decimalIn(value, reading, path);
  if (kind === 'boolean') {
    if (typeof value === 'boolean') return String(value);
    return wrongKind(reading, path, ' true 或 false', 'true or false');
  }
  if (kind === 'measurement' || kind === 'alert') return termIn(value, reading, path, GS1_URI);
  if (kind === 'component') return termIn(value, reading, path);
  return kind === 'uri' ? uriIn(value, reading, path) : textIn(value, reading, path);
}

function sensorPartIn(kinds: Readonly<Record<string, ValueKind>>) {
  return (value: ExactJson, reading: Reading, path: string) => {
    const part: { [field: string]: string | undefined } = {};
    const extensions: Extension[] = [];
    const isRead = membersIn(value, reading, path, (member, one, at) => {
      const kind = Object.hasOwn(kinds, member) ? kinds[member] : undefined;
      if (kind === undefined) readExtensions(member, one, reading, at, extensions);
      else set(part, member, valueIn(kind, one, reading, at));
    });
    if (!isRead) return undefined;
    return extensions.length > 0 ? { ...part, extensions } : part;
  };
}

const metadataIn = sensorPartIn(metadataFields);
const anyReportIn = sensorPartIn(reportFields);

/** The XSD leaves the type of a report open, the JSON schema does not. */
function reportIn(value: ExactJson, reading: Reading, path: string) {
  const report = anyReportIn(value, reading, path);
  if (report) required('type' in report, 'type', reading, path);
  return report;
}

function sensorIn(value: ExactJson, reading: Reading, path: string): SensorElement | undefined {
  const element: Partial<SensorElement> = {};
  const extensions: Extension[] = [];
  const isRead = membersIn(value, reading, path, (member, one, at) => {
    if (member === 'sensorMetadata') set(element, member, metadataIn(one, reading, at));
    else if (member === 'sensorReport') set(element, member, listIn(one, reading, at, reportIn));
    else readExtensions(member, one, reading, at, extensions);
  });
  const isWhole = element.sensorReport !== undefined;
  if (!isRead || !required(isWhole, 'sensorReport', reading, path)) return undefined;
  if (extensions.length > 0) element.extensions = extensions;
  return element as SensorElement;
}

function ilmdIn(value: ExactJson, reading: Reading, path: string): Extension[] | undefined {
  const extensions: Extension[] = [];
  const isRead = membersIn(value, reading, path, (member, one, at) =>
    readExtensions(member, one, reading, at, extensions),
  );
  return isRead ? extensions : undefined;
}

type Read = (value: ExactJson, reading: Reading, path: string) => unknown;
const listOf =
  <Item>(read: (value: ExactJson, reading: Reading, path: string) => Item | undefined): Read =>
  (value, reading, path) =>
    listIn(value, reading, path, read);

const READERS: Readonly<Record<(typeof fieldKinds)[EventField], Read>> = {
  time: textIn,
  text: textIn,
  uri: uriIn,
  uris: (value, reading, path) =>
    Array.isArray(value) ? epcsIn(value, reading, path) : epcsIn([value], reading, path),
  epcs: epcsIn,
  quantities: listOf(quantityIn),
  bizStep: termIn,
  disposition: termIn,
  persistentDisposition: persistentIn,
  place: placeIn,
  bizTransaction: listOf(typedIdIn('bizTransaction')),
  source: listOf(typedIdIn('source')),
  destination: listOf(typedIdIn('destination')),
  sensors: listOf(sensorIn),
  ilmd: ilmdIn,
  error: errorIn,
};

const FIELD_SETS = new Map<string, ReadonlySet<string>>(
  Object.entries(fieldsOf).map(([type, fields]) => [type, new Set<string>(fields)]),
);
const ALL_FIELDS: ReadonlySet<string> = new Set(allFields);

/** The type of an event: a name of the standard, or `{namespace}local` for somebody else's. */
function typeIn(written: ExactObject, reading: Reading, path: string): string | undefined {
  const { type } = written;
  if (typeof type !== 'string') {
    required(false, 'type', reading, path);
    return undefined;
  }
  if (isEventType(type)) return type;
  const name = extensionName(reading, type);
  if (name !== undefined) return name;
  const zh = `没有“${type}”这种事件。`;
  complain(reading, 'EPCIS-TYPE', `${path}.type`, zh, `There is no event type "${type}".`);
  return undefined;
}

/** Undefined where it is no event at all; otherwise what could be read, with the problems found. */
export function readJsonEvent(
  written: ExactJson,
  reading: Reading,
  path: string,
): EpcisEvent | undefined {
  if (!isObject(written)) return wrongKind(reading, path, '对象 { … }', 'an object, { … }');
  const type = typeIn(written, reading, path);
  if (type === undefined) return undefined;
  const event: { [field: string]: unknown } = { type };
  const fields = FIELD_SETS.get(type) ?? ALL_FIELDS;
  const extensions: Extension[] = [];
  for (const member in written) {
    if (member === 'type' || member === '@context') continue;
    const value = written[member] as ExactJson;
    if (fields.has(member)) {
      const read = READERS[fieldKinds[member as EventField]];
      const found = read(value, reading, `${path}.${member}`);
      if (found !== undefined) event[member] = found;
    } else readExtensions(member, value, reading, `${path}.${member}`, extensions);
  }
  if (extensions.length > 0) event.extensions = extensions;
  return event as EpcisEvent;
}
