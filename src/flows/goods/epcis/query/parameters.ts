import type { EventField } from '../event.ts';
import { type EpcPattern, epcPattern, placeOfPattern } from '../identity/epc-pattern.ts';
import { canonicalIdentity } from '../identity/identity.ts';
import { isInstant } from '../instant.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { expandUri, extensionName } from '../reading.ts';
import { bareWord, type Vocabulary, webUri } from '../vocabulary.ts';
import type {
  Area,
  Comparison,
  Condition,
  InstantField,
  Operand,
  SensorNumber,
  SensorText,
  ValueField,
} from './condition.ts';
import {
  type Asking,
  checkFlag,
  eventTypeList,
  type Given,
  instantOf,
  listOf,
  numberOf,
  uriList,
} from './given.ts';

/** The names of the query language (EPCIS 2.0, 8.2.7.1; query-schema.json), and what each asks. */
type Parameter = (given: Given, asking: Asking) => Condition | undefined;

const words =
  (of: ValueField, vocabulary: Vocabulary): Parameter =>
  (given, asking) => {
    const values = listOf(given, asking, 'text').map((written) => {
      const value = expandUri(asking, written);
      if (!value.includes(':') && bareWord(vocabulary, value) === undefined) {
        const en = `"${value}" is no term of the standard; a value of your own is a URI.`;
        asking.fail(given.name, `标准词汇中没有“${value}”。`, en);
      }
      return webUri(vocabulary, value);
    });
    return { name: given.name, on: 'value', of, values };
  };

const uris =
  (of: ValueField): Parameter =>
  (given, asking) => {
    const values = uriList(given, asking).map(canonicalIdentity);
    return { name: given.name, on: 'value', of, values };
  };

const texts =
  (of: ValueField): Parameter =>
  (given, asking) => ({ name: given.name, on: 'value', of, values: listOf(given, asking, 'text') });

const instant =
  (of: InstantField, compare: 'GE' | 'LT'): Parameter =>
  (given, asking) => {
    return { name: given.name, on: 'instant', of, compare, value: instantOf(given, asking) };
  };

const place =
  (of: 'readPoint' | 'bizLocation', below: boolean): Parameter =>
  (given, asking) => {
    const values = uriList(given, asking).map(canonicalIdentity);
    return { name: given.name, on: 'place', of, values, below };
  };

const match =
  (...of: EventField[]): Parameter =>
  (given, asking) => {
    const patterns: EpcPattern[] = [];
    const uris = uriList(given, asking);
    for (const uri of uris) {
      const pattern = epcPattern(uri);
      if (pattern.ok) patterns.push(pattern.value);
      else asking.fail(given.name, pattern.reason.zh, pattern.reason.en);
    }
    return { name: given.name, on: 'match', of, patterns, places: uris.map(placeOfPattern) };
  };

/** A class is looked for by its own identity: a lot is not its product, nor a product its lots. */
const matchClass =
  (...of: EventField[]): Parameter =>
  (given, asking) => {
    const wanted = new Set(uriList(given, asking).map(canonicalIdentity));
    const patterns = [(canonical: string) => wanted.has(canonical)];
    const places = [...wanted].map((item) => ({ item, isWhole: true }));
    return { name: given.name, on: 'match', of, patterns, places };
  };

const numbers = (given: Given, asking: Asking, compare: Comparison): readonly string[] =>
  compare === 'EQ' ? listOf(given, asking, 'number') : [numberOf(given, asking)];

const exists =
  (of: 'errorDeclaration' | 'sensorElementList'): Parameter =>
  (given, asking) => {
    checkFlag(given, asking);
    return { name: given.name, on: 'exists', of };
  };

const action: Parameter = (given, asking) => {
  const values = listOf(given, asking, 'text');
  for (const value of values.filter((one) => !['ADD', 'OBSERVE', 'DELETE'].includes(one))) {
    const en = `An action is ADD, OBSERVE or DELETE, not ${value}.`;
    asking.fail(given.name, 'action 应为 ADD、OBSERVE 或 DELETE。', en);
  }
  return { name: given.name, on: 'value', of: 'action', values };
};

