import { hash } from 'node:crypto';
import {
  type EpcisEvent,
  type Extension,
  metadataFields,
  type Place,
  type QuantityElement,
  reportFields,
  type SensorElement,
  type SensorReport,
  type TypedId,
  type ValueKind,
} from './event.ts';
import { canonicalIdentity } from './identity/identity.ts';
import { inMilliseconds } from './instant.ts';
import { plainDecimal } from './plain-decimal.ts';
import { type Vocabulary, webUri } from './vocabulary.ts';

/**
 * The Event Hash ID of CBV 2.0, 8.9.2: a name for an event that follows from what it says, whoever
 * wrote it down and in which binding. Left out are recordTime, eventID and errorDeclaration.
 */

/** By the bytes of UTF-8 (rule 10); UTF-16 differs from it only beyond the surrogates. */
function sorted(texts: string[]): string[] {
  if (texts.length < 2) return texts;
  if (!texts.some((text) => /[\ud800-\uffff]/.test(text))) return texts.sort();
  return texts.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/** `name=value`, or nothing where there is no value (rules 3 to 5). */
function pair(name: string, value: string | undefined): string {
  const text = value?.trim() ?? '';
  return text === '' ? '' : `${name}=${text}`;
}

/** The name of the list once, then its items in order (rule 11). */
function list(name: string, items: readonly string[] | undefined): string {
  if (items === undefined) return '';
  const found = items.filter((item) => item !== '');
  return found.length === 0 ? '' : name + sorted(found).join('');
}

const identity = (name: string, uri: string | undefined) =>
  uri === undefined ? '' : pair(name, canonicalIdentity(uri.trim()));
const time = (name: string, text: string | undefined) =>
  text === undefined ? '' : pair(name, inMilliseconds(text.trim()) ?? text);
const decimal = (name: string, text: string | undefined) =>
  text === undefined ? '' : pair(name, plainDecimal(text.trim()) ?? text);
const term = (name: string, vocabulary: Vocabulary, value: string | undefined) =>
  value === undefined ? '' : pair(name, webUri(vocabulary, value.trim()));

function epcs(name: string, uris: readonly string[] | undefined): string {
  return list(
    name,
    uris?.map((uri) => identity('epc', uri)),
  );
}

function quantities(name: string, elements: readonly QuantityElement[] | undefined): string {
  return list(
    name,
    elements?.map(({ epcClass, quantity, uom }) => {
      const inner = identity('epcClass', epcClass) + decimal('quantity', quantity);
      return `quantityElement${inner}${pair('uom', uom)}`;
    }),
  );
}

/** The type follows the value before the items are sorted (rule 13). */
function typed(
  listName: string,
  name: string,
  vocabulary: Vocabulary,
  items: readonly TypedId[] | undefined,
): string {
  return list(
    listName,
    items?.map(({ id, type }) => identity(name, id) + term('type', vocabulary, type)),
  );
}

const CBV_URN: readonly (readonly [string, Vocabulary])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'bizStep'],
  ['urn:epcglobal:cbv:disp:', 'disposition'],
  ['urn:epcglobal:cbv:btt:', 'bizTransaction'],
  ['urn:epcglobal:cbv:sdt:', 'sourceDestination'],
  ['urn:epcglobal:cbv:er:', 'errorReason'],
];

/** What stands in an extension may be a number, an identity or a term as well (rules 6, 14, 17). */
function extensionText(text: string): string {
  const number = plainDecimal(text);
  if (number !== undefined) return number;
  if (!text.includes(':')) return text;
  const found = CBV_URN.find(([prefix]) => text.startsWith(prefix));
  return found ? webUri(found[1], text) : canonicalIdentity(text);
}

/** Names with their namespaces in braces, sorted on every level (rules 19 to 21). */
function extensions(given: readonly Extension[] | undefined): string {
  if (given === undefined || given.length === 0) return '';
  return sorted(
    given.map(({ name, text, children, attributes }) => {
      const value = text?.trim() ?? '';
      const inner = [
        ...(attributes ?? []).map((one): Extension => ({ name: one.name, text: one.value })),
        ...(children ?? []),
      ];
      return `${name}${value === '' ? '' : `=${extensionText(value)}`}${extensions(inner)}`;
    }),
  ).join('');
}

