import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateInZone, daysBetween, isCalendarDay } from './dates.ts';

describe('business dates', () => {
  it.each([
    ['2026-01-31', 30, '2026-03-02'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2025-12-31', 60, '2026-03-01'],
  ])('%s and %s days', (date, days, later) => {
    expect(addDays(date, days)).toBe(later);
    expect(daysBetween(date, later)).toBe(days);
  });

  it('adding and counting undo each other', () => {
    const date = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9000-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 4000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(addDays(addDays(from, days), -days)).toBe(from);
      }),
    );
  });

  it('knows what a day is', () => {
    expect(isCalendarDay('2026-02-29')).toBe(false);
    expect(isCalendarDay('2026-2-1')).toBe(false);
    expect(isCalendarDay('2028-02-29')).toBe(true);
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(addDays('9999-12-30', 5)).toBe('9999-12-31');
    expect(addDays('0001-01-03', -5)).toBe('0001-01-01');
    expect(() => addDays('2026-02-03', 0.5)).toThrow(RangeError);
  });
});

describe('an instant in a zone', () => {
  it.each([
    ['2026-03-31T15:59:59.999Z', 'Asia/Shanghai', '2026-03-31'],
    ['2026-03-31T16:00:00.000Z', 'Asia/Shanghai', '2026-04-01'],
    ['2026-03-29T00:59:00.000Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-01-01T04:00:00.000Z', 'America/New_York', '2025-12-31'],
    ['2026-01-01T00:00:00.000Z', 'UTC', '2026-01-01'],
  ])('%s in %s is %s', (instant, zone, date) => {
    expect(dateInZone(instant, zone)).toBe(date);
  });
});