const boolean: Parameter = (given, asking) => {
  const [value = ''] = given.values;
  const isKind = given.kind === 'url' || given.kind === 'boolean';
  if (!isKind || !/^(true|false)$/.test(value)) {
    asking.fail(given.name, '应为 true 或 false。', 'Here goes true or false.');
  }
  return { name: given.name, on: 'value', of: 'booleanValue', values: [value] };
};

const percRank =
  (compare: Comparison): Parameter =>
  (given, asking) => {
    const values = [numberOf(given, asking)];
    return { name: given.name, on: 'sensor', of: 'percRank', compare, values };
  };

const quantity =
  (compare: Comparison): Parameter =>
  (given, asking) => ({
    name: given.name,
    on: 'quantity',
    compare,
    values: numbers(given, asking, compare),
  });

const sensorUris: readonly SensorText[] = [
  'deviceID',
  'dataProcessingMethod',
  'microorganism',
  'chemicalSubstance',
  'bizRules',
  'uriValue',
];

const FIXED: ReadonlyMap<string, Parameter> = new Map<string, Parameter>([
  [
    'eventType',
    (given, asking) => {
      return { name: given.name, on: 'value', of: 'type', values: eventTypeList(given, asking) };
    },
  ],
  ...(['eventTime', 'recordTime', 'time', 'startTime', 'endTime'] as const).flatMap((of) =>
    (['GE', 'LT'] as const).map((compare): [string, Parameter] => {
      return [`${compare}_${of}`, instant(of, compare)];
    }),
  ),
  // The schema and the OpenAPI write these two differently, and TCR-53 the third.
  ...['errorDeclaration_Time', 'errorDeclarationTime'].flatMap((written) =>
    (['GE', 'LT'] as const).map((compare): [string, Parameter] => {
      return [`${compare}_${written}`, instant('declarationTime', compare)];
    }),
  ),
  ['EXISTS_sensorElementList', exists('sensorElementList')],
  ['EXISTS_sensorElement', exists('sensorElementList')],
  ['EXISTS_errorDeclaration', exists('errorDeclaration')],
  ['EQ_action', action],
  ['EQ_bizStep', words('bizStep', 'bizStep')],
  ['EQ_disposition', words('disposition', 'disposition')],
  ['EQ_persistentDisposition_set', words('set', 'disposition')],
  ['EQ_persistentDisposition_unset', words('unset', 'disposition')],
  ['EQ_errorReason', words('errorReason', 'errorReason')],
  ['EQ_type', words('reportType', 'measurement')],
  ['EQ_readPoint', place('readPoint', false)],
  ['WD_readPoint', place('readPoint', true)],
  ['EQ_bizLocation', place('bizLocation', false)],
  ['WD_bizLocation', place('bizLocation', true)],
  ['EQ_transformationID', uris('transformationID')],
  ['EQ_eventID', uris('eventID')],
  ['EQ_correctiveEventID', uris('correctiveEventID')],
  ['MATCH_epc', match('epcList', 'childEPCs')],
  ['MATCH_parentID', match('parentID')],
  ['MATCH_inputEPC', match('inputEPCList')],
  ['MATCH_outputEPC', match('outputEPCList')],
  ['MATCH_anyEPC', match('epcList', 'childEPCs', 'parentID', 'inputEPCList', 'outputEPCList')],
  ['MATCH_epcClass', matchClass('quantityList', 'childQuantityList')],
  ['MATCH_inputEPCClass', matchClass('inputQuantityList')],
  ['MATCH_outputEPCClass', matchClass('outputQuantityList')],
  [
    'MATCH_anyEPCClass',
    matchClass('quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'),
  ],
  ...(['EQ', 'GT', 'GE', 'LT', 'LE'] as const).map((compare): [string, Parameter] => {
    return [`${compare}_quantity`, quantity(compare)];
  }),
  ...(['GT', 'GE', 'LT', 'LE'] as const).map((compare): [string, Parameter] => {
    return [`${compare}_percRank`, percRank(compare)];
  }),
  ...sensorUris.map((of): [string, Parameter] => [`EQ_${of}`, uris(of)]),
  ['EQ_stringValue', texts('stringValue')],
  ['EQ_hexBinaryValue', texts('hexBinaryValue')],
  ['EQ_booleanValue', boolean],
]);

