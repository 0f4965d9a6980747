/**
 * Business dates are 'YYYY-MM-DD' strings: a day in the chain's zone, with no time and no zone of
 * its own. The arithmetic runs in UTC, where every day has 24 hours, so that a change to summer
 * time never moves a due date.
 */
const MS_PER_DAY = 86_400_000;
const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The date so many days later; earlier if negative. It stops at the ends of what an answer can say,
 * the years 0001 and 9999: an order that was asked for on the last day there is could not be shown.
 * @throws RangeError if `date` is no calendar day
 */
export function addDays(date: string, days: number): string {
  if (!Number.isInteger(days)) throw new RangeError('days must be whole');
  const [first, last] = [dayNumber('0001-01-01'), dayNumber('9999-12-31')];
  return dateOfDayNumber(Math.min(last, Math.max(first, dayNumber(date) + days)));
}

/** Whole days from the first date to the second; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

export function isCalendarDay(date: string): boolean {
  const match = FORM.exec(date);
  return match !== null && dateOfDayNumber(daysSinceEpoch(match)) === date;
}

// Making a formatter costs about 50 µs, using one about 1 µs: one for each zone is kept.
const formatterByZone = new Map<string, Intl.DateTimeFormat>();

/**
 * The business date that an instant falls on in an IANA zone:
 * dateInZone('2026-03-31T16:00:00.000Z', 'Asia/Shanghai') is '2026-04-01'.
 */
export function dateInZone(instant: string, zone: string): string {
  let formatter = formatterByZone.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatterByZone.set(zone, formatter);
  }
  const parts = new Map(
    formatter.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

function dayNumber(date: string): number {
  const match = FORM.exec(date);
  if (!match || !isCalendarDay(date)) throw new RangeError(`"${date}" is no calendar day`);
  return daysSinceEpoch(match);
}

function daysSinceEpoch([, year, month, day]: RegExpExecArray): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; setUTCFullYear does not.
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return Math.round(midnight / MS_PER_DAY);
}

function dateOfDayNumber(days: number): string {
  return new Date(days * MS_PER_DAY).toISOString().slice(0, 10);
}

const offsetFormatterByZone = new Map<string, Intl.DateTimeFormat>();

/** The offset from UTC that a zone has at an instant, as EPCIS writes it: '+08:00'. */
export function offsetInZone(instant: string, zone: string): string {
  let format = offsetFormatterByZone.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    offsetFormatterByZone.set(zone, format);
  }
  const parts = format.formatToParts(new Date(instant));
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? '+00:00' : name.slice(3);
}
