import type { EpcisEvent, EventField, Extension, SensorElement, TypedId } from '../event.ts';
import { canonicalIdentity } from '../identity/identity.ts';
import { isAfter } from '../instant.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { webUri } from '../vocabulary.ts';
import {
  type Area,
  type Comparison,
  type Condition,
  type EventQuery,
  type InstantField,
  isPlaceField,
  isWordField,
  type Operand,
  type ValueField,
} from './condition.ts';
import { compareMeasures, type MeasuredKind } from './measures.ts';

/** What a query needs to know beside the event. */
export type Surroundings = {
  /** When the repository recorded the event, where the event itself does not say. */
  recordTime?: string;
  /** Whether a place is one of some, or lies within one of them by the master data. */
  isWithin?: (place: string, places: readonly string[]) => boolean;
};

/** Whether an event is one that a query asks for: every condition holds of it. */
export function matches(
  event: EpcisEvent,
  query: Pick<EventQuery, 'conditions'>,
  surroundings: Surroundings = {},
): boolean {
  return query.conditions.every((condition) => holds(condition, event, surroundings));
}

function holds(condition: Condition, event: EpcisEvent, surroundings: Surroundings): boolean {
  switch (condition.on) {
    case 'value': {
      const { values, of } = condition;
      return valuesOf(event, of).some((value) => values.includes(value));
    }
    case 'instant': {
      const { value, compare, of } = condition;
      return instantsOf(event, of, surroundings).some(
        (instant) => isAfter(value, instant) === (compare === 'LT'),
      );
    }
    case 'place':
      return isAt(condition, event, surroundings);
    case 'typed': {
      const { values, type, of } = condition;
      return (event[of] ?? []).some((one) => isTyped(one, type, of, values));
    }
    case 'match': {
      const identities = condition.of.flatMap((field) => identitiesOf(event, field));
      return identities.some((one) => condition.patterns.some((pattern) => pattern(one)));
    }
    case 'quantity':
      return isMeasured(condition, quantitiesOf(event, condition.unit !== undefined));
    case 'sensor': {
      // How far values scatter is a difference of two of them.
      const kind = condition.of === 'sDev' ? 'difference' : 'value';
      return isMeasured(condition, sensorValuesOf(event, condition.of), kind);
    }
    case 'exists':
      return event[condition.of] !== undefined;
    case 'extension': {
      const { compare, operand } = condition;
      return found(condition, event).some(({ text = '' }) => compares(text, compare, operand));
    }
    case 'extensionExists':
      return found(condition, event).length > 0;
    case 'masterData':
      // Nobody has looked up which elements have it (`withMasterData`).
      return false;
    case 'element':
      return elementsIn(event, condition.field).some((one) => condition.values.includes(one));
  }
}

/** What a field names, in the canonical writing. */
function elementsIn(event: EpcisEvent, field: string): string[] {
  if (isPlaceField(field)) {
    return present(event[field]?.id).map(canonicalIdentity);
  }
  if (isWordField(field)) return valuesOf(event, field);
  return (event.extensions ?? [])
    .filter(({ name }) => name === field || localOf(name) === field)
    .flatMap(({ text }) => present(text?.trim()).map(canonicalIdentity));
}

const localOf = (name: string) => name.slice(name.lastIndexOf('}') + 1);
const present = (...values: (string | undefined)[]) => values.filter((one) => one !== undefined);

/** Metadata and reports of all sensors, as the parts that say something of a device. */
function partsOf(event: EpcisEvent) {
  return (event.sensorElementList ?? []).flatMap(({ sensorMetadata, sensorReport }) =>
    sensorMetadata ? [sensorMetadata, ...sensorReport] : sensorReport,
  );
}

const reportsOf = (event: EpcisEvent) =>
  (event.sensorElementList ?? []).flatMap(({ sensorReport }) => sensorReport);

function valuesOf(event: EpcisEvent, of: ValueField): string[] {
  switch (of) {
    case 'type':
    case 'action':
      return present(event[of]);
    case 'bizStep':
    case 'disposition':
      return present(event[of]).map((value) => webUri(of, value));
    case 'set':
    case 'unset':
      return (event.persistentDisposition?.[of] ?? []).map((one) => webUri('disposition', one));
    case 'transformationID':
    case 'eventID':
      return present(event[of]).map(canonicalIdentity);
    case 'errorReason':
      return present(event.errorDeclaration?.reason).map((one) => webUri('errorReason', one));
    case 'correctiveEventID':
      return (event.errorDeclaration?.correctiveEventIDs ?? []).map(canonicalIdentity);
    case 'reportType':
      return reportsOf(event).flatMap(({ type }) =>
        present(type).map((one) => webUri('measurement', one)),
      );
    case 'stringValue':
    case 'booleanValue':
    case 'hexBinaryValue':
      return reportsOf(event).flatMap((report) => present(report[of]));
    default:
      return partsOf(event).flatMap((part) =>
        present((part as Partial<Record<typeof of, string>>)[of]).map(canonicalIdentity),
      );
  }
}

function instantsOf(event: EpcisEvent, of: InstantField, around: Surroundings): string[] {
  if (of === 'eventTime') return [event.eventTime];
  if (of === 'recordTime') return present(event.recordTime ?? around.recordTime);
  if (of === 'declarationTime') return present(event.errorDeclaration?.declarationTime);
  return partsOf(event).flatMap((part) =>
    present((part as Partial<Record<typeof of, string>>)[of]),
  );
}