const TYPED = /^EQ_(bizTransaction|source|destination)_([a-z][a-zA-Z0-9_]+)$/;
const MEASURED =
  /^(EQ|GT|GE|LT|LE)_(quantity|value|minValue|maxValue|meanValue|sDev|percValue)_([A-Z0-9]{2,4})$/;
const FIELD = '([a-z][a-zA-Z0-9]*:\\w+)';
const EXTENSION = new RegExp(
  '^(EQ|GT|GE|LT|LE)_(INNER_)?' +
    `(ILMD_|ERROR_DECLARATION_|SENSORELEMENT_|SENSORMETADATA_|SENSORREPORT_)?${FIELD}$`,
);
const PLACE_EXTENSION = new RegExp(`^EQ_(INNER_)?(readPoint|bizLocation)_${FIELD}$`);
const EXISTING = new RegExp(`^EXISTS_(INNER_)?(ILMD_|ERROR_DECLARATION_)?${FIELD}$`);
const SENSOR_EXISTING = new RegExp(
  `^EXISTS_(SENSORELEMENT_|SENSORMETADATA_|SENSORREPORT_)${FIELD}$`,
);
// The schema has extensions alone; EPCIS 1.2, 8.2.7.1, names the standard's own fields as well.
const HAS_ATTRIBUTE = new RegExp(
  `^HASATTR_(?:(readPoint|bizLocation|bizStep|disposition)|${FIELD})$`,
);
const ATTRIBUTE = /^EQ_ATTR_(\w+)_([^_\W]+)$/;

const AREAS: Readonly<Record<string, Area>> = {
  ILMD_: 'ilmd',
  ERROR_DECLARATION_: 'errorDeclaration',
  SENSORELEMENT_: 'sensorElement',
  SENSORMETADATA_: 'sensorMetadata',
  SENSORREPORT_: 'sensorReport',
};
const areaOf = (written: string | undefined): Area => AREAS[written ?? ''] ?? 'event';

/** The condition that a parameter sets; a QueryParameterException for a name that nobody knows. */
export function parameterOf(given: Given, asking: Asking): Condition | undefined {
  const fixed = FIXED.get(given.name);
  if (fixed) return fixed(given, asking);
  return (
    typedOf(given, asking) ??
    measuredOf(given, asking) ??
    extensionOf(given, asking) ??
    attributeOf(given, asking) ??
    unknown(given, asking)
  );
}

function unknown({ name }: Given, asking: Asking): undefined {
  // A name whose fault has been said already needs no second one.
  if (asking.problems.some(({ path }) => path === name)) return undefined;
  return asking.fail(name, `没有查询参数“${name}”。`, `There is no query parameter "${name}".`);
}

function typedOf(given: Given, asking: Asking): Condition | undefined {
  const [, list, written] = TYPED.exec(given.name) ?? [];
  if (list === undefined || written === undefined) return undefined;
  const of = `${list}List` as 'bizTransactionList' | 'sourceList' | 'destinationList';
  const vocabulary = list === 'bizTransaction' ? 'bizTransaction' : 'sourceDestination';
  const values = uriList(given, asking).map(canonicalIdentity);
  return { name: given.name, on: 'typed', of, type: webUri(vocabulary, written), values };
}

