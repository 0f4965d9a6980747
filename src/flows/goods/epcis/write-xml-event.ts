import type { Problem, XmlAttribute, XmlElement, XmlNode } from '../../../kernel/index.ts';
import {
  allFields,
  type EpcisEvent,
  type EventField,
  type Extension,
  fieldKinds,
  fieldsOf,
  isEventType,
  metadataFields,
  type QuantityElement,
  reportFields,
  type SensorElement,
  type SensorReport,
  type TypedId,
  type ValueKind,
} from './event.ts';
import type { Prefixes } from './prefixes.ts';
import { MORE_CERTIFICATION } from './read-xml-event.ts';
import { type CbvFormat, type Vocabulary, xmlTerm } from './vocabulary.ts';
import { attributeOf, extensionElement, tagOf } from './xml-extensions.ts';

/** How a document is being written: its prefixes, its vocabulary, and what XML could not say. */
export type XmlWriting = {
  release: '2.0' | '1.2';
  prefixes: Prefixes;
  cbv: CbvFormat;
  lost: Problem[];
};

function element(name: string, children: XmlNode[], attributes: XmlAttribute[] = []): XmlElement {
  return { name, children, ...(attributes.length > 0 ? { attributes } : {}) };
}

const leaf = (name: string, text: string) => element(name, [text]);
const term = (vocabulary: Vocabulary, value: string, { cbv }: XmlWriting) =>
  xmlTerm(vocabulary, value, cbv);

function rest(extensions: readonly Extension[] | undefined, { prefixes }: XmlWriting) {
  return (extensions ?? []).map((one) => extensionElement(one, prefixes));
}

function quantityElement({ epcClass, quantity, uom }: QuantityElement): XmlElement {
  return element('quantityElement', [
    leaf('epcClass', epcClass),
    ...(quantity === undefined ? [] : [leaf('quantity', quantity)]),
    ...(uom === undefined ? [] : [leaf('uom', uom)]),
  ]);
}

function typedElement(name: string, vocabulary: Vocabulary, writing: XmlWriting) {
  return ({ type, id }: TypedId): XmlElement => {
    const value = type === undefined ? undefined : term(vocabulary, type, writing);
    return element(name, [id], value === undefined ? [] : [{ name: 'type', value }]);
  };
}

/** Sensor data are attributes in XML: an extension of them is one text, or cannot be said. */
function extensionAttributes(
  extensions: readonly Extension[] | undefined,
  writing: XmlWriting,
  path: string,
): XmlAttribute[] {
  const attributes = new Map<string, XmlAttribute>();
  for (const { name, text, children, type } of extensions ?? []) {
    if (children !== undefined || attributes.has(name)) {
      const zh = 'XML 的传感器属性只能是一个文字值，此扩展无法写出。';
      const en =
        'Sensor data are attributes in XML: this extension is no single text, and is left.';
      writing.lost.push({ rule: 'EPCIS-LOST', path: `${path}.${name}`, zh, en });
      continue;
    }
    if (type !== undefined) {
      const en = 'An attribute of XML has no data type: the value is written as text.';
      const zh = 'XML 属性没有数据类型，值按文字写出。';
      writing.lost.push({ rule: 'EPCIS-LOST', path: `${path}.${name}`, zh, en });
    }
    attributes.set(name, attributeOf(name, text ?? '', writing.prefixes));
  }
  return [...attributes.values()];
}

function sensorPart(
  name: 'sensorMetadata' | 'sensorReport',
  kinds: Readonly<Record<string, ValueKind>>,
  part: SensorReport,
  writing: XmlWriting,
  path: string,
): XmlElement {
  const values = part as Readonly<Record<string, string | undefined>>;
  const attributes: XmlAttribute[] = [];
  for (const [field, kind] of Object.entries(kinds)) {
    const value = values[field];
    if (value === undefined) continue;
    const isTerm = kind === 'measurement' || kind === 'alert' || kind === 'component';
    attributes.push({ name: field, value: isTerm ? term(kind, value, writing) : value });
  }
  const more = extensionAttributes(part.extensions, writing, `${path}.${name}`);
  return element(name, [], [...attributes, ...more]);
}