function place(name: string, given: Place | undefined): string {
  if (given === undefined) return '';
  return name + identity('id', given.id) + extensions(given.extensions);
}

const BY_KIND: Readonly<Record<ValueKind, (name: string, value: string | undefined) => string>> = {
  time,
  decimal,
  uri: identity,
  text: pair,
  boolean: pair,
  hex: pair,
  measurement: (name, value) => term(name, 'measurement', value),
  alert: (name, value) => term(name, 'alert', value),
  component: (name, value) => term(name, 'component', value),
};

function sensorPart(
  name: string,
  kinds: Readonly<Record<string, ValueKind>>,
  part: SensorReport | undefined,
): string {
  if (part === undefined) return '';
  const values = part as Readonly<Record<string, string | undefined>>;
  let text = '';
  for (const field in kinds) text += BY_KIND[kinds[field] as ValueKind](field, values[field]);
  text += extensions(part.extensions);
  return text === '' ? '' : name + text;
}

function sensors(elements: readonly SensorElement[] | undefined): string {
  return list(
    'sensorElementList',
    elements?.map((element) => {
      const reports = element.sensorReport.map((one) =>
        sensorPart('sensorReport', reportFields, one),
      );
      const metadata = sensorPart('sensorMetadata', metadataFields, element.sensorMetadata);
      const inner = metadata + sorted(reports).join('') + extensions(element.extensions);
      return inner === '' ? '' : `sensorElement${inner}`;
    }),
  );
}

function persistent(given: EpcisEvent['persistentDisposition']): string {
  const values = (name: 'set' | 'unset') =>
    sorted((given?.[name] ?? []).map((value) => term(name, 'disposition', value))).join('');
  const inner = values('set') + values('unset');
  return inner === '' ? '' : `persistentDisposition${inner}`;
}

/**
 * What is hashed: every value behind its name in the order of the standard, with nothing between
 * them. The reference files place certificationInfo, which the standard's table leaves out, behind
 * the offset; so it stands here.
 */
export function prehash(event: EpcisEvent): string {
  const { bizTransactionList, sourceList, destinationList } = event;
  return [
    pair('eventType', event.type.replace(/[{}]/g, '')),
    time('eventTime', event.eventTime),
    pair('eventTimeZoneOffset', event.eventTimeZoneOffset),
    list(
      '',
      event.certificationInfo?.map((uri) => identity('certificationInfo', uri)),
    ),
    epcs('epcList', event.epcList),
    identity('parentID', event.parentID),
    epcs('inputEPCList', event.inputEPCList),
    epcs('childEPCs', event.childEPCs),
    quantities('quantityList', event.quantityList),
    quantities('childQuantityList', event.childQuantityList),
    quantities('inputQuantityList', event.inputQuantityList),
    epcs('outputEPCList', event.outputEPCList),
    quantities('outputQuantityList', event.outputQuantityList),
    pair('action', event.action),
    identity('transformationID', event.transformationID),
    term('bizStep', 'bizStep', event.bizStep),
    term('disposition', 'disposition', event.disposition),
    persistent(event.persistentDisposition),
    place('readPoint', event.readPoint),
    place('bizLocation', event.bizLocation),
    typed('bizTransactionList', 'bizTransaction', 'bizTransaction', bizTransactionList),
    typed('sourceList', 'source', 'sourceDestination', sourceList),
    typed('destinationList', 'destination', 'sourceDestination', destinationList),
    sensors(event.sensorElementList),
    event.ilmd && event.ilmd.length > 0 ? `ilmd${extensions(event.ilmd)}` : '',
    extensions(event.extensions),
  ].join('');
}

/** The hash as a named information URI (RFC 6920, in the writing that CBV 2.0 gives it). */
export function eventHash(event: EpcisEvent): string {
  return `ni:///sha-256;${hash('sha256', prehash(event), 'hex')}?ver=CBV2.0`;
}
