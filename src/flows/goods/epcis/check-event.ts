import type { Problem } from '../../../kernel/index.ts';
import {
  type EpcisEvent,
  type EventField,
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
import { readIdentity, URI_CHARS } from './identity/identity.ts';
import { checkIdentity } from './identity/keys.ts';
import { inMilliseconds, isAfter, isInstant } from './instant.ts';
import { plainDecimal } from './plain-decimal.ts';
import { complain } from './reading.ts';
import { bareWord, type Vocabulary } from './vocabulary.ts';

/**
 * The rules of EPCIS 2.0 (sections 7.3 and 7.4) on an event that has been read, in whichever
 * binding: first those that the published schemas also know, then those that only the text has.
 */
type Checking = { problems: Problem[]; path: string };

function broken({ problems, path }: Checking, at: string, rule: string, zh: string, en: string) {
  complain({ problems }, rule, `${path}.${at}`, zh, en);
}

// RFC 3986: a scheme, and no character that a URI must percent-encode.
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/;
const OFFSET = /^[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)$/;
const UNIT = /^[A-Z0-9]{2,3}$/;

export const isUri = (text: string): boolean => text.length <= URI_CHARS && URI.test(text);

function checkUri(checking: Checking, at: string, uri: string): void {
  if (isUri(uri)) return;
  const zh = `应为 URI：带协议名，空格等字符须作百分号编码，至多${URI_CHARS}字符。`;
  const en = `Here goes a URI: a scheme, blanks percent-encoded, at most ${URI_CHARS} characters.`;
  broken(checking, at, 'EPCIS-URI', zh, en);
}

/** An identity of GS1 keys must be well-formed, with the check digit that belongs to it. */
function checkEpc(checking: Checking, at: string, uri: string): void {
  checkUri(checking, at, uri);
  const identity = readIdentity(uri);
  if (identity === undefined) return;
  const fault = identity.ok ? checkIdentity(identity.value) : identity.reason;
  if (fault) broken(checking, at, 'GS1-KEY', fault.zh, fault.en);
}

function checkTime(checking: Checking, at: string, text: string): void {
  if (isInstant(text)) return;
  const zh = '应为带时区的时间，如 2026-11-26T09:30:00.000+08:00。';
  const en = 'Here goes a time with its offset, such as 2026-11-26T09:30:00.000+08:00.';
  broken(checking, at, 'EPCIS-TIME', zh, en);
}

function checkDecimal(checking: Checking, at: string, text: string): void {
  if (plainDecimal(text) !== undefined) return;
  const en = 'Here goes a number, of at most 400 digits when written out.';
  broken(checking, at, 'EPCIS-NUMBER', '应为数字，写开后至多400位。', en);
}

function checkTerm(checking: Checking, at: string, vocabulary: Vocabulary, value: string): void {
  if (value.includes(':')) checkUri(checking, at, value);
  else if (bareWord(vocabulary, value) === undefined) {
    const zh = `标准词汇中没有“${value}”；自定义的值写成 URI。`;
    const en = `"${value}" is no term of the standard; a value of your own is a URI.`;
    broken(checking, at, 'CBV-TERM', zh, en);
  }
}

function checkValue(checking: Checking, at: string, kind: ValueKind, value: string): void {
  if (kind === 'time') checkTime(checking, at, value);
  else if (kind === 'uri') checkUri(checking, at, value);
  else if (kind === 'decimal') checkDecimal(checking, at, value);
  else if (kind === 'measurement' || kind === 'alert' || kind === 'component') {
    checkTerm(checking, at, kind, value);
  } else if (kind === 'hex' && !/^[0-9A-Fa-f]+$/.test(value)) {
    broken(checking, at, 'EPCIS-HEX', '应为十六进制数字。', 'Here go hexadecimal digits.');
  } else if (kind === 'boolean' && !/^(true|false)$/.test(value)) {
    broken(checking, at, 'EPCIS-BOOLEAN', '应为 true 或 false。', 'Here goes true or false.');
  }
}

function checkQuantity(checking: Checking, at: string, element: QuantityElement): void {
  checkEpc(checking, `${at}.epcClass`, element.epcClass);
  const { quantity, uom } = element;
  if (quantity !== undefined) checkDecimal(checking, `${at}.quantity`, quantity);
  if (uom === undefined || UNIT.test(uom)) return;
  const zh = '计量单位应为 UN/ECE 第20号建议书的2或3位代码。';
  const en = 'A unit is a code of UN/ECE Recommendation 20, two or three characters.';
  broken(checking, `${at}.uom`, 'EPCIS-UNIT', zh, en);
}

function checkTyped(
  checking: Checking,
  at: string,
  vocabulary: Vocabulary,
  { type, id }: TypedId,
  isTypeRequired: boolean,
): void {
  checkUri(checking, at, id);
  if (type !== undefined) checkTerm(checking, `${at}.type`, vocabulary, type);
  else if (isTypeRequired) missing(checking, `${at}.type`, 'type');
}

function missing(checking: Checking, at: string, name: string): void {
  broken(checking, at, 'EPCIS-REQUIRED', `缺少必填的 ${name}。`, `The ${name} is missing.`);
}

function checkError(checking: Checking, at: string, event: EpcisEvent): void {
  const error = event.errorDeclaration;
  if (error === undefined) return;
  checkTime(checking, `${at}.declarationTime`, error.declarationTime);
  if (error.reason !== undefined) {
    checkTerm(checking, `${at}.reason`, 'errorReason', error.reason);
  }
  for (const [index, id] of (error.correctiveEventIDs ?? []).entries()) {
    checkUri(checking, `${at}.correctiveEventIDs[${index}]`, id);
  }
}

function checkPersistent(checking: Checking, at: string, event: EpcisEvent): void {
  const given = event.persistentDisposition ?? {};
  if (given.set === undefined && given.unset === undefined) {
    const en = 'A persistent disposition is set or unset: one of the two lists is needed.';
    broken(checking, at, 'EPCIS-REQUIRED', '应有 set 或 unset 之一。', en);
  }
  for (const name of ['set', 'unset'] as const) {
    const values = given[name];
    if (values === undefined) continue;
    for (const [index, value] of values.entries()) {
      checkTerm(checking, `${at}.${name}[${index}]`, 'disposition', value);
    }
    checkNotEmpty(checking, `${at}.${name}`, values);
    checkDistinct(checking, `${at}.${name}`, values);
  }
}

function checkNotEmpty(checking: Checking, at: string, list: readonly unknown[]): void {
  if (list.length > 0) return;
  broken(checking, at, 'EPCIS-EMPTY', '列表不能为空。', 'This list may not be empty.');
}

function checkDistinct(checking: Checking, at: string, values: readonly string[]): void {
  const seen = new Set<string>();
  const repeated = values.find((value) => seen.size === seen.add(value).size);
  if (repeated === undefined) return;
  const en = `${repeated} stands here more than once.`;
  broken(checking, at, 'EPCIS-DISTINCT', `${repeated} 重复出现。`, en);
}

/** What a sensor's device is may be said for all reports or for each, not for both. */
const INLINE = [
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
] as const;

function checkSensor(checking: Checking, at: string, sensor: SensorElement, event: EpcisEvent) {
  const { sensorMetadata, sensorReport } = sensor;
  checkNotEmpty(checking, `${at}.sensorReport`, sensorReport);
  if (sensorMetadata) {
    const where = `${at}.sensorMetadata`;
    checkSensorPart(checking, where, metadataFields, sensorMetadata, event);
  }
  for (const [index, report] of sensorReport.entries()) {
    const where = `${at}.sensorReport[${index}]`;
    checkSensorPart(checking, where, reportFields, report, event);
    for (const field of INLINE) {
      if (sensorMetadata?.[field] === undefined || report[field] === undefined) continue;
      const zh = `${field} 已在 sensorMetadata 中给出，不能在 sensorReport 中再给。`;
      const en = `${field} stands in sensorMetadata already: give it there or here, not in both.`;
      broken(checking, `${where}.${field}`, 'EPCIS-INLINE', zh, en);
    }
  }
}

/** Nothing can have been measured behind the event that reports it (conformance M122). */
function checkSensorPart(
  checking: Checking,
  at: string,
  kinds: Readonly<Record<string, ValueKind>>,
  part: SensorReport,
  event: EpcisEvent,
): void {
  const values = part as Readonly<Record<string, string | undefined>>;
  for (const field in kinds) {
    const value = values[field];
    if (value === undefined) continue;
    const kind = kinds[field] as ValueKind;
    checkValue(checking, `${at}.${field}`, kind, value);
    if (kind !== 'time' || !isAfter(value, event.eventTime)) continue;
    const en = 'The time of a measurement may not lie behind the eventTime.';
    broken(checking, `${at}.${field}`, 'EPCIS-SENSOR-TIME', '测量时间不能晚于事件时间。', en);
  }
  const { startTime, endTime } = values;
  if (startTime !== undefined && endTime !== undefined && isAfter(startTime, endTime)) {
    const en = 'The startTime lies behind the endTime.';
    broken(checking, `${at}.startTime`, 'EPCIS-SENSOR-TIME', 'startTime 晚于 endTime。', en);
  }
}

function checkField(checking: Checking, field: EventField, event: EpcisEvent): void {
  const value = event[field] as never;
  const kind = fieldKinds[field];
  if (kind === 'time') checkTime(checking, field, value);
  else if (kind === 'uri') {
    if (field === 'parentID') checkEpc(checking, field, value);
    else checkUri(checking, field, value);
  } else if (kind === 'bizStep' || kind === 'disposition') checkTerm(checking, field, kind, value);
  else if (kind === 'persistentDisposition') checkPersistent(checking, field, event);
  else if (kind === 'error') checkError(checking, field, event);
  else if (kind === 'place') checkEpc(checking, `${field}.id`, (value as { id: string }).id);
  else if (Array.isArray(value)) checkItems(checking, field, value, event);
}

function checkItems(
  checking: Checking,
  field: EventField,
  items: readonly unknown[],
  event: EpcisEvent,
): void {
  const kind = fieldKinds[field];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at] as never;
    if (kind === 'epcs') {
      if (isFaultless(item)) continue;
      checkEpc(checking, `${field}[${at}]`, item);
    } else if (kind === 'uris') checkUri(checking, `${field}[${at}]`, item);
    else if (kind === 'quantities') checkQuantity(checking, `${field}[${at}]`, item);
    else if (kind === 'sensors') checkSensor(checking, `${field}[${at}]`, item, event);
    else if (kind === 'bizTransaction') checkTyped(checking, `${field}[${at}]`, kind, item, false);
    else if (kind === 'source' || kind === 'destination') {
      checkTyped(checking, `${field}[${at}]`, 'sourceDestination', item, true);
    }
  }
  if (field === 'epcList') checkDistinct(checking, field, items as string[]);
}

