import { dateInZone, limits, offsetInZone } from '../../../kernel/index.ts';

/**
 * When a standing query is asked (EPCIS 2.0, 8.2.5.3), with the values of each field that fit; a
 * time must fit all of them, the day of the month and that of the week as well.
 */
export type QuerySchedule = Readonly<Record<ScheduleField, readonly number[]>>;

const RANGES = {
  second: [0, 59],
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  /** From Monday. */
  dayOfWeek: [1, 7],
} as const;
type ScheduleField = keyof typeof RANGES;
const scheduleFields = Object.keys(RANGES) as ScheduleField[];

/** What is wrong, and in which field; null where that is the whole schedule. */
export type ScheduleProblem = { field: string | null; zh: string; en: string };

const ELEMENT = /^(?:(\d{1,2})(?:\/(\d{1,2}))?|\[(\d{1,2})-(\d{1,2})\])$/;

/**
 * The values that one field names: numbers and ranges `[2-5]` between commas, as the standard has
 * them, and `0/30` (from 0 on, every 30), which only the published example of the binding uses.
 */
function valuesOf(field: ScheduleField, written: string): number[] | null {
  const [least, most] = RANGES[field];
  const values = new Set<number>();
  for (const part of written.split(',')) {
    const found = ELEMENT.exec(part.trim());
    if (!found) return null;
    const [from, to, step] = spanOf(found, most);
    if (from < least || to > most || from > to || step < 1) return null;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return [...values].toSorted((one, other) => one - other);
}

function spanOf([, one, step, from, to]: RegExpExecArray, most: number): [number, number, number] {
  if (from !== undefined) return [Number(from), Number(to), 1];
  return step === undefined ? [Number(one), Number(one), 1] : [Number(one), most, Number(step)];
}

const everything = ([least, most]: readonly [number, number]) =>
  Array.from({ length: most - least + 1 }, (_, at) => least + at);

/**
 * A schedule out of its fields as they were sent. A field that is absent fits always, as in cron;
 * but of a day, an hour or a minute its beginning: `{hour: '1', minute: '5'}` is once a day.
 */
export function readSchedule(
  given: Readonly<Record<string, unknown>>,
): QuerySchedule | ScheduleProblem {
  const read: Partial<Record<ScheduleField, number[]>> = {};
  for (const [name, written] of Object.entries(given)) {
    const field = scheduleFields.find((one) => one === name);
    const text = typeof written === 'string' || typeof written === 'number' ? `${written}` : null;
    const values = field && text !== null ? valuesOf(field, text) : null;
    if (!field || values === null) {
      const [zh, en] = field
        ? [
            `应为 ${RANGES[field].join('–')} 的数、范围 [a-b] 或步长 a/n，以逗号分隔。`,
            `Here go numbers of ${RANGES[field].join('–')}, ranges [a-b] or steps a/n.`,
          ]
        : ['没有这个字段。', 'There is no such field.'];
      return { field: name, zh, en };
    }
    read[field] = values;
  }
  const finest = scheduleFields.find((field) => read[field] !== undefined);
  if (!finest) {
    return { field: null, zh: '时间表至少有一个字段。', en: 'A schedule has one field at least.' };
  }
  const schedule = Object.fromEntries(
    scheduleFields.map((field, at) => {
      const isFiner = at < scheduleFields.indexOf(finest) && at < TIME_FIELDS;
      return [field, read[field] ?? (isFiner ? [0] : everything(RANGES[field]))];
    }),
  ) as unknown as QuerySchedule;
  if (daysFitting(schedule, '2024-01-01', limits.epcis_schedule_days).next().done) {
    return { field: null, zh: '没有这样的日子。', en: 'There is no such day.' };
  }
  return schedule;
}

/** Second, minute and hour: the fields of a day's time. */
const TIME_FIELDS = 3;

export const isProblem = (one: QuerySchedule | ScheduleProblem): one is ScheduleProblem =>
  'zh' in one;

function* daysFitting(schedule: QuerySchedule, from: string, most: number): Generator<string> {
  const first = Date.parse(`${from}T00:00:00Z`);
  for (let at = 0; at < most; at++) {
    const day = new Date(first + at * DAY_MS);
    const fits =
      schedule.month.includes(day.getUTCMonth() + 1) &&
      schedule.dayOfMonth.includes(day.getUTCDate()) &&
      schedule.dayOfWeek.includes(day.getUTCDay() || 7);
    if (fits) yield day.toISOString().slice(0, 10);
  }
}

const DAY_MS = 86_400_000;
const two = (number: number) => String(number).padStart(2, '0');

/** The instant that a clock of the zone shows so; null where summer time leaves it out. */
function instantAt(day: string, time: string, zone: string): string | null {
  const utc = Date.parse(`${day}T${time}Z`);
  // The offset before a change, then the one behind it: of a time that comes twice, the first.
  for (const guess of [utc - DAY_MS, utc + DAY_MS]) {
    const offset = offsetInZone(new Date(guess).toISOString(), zone);
    const at = Date.parse(`${day}T${time}${offset}`);
    const instant = new Date(at).toISOString();
    if (offsetInZone(instant, zone) === offset) return instant;
  }
  return null;
}

/**
 * The first time of the schedule behind an instant.
 * @param zone the chain's, as IANA names it
 * @throws RangeError where none comes within limits.epcis_schedule_days
 */
export function nextTime(schedule: QuerySchedule, after: string, zone: string): string {
  for (const day of daysFitting(schedule, dateInZone(after, zone), limits.epcis_schedule_days)) {
    for (const hour of schedule.hour) {
      const last = instantAt(day, `${two(hour)}:59:59`, zone);
      if (last !== null && last <= after) continue;
      for (const minute of schedule.minute) {
        for (const second of schedule.second) {
          const time = `${two(hour)}:${two(minute)}:${two(second)}`;
          const instant = instantAt(day, time, zone);
          if (instant !== null && instant > after) return instant;
        }
      }
    }
  }
  throw new RangeError('a schedule that was read has a next time');
}
