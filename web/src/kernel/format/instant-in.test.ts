import { expect, it } from 'vitest';
import { clockIn, instantIn } from './instant-in.ts';

it('says an hour in the zone of the chain, wherever the reader is', () => {
  expect(instantIn('Asia/Shanghai', '2026-11-27', '09:30')).toBe('2026-11-27T01:30:00.000Z');
  expect(instantIn('America/New_York', '2026-01-05', '08:30')).toBe('2026-01-05T13:30:00.000Z');
  expect(instantIn('Europe/Berlin', '2026-03-29', '03:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(instantIn('Europe/Berlin', '2026-03-29', '01:30')).toBe('2026-03-29T00:30:00.000Z');
});

it('says what that clock shows', () => {
  const shown = clockIn('Asia/Shanghai', '2026-11-26T17:30:59.000Z');
  expect(shown).toEqual({ date: '2026-11-27', time: '01:30' });
  const there = clockIn('America/New_York', '2026-01-05T03:05:00.000Z');
  expect(there).toEqual({ date: '2026-01-04', time: '22:05' });
});