/** The hot path: thousands of identities, nearly all in order, need no path of their own. */
function isFaultless(uri: string): boolean {
  if (!isUri(uri)) return false;
  const identity = readIdentity(uri);
  if (identity === undefined) return true;
  return identity.ok && checkIdentity(identity.value) === undefined;
}

const ACTIONS = ['ADD', 'OBSERVE', 'DELETE'];

/** No calendar has a year 0, and rounding must not lead past the year 9999. */
function checkYear(checking: Checking, eventTime: string): void {
  const inUtc = inMilliseconds(eventTime);
  if (inUtc === undefined || (/^\d{4}-/.test(inUtc) && !inUtc.startsWith('0000'))) return;
  const en = 'An event happens between the years 1 and 9999, in UTC.';
  broken(checking, 'eventTime', 'EPCIS-TIME', '事件时间应在公元1年至9999年之间（UTC）。', en);
}

function checkHead(checking: Checking, event: EpcisEvent): void {
  const { type, action, eventTimeZoneOffset } = event;
  if (event.eventTime === undefined) missing(checking, 'eventTime', 'eventTime');
  else checkYear(checking, event.eventTime);
  if (eventTimeZoneOffset === undefined) {
    missing(checking, 'eventTimeZoneOffset', 'eventTimeZoneOffset');
  } else if (!OFFSET.test(eventTimeZoneOffset)) {
    const zh = '时区偏移应写成 +08:00 的形式，在 ±14:00 之内。';
    const en = 'An offset is written like +08:00 and lies within ±14:00.';
    broken(checking, 'eventTimeZoneOffset', 'EPCIS-OFFSET', zh, en);
  }
  if (action !== undefined && !ACTIONS.includes(action)) {
    const en = 'The action is ADD, OBSERVE or DELETE.';
    broken(checking, 'action', 'EPCIS-ACTION', 'action 应为 ADD、OBSERVE 或 DELETE。', en);
  } else if (action === undefined && isEventType(type) && fieldsOf[type].includes('action')) {
    missing(checking, 'action', 'action');
  }
}