function sensorElement(sensor: SensorElement, writing: XmlWriting, path: string): XmlElement {
  const { sensorMetadata, sensorReport, extensions } = sensor;
  return element('sensorElement', [
    ...(sensorMetadata
      ? [sensorPart('sensorMetadata', metadataFields, sensorMetadata, writing, path)]
      : []),
    ...sensorReport.map((one) => sensorPart('sensorReport', reportFields, one, writing, path)),
    ...rest(extensions, writing),
  ]);
}

function errorElement(error: NonNullable<EpcisEvent['errorDeclaration']>, writing: XmlWriting) {
  const { declarationTime, reason, correctiveEventIDs, extensions } = error;
  return element('errorDeclaration', [
    leaf('declarationTime', declarationTime),
    ...(reason === undefined ? [] : [leaf('reason', term('errorReason', reason, writing))]),
    ...(correctiveEventIDs === undefined
      ? []
      : [
          element(
            'correctiveEventIDs',
            correctiveEventIDs.map((id) => leaf('correctiveEventID', id)),
          ),
        ]),
    ...rest(extensions, writing),
  ]);
}

function persistentElement(given: NonNullable<EpcisEvent['persistentDisposition']>, w: XmlWriting) {
  const values = (name: 'set' | 'unset') =>
    (given[name] ?? []).map((value) => leaf(name, term('disposition', value, w)));
  return element('persistentDisposition', [...values('unset'), ...values('set')]);
}

function fieldElement(event: EpcisEvent, field: EventField, writing: XmlWriting, path: string) {
  const value = event[field] as never;
  const kind = fieldKinds[field];
  switch (kind) {
    case 'uris':
      return leaf(field, (value as string[])[0] ?? '');
    case 'epcs':
      return element(
        field,
        (value as string[]).map((epc) => leaf('epc', epc)),
      );
    case 'quantities':
      return element(field, (value as QuantityElement[]).map(quantityElement));
    case 'bizStep':
    case 'disposition':
      return leaf(field, term(kind, value, writing));
    case 'persistentDisposition':
      return persistentElement(value, writing);
    case 'place': {
      const { id, extensions } = value as NonNullable<EpcisEvent['readPoint']>;
      return element(field, [leaf('id', id), ...rest(extensions, writing)]);
    }
    case 'bizTransaction':
      return element(field, (value as TypedId[]).map(typedElement(kind, kind, writing)));
    case 'source':
    case 'destination':
      return element(
        field,
        (value as TypedId[]).map(typedElement(kind, 'sourceDestination', writing)),
      );
    case 'sensors':
      return element(
        field,
        (value as SensorElement[]).map((one, at) =>
          sensorElement(one, writing, `${path}.${field}[${at}]`),
        ),
      );
    case 'ilmd':
      return element(field, rest(value, writing));
    case 'error':
      return errorElement(value, writing);
    default:
      return leaf(field, value);
  }
}

/** The element of an event, its fields in the sequence of the XSD. */
export function eventElement(event: EpcisEvent, writing: XmlWriting, path: string): XmlElement {
  const children: XmlElement[] = [];
  for (const field of isEventType(event.type) ? fieldsOf[event.type] : allFields) {
    if (event[field] !== undefined) children.push(fieldElement(event, field, writing, path));
  }
  for (const uri of event.certificationInfo?.slice(1) ?? []) {
    const more = { name: MORE_CERTIFICATION, text: uri };
    children.push(extensionElement(more, writing.prefixes));
  }
  // No push of all at once: an event may have more extensions than a call takes arguments.
  const whole = element(event.type, [...children, ...rest(event.extensions, writing)]);
  if (isEventType(event.type)) return whole;
  return { ...whole, tag: tagOf(event.type, writing.prefixes) };
}
