import { describe, expect, it } from 'vitest';
import { clockState } from './clock-state.ts';
import { arcPath, pointOn } from './ring.ts';

const ring = { centre: 80, radius: 70 };

describe('arcPath', () => {
  it('starts at the top and takes the long way past the half', () => {
    expect(arcPath(ring, 0.25)).toBe('M80 10A70 70 0 0 1 150 80');
    expect(arcPath(ring, 0.75)).toBe('M80 10A70 70 0 1 1 10 80');
  });

  it('draws nothing for nothing and a whole ring for more than all', () => {
    expect(arcPath(ring, 0)).toBe('');
    expect(arcPath(ring, 3)).toContain(' 1 1 ');
  });

  it('finds points on and outside the ring', () => {
    expect(pointOn(ring, 0.5, 10)).toEqual({ x: 80, y: 160 });
  });
});

describe('clockState', () => {
  const clock = { starts_on: '2026-11-01', due_on: '2026-12-01', paid: false };

  it('counts the share of the term that has passed and the days that are left', () => {
    expect(clockState(clock, '2026-11-13')).toEqual({ kind: 'running', days: 18, share: 0.4 });
  });

  it('counts the days after the due date', () => {
    expect(clockState(clock, '2026-12-04')).toEqual({ kind: 'late', days: 3, share: 1 });
    expect(clockState(clock, '2026-12-01').kind).toBe('due');
  });

  it('stands still before delivery and after payment', () => {
    expect(clockState({ ...clock, starts_on: null, due_on: null }, '2026-12-04').kind).toBe(
      'waiting',
    );
    expect(clockState({ ...clock, paid: true }, '2026-12-04').kind).toBe('paid');
  });
});
