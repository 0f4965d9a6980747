import type { EventField } from '../event.ts';
import type { EpcPattern, EpcPlace } from '../identity/epc-pattern.ts';

export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

/** Where an extension is looked for. */
export type Area =
  | 'event'
  | 'ilmd'
  | 'errorDeclaration'
  | 'readPoint'
  | 'bizLocation'
  | 'sensorElement'
  | 'sensorMetadata'
  | 'sensorReport';

/** What an extension is held against: texts (any of them), a number or an instant. */
export type Operand =
  | { kind: 'text'; values: readonly string[] }
  | { kind: 'number'; value: string }
  | { kind: 'time'; value: string };

export type InstantField =
  | 'eventTime'
  | 'recordTime'
  | 'declarationTime'
  | 'time'
  | 'startTime'
  | 'endTime';

/** Fields that hold one of some values; both sides are compared in their canonical writing. */
export type ValueField =
  | 'type'
  | 'action'
  | 'bizStep'
  | 'disposition'
  | 'set'
  | 'unset'
  | 'transformationID'
  | 'eventID'
  | 'errorReason'
  | 'correctiveEventID'
  | SensorText;
export type SensorText =
  | 'reportType'
  | 'deviceID'
  | 'dataProcessingMethod'
  | 'microorganism'
  | 'chemicalSubstance'
  | 'bizRules'
  | 'stringValue'
  | 'booleanValue'
  | 'hexBinaryValue'
  | 'uriValue';

export type SensorNumber =
  | 'value'
  | 'minValue'
  | 'maxValue'
  | 'meanValue'
  | 'sDev'
  | 'percValue'
  | 'percRank';

/** One parameter of a query; all of a query's conditions must hold of an event. */
export type Condition = { name: string } & (
  | { on: 'value'; of: ValueField; values: readonly string[] }
  | { on: 'instant'; of: InstantField; compare: 'GE' | 'LT'; value: string }
  | { on: 'place'; of: 'readPoint' | 'bizLocation'; values: readonly string[]; below: boolean }
  | {
      on: 'typed';
      of: 'bizTransactionList' | 'sourceList' | 'destinationList';
      type: string;
      values: readonly string[];
    }
  | {
      on: 'match';
      of: readonly EventField[];
      patterns: readonly EpcPattern[];
      /** Where an index finds them, pattern by pattern. */
      places: readonly EpcPlace[];
    }
  | { on: 'quantity'; compare: Comparison; values: readonly string[]; unit?: string | undefined }
  | {
      on: 'sensor';
      of: SensorNumber;
      compare: Comparison;
      values: readonly string[];
      unit?: string | undefined;
    }
  | { on: 'exists'; of: 'errorDeclaration' | 'sensorElementList' }
  | {
      on: 'extension';
      area: Area;
      inner: boolean;
      field: string;
      compare: Comparison;
      operand: Operand;
    }
  | { on: 'extensionExists'; area: Area; inner: boolean; field: string }
  /**
   * A field that names a vocabulary element with master data. It is the standard's, or an extension
   * by its whole name (`{namespace}local`) or its local one. Null where any value will do.
   */
  | { on: 'masterData'; field: string; attributes: readonly string[]; operand: Operand | null }
  /** The same, once the names of vocabulary elements are known whose master data fit. */
  | { on: 'element'; field: string; values: readonly string[] }
);

/** The standard's fields of which `HASATTR_` and `EQ_ATTR_` may ask. */
export const isPlaceField = (field: string): field is 'readPoint' | 'bizLocation' =>
  field === 'readPoint' || field === 'bizLocation';
export const isWordField = (field: string): field is 'bizStep' | 'disposition' =>
  field === 'bizStep' || field === 'disposition';

export type EventQuery = {
  conditions: readonly Condition[];
  /** A field's name, or `{namespace}local` of an extension. */
  orderBy?: string;
  orderDirection: 'ASC' | 'DESC';
  /** At most so many events, the first in the order; never beside `maxEventCount`. */
  eventCountLimit?: number;
  /** More events than this are a QueryTooLargeException. */
  maxEventCount?: number;
};
