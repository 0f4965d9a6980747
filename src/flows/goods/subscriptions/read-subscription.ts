import {
  type ExactJson,
  limits,
  mayCall,
  type Problem,
  readExactJson,
  type Tx,
  WrittenNumber,
} from '../../../kernel/index.ts';
import { isObject } from '../epcis/context.ts';
import type { EpcFormat } from '../epcis/identity/identity.ts';
import { inMilliseconds } from '../epcis/instant.ts';
import type { EventQuery } from '../epcis/query/condition.ts';
import { fault } from '../faults.ts';
import { isProblem, readSchedule } from './query-schedule.ts';
import type { NewSubscription } from './subscriptions.ts';

type Complain = (path: string, zh: string, en: string) => null;

const KNOWN = [
  'dest',
  'signatureToken',
  // What the published schema requires and nowhere defines: whoever follows it means the token.
  'secret',
  'initialRecordTime',
  'reportIfEmpty',
  'stream',
  'schedule',
  'queryName',
];

/**
 * A subscription as a client asks for it (REST binding, QueryScheduleSubscription and
 * QueryStreamSubscription). @throws goods.subscription_invalid with all that is wrong
 */
export function readSubscription(
  tx: Pick<Tx, 'call_rules'>,
  bytes: Uint8Array,
  epc_format: EpcFormat,
): NewSubscription {
  const { value, problem } = readExactJson(new TextDecoder().decode(bytes));
  if (problem || value === undefined) {
    throw fault('goods.subscription_invalid', { count: 1 }, problem ? [problem] : []);
  }
  return subscriptionIn(tx, value, epc_format);
}

/** The same in JSON that was read. @throws goods.subscription_invalid with all that is wrong */
export function subscriptionIn(
  tx: Pick<Tx, 'call_rules'>,
  value: ExactJson,
  epc_format: EpcFormat,
): NewSubscription {
  const problems: Problem[] = [];
  const complain: Complain = (path, zh, en) => {
    problems.push({ rule: 'SubscriptionControlsException', path, zh, en });
    return null;
  };
  const given: Readonly<Record<string, ExactJson>> = isObject(value) ? value : {};
  if (!isObject(value)) complain('', '订阅应为 JSON 对象。', 'A subscription is a JSON object.');
  for (const name of Object.keys(given)) {
    if (!KNOWN.includes(name)) complain(name, '没有这个字段。', 'There is no such field.');
  }
  const controls = controlsIn(given, complain);
  const dest = destIn(tx, given.dest, complain);
  const signature_token = tokenIn(given.signatureToken ?? given.secret, complain);
  if (problems.length > 0 || dest === null) {
    throw fault('goods.subscription_invalid', { count: problems.length }, problems);
  }
  return { dest, signature_token, ...controls, epc_format };
}

const SCHEDULE = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'];

/**
 * The same controls as a client gives them that listens: in its URL, the fields of a schedule
 * beside the others (REST binding, `/queries/{queryName}/events`).
 * @throws goods.subscription_invalid
 */
export function readListening(
  query: readonly (readonly [name: string, value: string])[],
  epc_format: EpcFormat,
): NewSubscription {
  const problems: Problem[] = [];
  const complain: Complain = (path, zh, en) => {
    problems.push({ rule: 'SubscriptionControlsException', path, zh, en });
    return null;
  };
  const given: Record<string, ExactJson> = {};
  const schedule: Record<string, ExactJson> = {};
  for (const [name, value] of query) {
    const into = SCHEDULE.includes(name) ? schedule : given;
    const known = into === schedule || CONTROLS.includes(name);
    if (!known) complain(name, '没有这个参数。', 'There is no such parameter.');
    else if (name in into) complain(name, '参数重复。', 'This is given twice.');
    else into[name] = value === 'true' ? true : value === 'false' ? false : value;
  }
  if (Object.keys(schedule).length > 0) given.schedule = schedule;
  const controls = controlsIn(given, complain);
  if (problems.length > 0) {
    throw fault('goods.subscription_invalid', { count: problems.length }, problems);
  }
  return { dest: null, signature_token: null, ...controls, epc_format };
}

const CONTROLS = ['stream', 'initialRecordTime', 'reportIfEmpty'];

