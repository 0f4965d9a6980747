import { createContext, use, useMemo } from 'react';
import { dateInZone } from '../../../../src/kernel/dates.ts';
import { useLanguage } from '../i18n/texts.ts';
import { formatDate, formatDistance, formatInstant, formatMonth, formatTime } from './date.ts';
import { currencyName, currencySymbol, formatMinor, formatMoney } from './money.ts';
import { formatDecimal, formatPrice, formatQuantity, formatShare, unitLabel } from './quantity.ts';

/** The calendar that a page speaks in: the chain's zone, and the server's day. */
export type Calendar = { zone: string; today: string };

const DEFAULT_ZONE = 'Asia/Shanghai';

export const CalendarContext = createContext<Calendar>({
  zone: DEFAULT_ZONE,
  today: dateInZone(new Date().toISOString(), DEFAULT_ZONE),
});

export type Format = ReturnType<typeof useFormat>;

/** Every way to write a number, a sum or a time, bound to the reader's language and calendar. */
export function useFormat() {
  const language = useLanguage();
  const { zone, today } = use(CalendarContext);
  return useMemo(
    () => ({
      zone,
      today,
      money: (minor: string, currency: string) => formatMoney(minor, currency, language),
      minor: (minor: string, currency: string) => formatMinor(minor, currency, language),
      quantity: (quantity: string, unit: string) => formatQuantity(quantity, unit, language),
      unit: (code: string, quantity: string) => unitLabel(code, quantity, language),
      decimal: (value: string, decimals?: number) => formatDecimal(value, language, decimals),
      price: (value: string) => formatPrice(value, language),
      currency: (currency: string) => currencyName(currency, language),
      priceIn: (value: string, currency: string) =>
        `${currencySymbol(currency, language)}\u00A0${formatPrice(value, language)}`,
      count: (value: number) => formatDecimal(String(value), language, 0),
      share: (share: string | number) => formatShare(share, language),
      date: (date: string) => formatDate(date, today, language),
      month: (month: string) => formatMonth(month, language),
      instant: (instant: string) => formatInstant(instant, today, zone, language),
      dateOf: (instant: string) => formatDate(dateInZone(instant, zone), today, language),
      time: (instant: string) => formatTime(instant, zone),
      distance: (date: string) => formatDistance(date, today, language),
    }),
    [language, zone, today],
  );
}