const has = (list: readonly unknown[] | undefined) => list !== undefined && list.length > 0;

function checkObject(checking: Checking, event: EpcisEvent): void {
  const { epcList, quantityList, sensorElementList, readPoint, action, ilmd } = event;
  const isOfPlace = has(sensorElementList) && readPoint !== undefined;
  if (epcList === undefined && !has(quantityList) && !isOfPlace) {
    const zh = '应有 epcList 或 quantityList，或者传感器数据与 readPoint。';
    const en = 'An epcList, a quantityList, or sensor data with a readPoint is needed.';
    broken(checking, 'epcList', 'EPCIS-WHAT', zh, en);
  }
  if (ilmd === undefined || action === 'ADD') return;
  const en = 'Only an event with the action ADD may carry ilmd.';
  broken(checking, 'ilmd', 'EPCIS-ILMD', '只有 action 为 ADD 的事件才能带 ilmd。', en);
}

/** Aggregation and association: what is joined to what. */
function checkContainment(checking: Checking, event: EpcisEvent): void {
  const { type, action, parentID, childEPCs, childQuantityList } = event;
  const isJoining = type === 'AssociationEvent' || action === 'ADD' || action === 'DELETE';
  if (parentID === undefined && isJoining) {
    const zh = `${type} 的 action 为 ${action ?? '—'} 时必须给出 parentID。`;
    const en = `A ${type} with the action ${action ?? '—'} needs a parentID.`;
    broken(checking, 'parentID', 'EPCIS-PARENT', zh, en);
  }
  if (action === 'DELETE' || has(childEPCs) || has(childQuantityList)) return;
  const zh = `action 为 ${action ?? '—'} 时必须给出 childEPCs 或 childQuantityList。`;
  const en = `With the action ${action ?? '—'}, childEPCs or a childQuantityList is needed.`;
  broken(checking, 'childEPCs', 'EPCIS-CHILDREN', zh, en);
}

