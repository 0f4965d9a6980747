import type { Problem, XmlElement } from '../../../kernel/index.ts';
import { EPCIS } from './namespaces.ts';

/**
 * From release 2.0 back to 1.2: the same elements, wrapped. What a release had added stood in an
 * `extension` of the one before (EPCIS 1.2, 9.1), and what 2.0 has added has no place.
 */
type Wrapping = {
  /** Elements that the 1.2 schema demands although they may be empty. */
  demanded: readonly string[];
  wrapped: readonly string[];
};

const WRAPPINGS: Readonly<Record<string, Wrapping>> = {
  ObjectEvent: {
    demanded: ['epcList'],
    wrapped: ['quantityList', 'sourceList', 'destinationList', 'ilmd'],
  },
  AggregationEvent: {
    demanded: ['childEPCs'],
    wrapped: ['childQuantityList', 'sourceList', 'destinationList'],
  },
  TransactionEvent: {
    demanded: ['epcList'],
    wrapped: ['quantityList', 'sourceList', 'destinationList'],
  },
  TransformationEvent: { demanded: [], wrapped: [] },
};

const BASE = ['eventTime', 'recordTime', 'eventTimeZoneOffset'];
const BASE_EXTENSION = ['eventID', 'errorDeclaration'];
const UNKNOWN = ['certificationInfo', 'sensorElementList', 'persistentDisposition'];

export function isOlderType(type: string): boolean {
  return Object.hasOwn(WRAPPINGS, type);
}

const wrap = (name: string, children: XmlElement[]): XmlElement[] =>
  children.length === 0 ? [] : [{ name, children }];

/** An event as 2.0 writes it, in the form of 1.2; what is left out is added to `lost`. */
export function olderEvent(event: XmlElement, lost: Problem[], path: string): XmlElement {
  const { demanded, wrapped } = WRAPPINGS[event.name] ?? { demanded: [], wrapped: [] };
  const all = event.children.filter((child) => typeof child !== 'string');
  for (const { name } of all.filter((child) => UNKNOWN.includes(child.name))) {
    const zh = `EPCIS 1.2 没有 ${name}，未写出。`;
    const en = `EPCIS 1.2 has no ${name}: it is left out.`;
    lost.push({ rule: 'EPCIS-LOST', path: `${path}.${name}`, zh, en });
  }
  const named = (names: readonly string[]) => all.filter(({ name }) => names.includes(name));
  const isUnqualified = ({ name }: XmlElement) => name.startsWith(`{${EPCIS}1}`);
  const foreign = all.filter((child) => child.name.startsWith('{') && !isUnqualified(child));
  const inner = wrap('extension', all.filter(isUnqualified).map(unqualified));
  const isTransformation = event.name === 'TransformationEvent';
  const taken = [...BASE, ...BASE_EXTENSION, ...UNKNOWN, ...wrapped];
  const own = all.filter(({ name }) => !name.startsWith('{') && !taken.includes(name));
  const children = [
    ...named(BASE),
    ...wrap('baseExtension', named(BASE_EXTENSION)),
    ...withDemanded(own, demanded),
    ...(isTransformation ? inner : wrap('extension', [...named(wrapped), ...inner])),
    ...foreign,
  ];
  const older: XmlElement = { ...event, children };
  return isTransformation ? { name: 'extension', children: [older] } : older;
}

/** Puts an empty list where the schema of 1.2 demands one: before the action. */
function withDemanded(own: readonly XmlElement[], demanded: readonly string[]): XmlElement[] {
  const missing = demanded.filter((name) => !own.some((child) => child.name === name));
  const at = own.findIndex(({ name }) => name === 'action');
  const empty = missing.map((name): XmlElement => ({ name, children: [] }));
  return [...own.slice(0, Math.max(at, 0)), ...empty, ...own.slice(Math.max(at, 0))];
}

function unqualified({ tag: _, ...element }: XmlElement): XmlElement {
  return { ...element, name: element.name.replace(`{${EPCIS}1}`, '') };
}
