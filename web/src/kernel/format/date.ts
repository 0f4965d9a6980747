import { dateInZone, daysBetween } from '../../../../src/kernel/dates.ts';
import { type Language, LOCALES } from '../i18n/language.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * A business date: '11-18' or '18 Nov', with the year only where it is not the year of `today`,
 * because a column of equal years hides the days that differ.
 */
export function formatDate(date: string, today: string, language: Language): string {
  const sameYear = date.slice(0, 4) === today.slice(0, 4);
  if (language === 'zh') return sameYear ? date.slice(5) : date;
  return formatter(`en-date-${sameYear}`, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(new Date(`${date}T00:00:00Z`));
}

/** A month: '2026年11月' or 'Nov 2026'. */
export function formatMonth(month: string, language: Language): string {
  if (language === 'zh') return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
  return formatter('en-month', { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** An instant as the chain's clock shows it: '11-18 14:05' or '18 Nov, 14:05'. */
export function formatInstant(
  instant: string,
  today: string,
  zone: string,
  language: Language,
): string {
  const time = formatTime(instant, zone);
  const date = formatDate(dateInZone(instant, zone), today, language);
  return language === 'zh' ? `${date} ${time}` : `${date}, ${time}`;
}

export function formatTime(instant: string, zone: string): string {
  return formatter(`time-${zone}`, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant));
}

/** '今天', '3 天后', 'yesterday': the distance of a business date from today. */
export function formatDistance(date: string, today: string, language: Language): string {
  const words = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  return words.format(daysBetween(today, date), 'day');
}

function formatter(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', options);
    formatters.set(key, made);
  }
  return made;
}