/** When and from when on it is asked, and whether it says so when there is nothing. */
function controlsIn(given: Readonly<Record<string, ExactJson>>, complain: Complain) {
  const schedule = scheduleIn(given, complain);
  const report_if_empty = given.reportIfEmpty ?? false;
  if (typeof report_if_empty !== 'boolean') {
    complain('reportIfEmpty', '应为 true 或 false。', 'Here goes true or false.');
  } else if (report_if_empty && given.stream === true) {
    const en = 'A stream has no run that could be empty.';
    complain('reportIfEmpty', '只有按时间表的订阅才有空结果。', en);
  }
  const initial_record_time = timeIn(given.initialRecordTime, complain);
  return { schedule, report_if_empty: report_if_empty === true, initial_record_time };
}

/** When it is to be asked; null is a stream. */
function scheduleIn(
  { stream, schedule }: Readonly<Record<string, ExactJson>>,
  complain: Complain,
): NewSubscription['schedule'] {
  if (stream !== undefined && typeof stream !== 'boolean') {
    return complain('stream', '应为 true 或 false。', 'Here goes true or false.');
  }
  if (stream === true && schedule !== undefined) {
    const en = 'A subscription is a stream or has a schedule, not both.';
    return complain('stream', 'stream 与 schedule 只能选其一。', en);
  }
  if (stream === true) return null;
  if (schedule === undefined) {
    const en = 'Say "stream": true, or give a schedule.';
    return complain('stream', '请写 "stream": true，或给出 schedule。', en);
  }
  if (!isObject(schedule)) {
    return complain('schedule', '应为 JSON 对象。', 'Here goes a JSON object.');
  }
  const fields = Object.fromEntries(
    Object.entries(schedule).map(([name, one]) => [
      name,
      one instanceof WrittenNumber ? one.digits : one,
    ]),
  );
  const read = readSchedule(fields);
  if (!isProblem(read)) return fields as Record<string, string>;
  const path = read.field === null ? 'schedule' : `schedule.${read.field}`;
  return complain(path, read.zh, read.en);
}

function destIn(
  { call_rules }: Pick<Tx, 'call_rules'>,
  dest: ExactJson | undefined,
  complain: Complain,
): string | null {
  const isUrl =
    typeof dest === 'string' && dest.length <= limits.webhook_url_chars && URL.canParse(dest);
  if (!isUrl) {
    const most = limits.webhook_url_chars;
    const en = `Here goes a URL of ${most} characters at most.`;
    return complain('dest', `应为不超过 ${most} 个字符的网址。`, en);
  }
  if (mayCall(new URL(dest), call_rules)) return dest;
  const ports = call_rules.ports.join(', ');
  return complain(
    'dest',
    `只能推送到公网地址（https，端口 ${ports}），且网址不含用户名和 #。`,
    `Only public addresses are called, by https on port ${ports}, without a user name or #.`,
  );
}

function tokenIn(token: ExactJson | undefined, complain: Complain): string | null {
  if (token === undefined) return null;
  const most = limits.epcis_signature_token_chars;
  if (typeof token === 'string' && token !== '' && token.length <= most) return token;
  const en = `Here goes a text of 1 to ${most} characters.`;
  return complain('signatureToken', `应为1至 ${most} 个字符的文本。`, en);
}

function timeIn(time: ExactJson | undefined, complain: Complain): string | null {
  if (time === undefined) return null;
  const instant = typeof time === 'string' ? inMilliseconds(time) : undefined;
  // Ids hold the time since 1970, in 48 bits.
  if (instant !== undefined && instant >= '1970' && instant.length === 24) return instant;
  const en = 'Here goes a time with its offset.';
  return complain('initialRecordTime', '应为带时区的时间。', en);
}

/**
 * A named query that can be subscribed to: an `eventCountLimit` would leave events out each time,
 * and nobody could say which. @throws goods.subscription_invalid
 */
export function refuseUnsubscribable({ eventCountLimit }: EventQuery): void {
  if (eventCountLimit === undefined) return;
  const detail = {
    path: 'eventCountLimit',
    zh: '带 eventCountLimit 的查询不能订阅。',
    en: 'A query with an eventCountLimit cannot be subscribed to.',
  };
  throw fault('goods.subscription_invalid', { count: 1 }, [detail]);
}