function isAt(
  { of, values, below }: Extract<Condition, { on: 'place' }>,
  event: EpcisEvent,
  { isWithin }: Surroundings,
): boolean {
  const id = event[of]?.id;
  if (id === undefined) return false;
  const place = canonicalIdentity(id);
  return values.includes(place) || (below && isWithin?.(place, values) === true);
}

function isTyped(one: TypedId, type: string, of: string, values: readonly string[]): boolean {
  const vocabulary = of === 'bizTransactionList' ? 'bizTransaction' : 'sourceDestination';
  const isType = one.type !== undefined && webUri(vocabulary, one.type) === type;
  return isType && values.includes(canonicalIdentity(one.id));
}

function identitiesOf(event: EpcisEvent, field: EventField): string[] {
  const value = event[field];
  if (typeof value === 'string') return [canonicalIdentity(value)];
  if (!Array.isArray(value)) return [];
  return (value as (string | { epcClass: string })[]).map((one) =>
    canonicalIdentity(typeof one === 'string' ? one : one.epcClass),
  );
}

type Measured = { value: string; unit?: string | undefined };

/** Asked for without a unit, the number counts alone (OpenAPI of the binding, EQ_quantity). */
function quantitiesOf(event: EpcisEvent, hasUnit: boolean): Measured[] {
  const { quantityList, childQuantityList, inputQuantityList, outputQuantityList } = event;
  return [quantityList, childQuantityList, inputQuantityList, outputQuantityList].flatMap((list) =>
    (list ?? []).flatMap(({ quantity, uom }) =>
      quantity === undefined ? [] : [{ value: quantity, unit: hasUnit ? uom : undefined }],
    ),
  );
}

function sensorValuesOf(event: EpcisEvent, of: Extract<Condition, { on: 'sensor' }>['of']) {
  return reportsOf(event).flatMap((report): Measured[] => {
    const value = report[of];
    if (value === undefined) return [];
    return [{ value, unit: of === 'percRank' ? undefined : report.uom }];
  });
}

function isMeasured(
  {
    compare,
    values,
    unit,
  }: { compare: Comparison; values: readonly string[]; unit?: string | undefined },
  measured: readonly Measured[],
  kind: MeasuredKind = 'value',
): boolean {
  return measured.some((one) =>
    values.some((value) => isSo(compareMeasures(one, { value, unit }, kind), compare)),
  );
}

function isSo(order: number | undefined, compare: Comparison): boolean {
  if (order === undefined) return false;
  if (compare === 'EQ') return order === 0;
  if (compare === 'GT') return order > 0;
  if (compare === 'GE') return order >= 0;
  return compare === 'LT' ? order < 0 : order <= 0;
}

/** Whether a text is what a parameter asks for: one of some texts, a number, or a time. */
export function compares(written: string, compare: Comparison, operand: Operand): boolean {
  const text = written.trim();
  if (operand.kind === 'text') {
    return operand.values.includes(text) || operand.values.includes(canonicalIdentity(text));
  }
  if (operand.kind === 'number') {
    if (plainDecimal(text) === undefined) return false;
    return isSo(compareMeasures({ value: text }, { value: operand.value }), compare);
  }
  const isLater = isAfter(text, operand.value);
  const isEarlier = isAfter(operand.value, text);
  const isInstant = isLater || isEarlier || isAfterOrSame(text, operand.value);
  return isInstant && isSo(isLater ? 1 : isEarlier ? -1 : 0, compare);
}

/** Two instants of which none is behind the other are one, unless the text is no instant at all. */
function isAfterOrSame(text: string, instant: string): boolean {
  return isAfter(text, '0001-01-01T00:00:00Z') && !isAfter(instant, text);
}

/**
 * The extensions of one name in an area: at its top, or nested in one of these at any depth, but
 * not at the top itself (EPCIS 2.0, 8.2.7.1, EQ_INNER_fieldname).
 */
function found(
  { area, inner, field }: { area: Area; inner: boolean; field: string },
  event: EpcisEvent,
): Extension[] {
  const top = extensionsIn(area, event);
  const isNamed = ({ name }: Extension) => name === field;
  return inner ? [...nestedIn(top)].filter(isNamed) : top.filter(isNamed);
}

function* nestedIn(extensions: readonly Extension[]): Generator<Extension> {
  for (const { children = [] } of extensions) {
    yield* children;
    yield* nestedIn(children);
  }
}

function extensionsIn(area: Area, event: EpcisEvent): Extension[] {
  const sensors: readonly SensorElement[] = event.sensorElementList ?? [];
  switch (area) {
    case 'event':
      return event.extensions ?? [];
    case 'ilmd':
      return event.ilmd ?? [];
    case 'errorDeclaration':
    case 'readPoint':
    case 'bizLocation':
      return event[area]?.extensions ?? [];
    case 'sensorElement':
      return sensors.flatMap(({ extensions }) => extensions ?? []);
    case 'sensorMetadata':
      return sensors.flatMap(({ sensorMetadata }) => sensorMetadata?.extensions ?? []);
    case 'sensorReport':
      return reportsOf(event).flatMap(({ extensions }) => extensions ?? []);
  }
}