function checkTransaction(checking: Checking, event: EpcisEvent): void {
  const { bizTransactionList, epcList, quantityList, action } = event;
  if (!has(bizTransactionList)) missing(checking, 'bizTransactionList', 'bizTransactionList');
  if (action === 'DELETE' || epcList !== undefined || has(quantityList)) return;
  const en = `With the action ${action ?? '—'}, an epcList or a quantityList is needed.`;
  const zh = `action 为 ${action ?? '—'} 时必须给出 epcList 或 quantityList。`;
  broken(checking, 'epcList', 'EPCIS-WHAT', zh, en);
}

function checkTransformation(checking: Checking, event: EpcisEvent): void {
  const hasInput = has(event.inputEPCList) || has(event.inputQuantityList);
  const hasOutput = has(event.outputEPCList) || has(event.outputQuantityList);
  const isSplit = event.transformationID !== undefined;
  if (isSplit ? hasInput || hasOutput : hasInput && hasOutput) return;
  const zh = '应有输入与输出；只有给出 transformationID 时才可只有其一。';
  const en = 'Inputs and outputs are needed; one of them does only with a transformationID.';
  broken(checking, hasInput ? 'outputEPCList' : 'inputEPCList', 'EPCIS-WHAT', zh, en);
}

const BY_TYPE: Readonly<Record<string, (checking: Checking, event: EpcisEvent) => void>> = {
  ObjectEvent: checkObject,
  AggregationEvent: checkContainment,
  AssociationEvent: checkContainment,
  TransactionEvent: checkTransaction,
  TransformationEvent: checkTransformation,
};

/** What is wrong with an event, each with its place below `path`; at most 200 in `problems`. */
export function checkEvent(event: EpcisEvent, path: string, problems: Problem[]): void {
  const checking: Checking = { problems, path };
  checkHead(checking, event);
  for (const field in event) {
    if (Object.hasOwn(fieldKinds, field)) checkField(checking, field as EventField, event);
  }
  BY_TYPE[event.type]?.(checking, event);
}
