import { describe, expect, it } from 'vitest';
import { formatDate, formatDistance, formatInstant } from './date.ts';
import { formatMoney, minorToDecimal, parseMoney } from './money.ts';
import { formatQuantity, formatShare } from './quantity.ts';

/** A number and its sign are never parted by the end of a line. */
const whole = (text: string) => text.replaceAll(' ', '\u00A0');

describe('money', () => {
  it('writes minor units with grouping and the decimals of the currency', () => {
    expect(formatMoney('48620000', 'CNY', 'zh')).toBe(whole('¥ 486,200.00'));
    expect(formatMoney('5', 'CNY', 'en')).toBe(whole('¥ 0.05'));
    expect(formatMoney('1234', 'JPY', 'en')).toContain('1,234');
  });

  it('keeps every digit of sums that a number cannot hold', () => {
    expect(formatMoney('900719925474099312', 'CNY', 'zh')).toBe(
      whole('¥ 9,007,199,254,740,993.12'),
    );
  });

  it('keeps the sign of sums under one unit', () => {
    expect(minorToDecimal('-5', 2)).toBe('-0.05');
  });

  it('reads what people type, and refuses what is no amount', () => {
    expect(parseMoney('486,200', 'CNY')).toBe('48620000');
    expect(parseMoney('0.5', 'CNY')).toBe('50');
    expect(parseMoney('1.234', 'CNY')).toBeUndefined();
    expect(parseMoney('十元', 'CNY')).toBeUndefined();
  });
});

describe('quantity', () => {
  it('names the unit in the language of the reader', () => {
    expect(formatQuantity('1200', 'CT', 'zh')).toBe(whole('1,200 箱'));
    expect(formatQuantity('1200', 'CT', 'en')).toBe(whole('1,200 cartons'));
    expect(formatQuantity('1', 'XBX', 'en')).toBe(whole('1 box'));
    expect(formatQuantity('2', 'XBX', 'en')).toBe(whole('2 boxes'));
    expect(formatQuantity('12.5', 'KGM', 'en')).toBe(whole('12.5 kg'));
  });

  it('writes shares without a needless decimal', () => {
    expect(formatShare('0.967', 'zh')).toBe(whole('96.7 %'));
    expect(formatShare(1, 'zh')).toBe(whole('100 %'));
  });
});

describe('dates', () => {
  it('shows the year only where it differs', () => {
    expect(formatDate('2026-11-18', '2026-11-23', 'zh')).toBe('11-18');
    expect(formatDate('2025-11-18', '2026-11-23', 'zh')).toBe('2025-11-18');
    expect(formatDate('2026-11-18', '2026-11-23', 'en')).toBe('18 Nov');
  });

  it('shows an instant on the clock of the chain', () => {
    const instant = '2026-11-18T16:05:00.000Z';
    expect(formatInstant(instant, '2026-11-23', 'Asia/Shanghai', 'zh')).toBe('11-19 00:05');
  });

  it('counts days from today', () => {
    expect(formatDistance('2026-11-24', '2026-11-23', 'zh')).toBe('明天');
    expect(formatDistance('2026-11-20', '2026-11-23', 'en')).toBe('3 days ago');
  });
});
