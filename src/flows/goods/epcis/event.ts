/**
 * One event in the form in which both bindings of EPCIS 2.0 meet. Fields have the names of the
 * standard. Nothing is translated: identities and vocabulary stand as they were written (a compact
 * URI written out), times with their offset, numbers as their digits. `canonicalIdentity` and
 * `webUri` say when two writings are one.
 */
export type EpcisEvent = EventFields & {
  /** One of `eventTypes`, or the `{namespace}local` of a type that somebody else defined. */
  type: string;
  eventTime: string;
  eventTimeZoneOffset: string;
  extensions?: Extension[];
};

export type EventFields = {
  eventTime?: string;
  recordTime?: string;
  eventTimeZoneOffset?: string;
  eventID?: string;
  errorDeclaration?: ErrorDeclaration;
  certificationInfo?: string[];
  epcList?: string[];
  parentID?: string;
  childEPCs?: string[];
  inputEPCList?: string[];
  outputEPCList?: string[];
  quantityList?: QuantityElement[];
  childQuantityList?: QuantityElement[];
  inputQuantityList?: QuantityElement[];
  outputQuantityList?: QuantityElement[];
  action?: string;
  transformationID?: string;
  bizStep?: string;
  disposition?: string;
  persistentDisposition?: PersistentDisposition;
  readPoint?: Place;
  bizLocation?: Place;
  bizTransactionList?: TypedId[];
  sourceList?: TypedId[];
  destinationList?: TypedId[];
  sensorElementList?: SensorElement[];
  ilmd?: Extension[];
};
export type EventField = keyof EventFields;

export type QuantityElement = { epcClass: string; quantity?: string; uom?: string };
export type Place = { id: string; extensions?: Extension[] };
/** A business transaction, a source or a destination with its type. */
export type TypedId = { type?: string; id: string };
export type PersistentDisposition = { set?: string[]; unset?: string[] };
export type ErrorDeclaration = {
  declarationTime: string;
  reason?: string;
  correctiveEventIDs?: string[];
  extensions?: Extension[];
};

export type SensorElement = {
  sensorMetadata?: SensorMetadata;
  sensorReport: SensorReport[];
  extensions?: Extension[];
};
export type SensorMetadata = Partial<Record<MetadataField, string>> & { extensions?: Extension[] };
export type SensorReport = Partial<Record<ReportField, string>> & { extensions?: Extension[] };
export type MetadataField = keyof typeof metadataFields;
export type ReportField = keyof typeof reportFields;

/**
 * An element that the standard does not define. `{namespace}local` names it; inside of another one
 * a name may have no namespace. A text, or children; a child without a name is text between them.
 */
export type Extension = {
  name: string;
  text?: string;
  /** The data type where one was given: `{http://www.w3.org/2001/XMLSchema}integer`. */
  type?: string;
  children?: Extension[];
  attributes?: { name: string; value: string }[];
  /** Whether JSON had it in a list of one, which says the same and is kept all the same. */
  listed?: true;
};

export const eventTypes = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
] as const;
export type EventType = (typeof eventTypes)[number];

export function isEventType(type: string): type is EventType {
  return (eventTypes as readonly string[]).includes(type);
}

/** How a value is written, and what is checked of it. */
export type ValueKind =
  | 'time'
  | 'uri'
  | 'decimal'
  | 'text'
  | 'boolean'
  | 'hex'
  | 'measurement'
  | 'alert'
  | 'component';

/** In the order of the event hash (CBV 2.0, 8.9.2), which is also that of the standard's tables. */
export const metadataFields = {
  time: 'time',
  startTime: 'time',
  endTime: 'time',
  deviceID: 'uri',
  deviceMetadata: 'uri',
  rawData: 'uri',
  dataProcessingMethod: 'uri',
  bizRules: 'uri',
} as const satisfies Record<string, ValueKind>;

/** The same; `bizRules` is in the JSON schema alone and comes last. */
export const reportFields = {
  type: 'measurement',
  exception: 'alert',
  deviceID: 'uri',
  deviceMetadata: 'uri',
  rawData: 'uri',
  dataProcessingMethod: 'uri',
  time: 'time',
  microorganism: 'uri',
  chemicalSubstance: 'uri',
  value: 'decimal',
  component: 'component',
  stringValue: 'text',
  booleanValue: 'boolean',
  hexBinaryValue: 'hex',
  uriValue: 'uri',
  minValue: 'decimal',
  maxValue: 'decimal',
  meanValue: 'decimal',
  sDev: 'decimal',
  percRank: 'decimal',
  percValue: 'decimal',
  uom: 'text',
  coordinateReferenceSystem: 'uri',
  bizRules: 'uri',
} as const satisfies Record<string, ValueKind>;

export type FieldKind =
  | 'time'
  | 'text'
  | 'uri'
  | 'uris'
  | 'epcs'
  | 'quantities'
  | 'bizStep'
  | 'disposition'
  | 'persistentDisposition'
  | 'place'
  | 'bizTransaction'
  | 'source'
  | 'destination'
  | 'sensors'
  | 'ilmd'
  | 'error';

export const fieldKinds: Readonly<Record<EventField, FieldKind>> = {
  eventTime: 'time',
  recordTime: 'time',
  eventTimeZoneOffset: 'text',
  eventID: 'uri',
  errorDeclaration: 'error',
  certificationInfo: 'uris',
  epcList: 'epcs',
  parentID: 'uri',
  childEPCs: 'epcs',
  inputEPCList: 'epcs',
  outputEPCList: 'epcs',
  quantityList: 'quantities',
  childQuantityList: 'quantities',
  inputQuantityList: 'quantities',
  outputQuantityList: 'quantities',
  action: 'text',
  transformationID: 'uri',
  bizStep: 'bizStep',
  disposition: 'disposition',
  persistentDisposition: 'persistentDisposition',
  readPoint: 'place',
  bizLocation: 'place',
  bizTransactionList: 'bizTransaction',
  sourceList: 'source',
  destinationList: 'destination',
  sensorElementList: 'sensors',
  ilmd: 'ilmd',
};

const first = 'eventTime recordTime eventTimeZoneOffset eventID errorDeclaration certificationInfo';
const where = 'bizStep disposition readPoint bizLocation';
const who = 'sourceList destinationList sensorElementList persistentDisposition';
const fields = (text: string) => `${first} ${text}`.split(' ') as EventField[];

/** The fields of each type, in the sequence of the XSD (EPCglobal-epcis-2_0.xsd). */
export const fieldsOf: Readonly<Record<EventType, readonly EventField[]>> = {
  ObjectEvent: fields(`epcList action ${where} bizTransactionList quantityList ${who} ilmd`),
  AggregationEvent: fields(
    `parentID childEPCs action ${where} bizTransactionList childQuantityList ${who}`,
  ),
  TransactionEvent: fields(
    `bizTransactionList parentID epcList action ${where} quantityList ${who}`,
  ),
  TransformationEvent: fields(
    'inputEPCList inputQuantityList outputEPCList outputQuantityList transformationID ' +
      `${where} bizTransactionList ${who} ilmd`,
  ),
  AssociationEvent: fields(
    `parentID childEPCs childQuantityList action ${where} bizTransactionList ${who}`,
  ),
};

/** Of an event of somebody else's type, every field of the standard is understood. */
export const allFields = Object.keys(fieldKinds) as EventField[];