function measuredOf(given: Given, asking: Asking): Condition | undefined {
  const [, compare, of, unit] = MEASURED.exec(given.name) ?? [];
  if (compare === undefined || of === undefined) return undefined;
  // The schema asks for equality of a value and a quantity alone: of a mean it means little.
  if (compare === 'EQ' && of !== 'value' && of !== 'quantity') return undefined;
  const values = numbers(given, asking, compare as Comparison);
  const rest = { name: given.name, compare: compare as Comparison, values, unit };
  return of === 'quantity'
    ? { on: 'quantity', ...rest }
    : { on: 'sensor', of: of as SensorNumber, ...rest };
}

function fieldOf(written: string, given: Given, asking: Asking): string | undefined {
  const field = extensionName(asking, written);
  if (field !== undefined) return field;
  const prefix = written.slice(0, written.indexOf(':'));
  const en = `The prefix "${prefix}" is declared nowhere.`;
  return asking.fail(given.name, `前缀“${prefix}”没有声明。`, en);
}

function extensionOf(given: Given, asking: Asking): Condition | undefined {
  const { name } = given;
  const [, inPlace, of, placeField] = PLACE_EXTENSION.exec(name) ?? [];
  const [, compare = 'EQ', inner = inPlace, area, plainField] = EXTENSION.exec(name) ?? [];
  const written = plainField ?? placeField;
  if (written !== undefined) {
    const field = fieldOf(written, given, asking);
    const operand = operandOf(given, asking, compare as Comparison);
    if (field === undefined || operand === undefined) return undefined;
    const where = (of as Area | undefined) ?? areaOf(area);
    const rest = { area: where, inner: inner !== undefined, field, operand };
    return { name, on: 'extension', compare: compare as Comparison, ...rest };
  }
  const [, innerOnly, plainArea, existing] = EXISTING.exec(name) ?? [];
  const [, sensorArea, sensorField] = SENSOR_EXISTING.exec(name) ?? [];
  const found = existing ?? sensorField;
  const field = found === undefined ? undefined : fieldOf(found, given, asking);
  if (field === undefined) return undefined;
  checkFlag(given, asking);
  const isInner = innerOnly !== undefined;
  return {
    name,
    on: 'extensionExists',
    area: areaOf(plainArea ?? sensorArea),
    inner: isInner,
    field,
  };
}

/** Texts, a number or a time; a URL does not say which, and the value tells. */
function operandOf(given: Given, asking: Asking, compare: Comparison): Operand | undefined {
  const { kind, values, name } = given;
  const [value = ''] = values;
  const isSingle = values.length === 1;
  const isNumber = isSingle && plainDecimal(value) !== undefined;
  if (kind === 'number' || (kind === 'url' && isNumber)) return { kind: 'number', value };
  const isText = kind === 'url' || kind === 'text';
  if (isText && isSingle && isInstant(value)) return { kind: 'time', value };
  if (compare === 'EQ' && kind !== 'text') {
    return { kind: 'text', values: listOf(given, asking, 'text') };
  }
  const en = 'Here goes a number or a time with its offset.';
  return asking.fail(name, '应为数字或带时区的时间。', en);
}

/** Attributes of master data: those of the vocabulary element that a field names (8.2.7.1). */
function attributeOf(given: Given, asking: Asking): Condition | undefined {
  const { name } = given;
  const [, ours, theirs] = HAS_ATTRIBUTE.exec(name) ?? [];
  if (ours !== undefined || theirs !== undefined) {
    const field = ours ?? fieldOf(theirs ?? '', given, asking);
    if (field === undefined) return undefined;
    const attributes = listOf(given, asking, 'text');
    return { name, on: 'masterData', field, attributes, operand: null };
  }
  const [, field, attribute] = ATTRIBUTE.exec(name) ?? [];
  if (field === undefined || attribute === undefined) return undefined;
  const operand = operandOf(given, asking, 'EQ');
  return operand && { name, on: 'masterData', field, attributes: [attribute], operand };
}
