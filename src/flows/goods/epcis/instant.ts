/**
 * Instants as EPCIS writes them (XSD type DateTimeStamp): always with an offset, and with as many
 * decimals of a second as the writer had. More than a `Date` can hold, so that it is kept as text.
 */
const INSTANT = new RegExp(
  '^([0-9]{4})-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])' +
    'T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(?:\\.([0-9]{1,30}))?' +
    '(?:Z|([+-])(0[0-9]|1[0-3]):([0-5][0-9])|([+-])14:00)$',
);

type Instant = { second: number; decimals: string };

function readInstant(text: string): Instant | undefined {
  const found = INSTANT.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, decimals = ''] = found;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCDate() !== Number(day)) return undefined;
  const [, , , , , , , , sign, hours, minutes, outermost] = found;
  let offset = sign === undefined ? 0 : Number(hours) * 3600 + Number(minutes) * 60;
  if (outermost !== undefined) offset = 14 * 3600;
  if ((sign ?? outermost) === '-') offset = -offset;
  const ofDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return { second: date.getTime() / 1000 + ofDay - offset, decimals };
}

export function isInstant(text: string): boolean {
  return readInstant(text) !== undefined;
}

/**
 * In UTC with exactly three decimals, a half at the fourth rounded up (CBV 2.0, 8.9.2, rules 8 and
 * 9); `2023-02-02T12:04:03.1415+01:00` is `2023-02-02T11:04:03.142Z`. Undefined for no instant.
 */
export function inMilliseconds(text: string): string | undefined {
  const instant = readInstant(text);
  if (instant === undefined) return undefined;
  const { second, decimals } = instant;
  const shown = Number(decimals.slice(0, 3).padEnd(3, '0'));
  const isUp = decimals.charCodeAt(3) >= 0x35;
  return new Date(second * 1000 + shown + (isUp ? 1 : 0)).toISOString();
}

/** Whether an instant lies behind another, to the last decimal; false where one is no instant. */
export function isAfter(one: string, other: string): boolean {
  const [left, right] = [readInstant(one), readInstant(other)];
  if (left === undefined || right === undefined) return false;
  if (left.second !== right.second) return left.second > right.second;
  const digits = Math.max(left.decimals.length, right.decimals.length);
  return left.decimals.padEnd(digits, '0') > right.decimals.padEnd(digits, '0');
}
