import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem, nextTime, type QuerySchedule, readSchedule } from './query-schedule.ts';

const SHANGHAI = 'Asia/Shanghai';
const read = (fields: Record<string, unknown>): QuerySchedule => {
  const schedule = readSchedule(fields);
  if (isProblem(schedule)) throw new Error(schedule.en);
  return schedule;
};
/** The next times behind an instant, as UTC. */
function times(fields: Record<string, string>, after: string, count: number, zone = SHANGHAI) {
  const found: string[] = [];
  for (let at = after; found.length < count; at = found.at(-1) ?? at) {
    found.push(nextTime(read(fields), at, zone));
  }
  return found;
}

describe('the schedule of a standing query', () => {
  it('is kept by the clock of the chain', () => {
    // "Every morning at 1.05am", the example of the binding.
    expect(times({ hour: '1', minute: '5' }, '2026-03-02T01:00:00.000Z', 2)).toEqual([
      '2026-03-02T17:05:00.000Z',
      '2026-03-03T17:05:00.000Z',
    ]);
    expect(times({ second: '0/30' }, '2026-03-02T01:00:00.000Z', 3)).toEqual([
      '2026-03-02T01:00:30.000Z',
      '2026-03-02T01:01:00.000Z',
      '2026-03-02T01:01:30.000Z',
    ]);
    const weekdays = { hour: '8,[17-18]', dayOfWeek: '[1-5]' };
    // Friday 6 March 2026, 17:30 in Shanghai; then the weekend is left out.
    expect(times(weekdays, '2026-03-06T09:30:00.000Z', 2)).toEqual([
      '2026-03-06T10:00:00.000Z',
      '2026-03-09T00:00:00.000Z',
    ]);
    expect(times({ dayOfMonth: '1' }, '2026-03-02T01:00:00.000Z', 1)).toEqual([
      '2026-03-31T16:00:00.000Z',
    ]);
  });

  it('holds day of month and day of week together, up to 29 February on a Sunday', () => {
    const rare = { dayOfMonth: '29', month: '2', dayOfWeek: '7' };
    expect(times(rare, '2026-03-02T01:00:00.000Z', 1)).toEqual(['2032-02-28T16:00:00.000Z']);
  });

  it('leaves out what summer time leaves out, and takes once what it brings twice', () => {
    const early = { hour: '2', minute: '30' };
    const berlin = 'Europe/Berlin';
    expect(times(early, '2026-03-28T12:00:00.000Z', 1, berlin)).toEqual([
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(times(early, '2026-10-24T12:00:00.000Z', 2, berlin)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it.each([
    [{}, null],
    [{ hour: '24' }, 'hour'],
    [{ minute: '5-10' }, 'minute'],
    [{ minute: '[10-5]' }, 'minute'],
    [{ second: '0/0' }, 'second'],
    [{ second: '' }, 'second'],
    [{ dayOfWeek: '0' }, 'dayOfWeek'],
    [{ year: '2026' }, 'year'],
    [{ dayOfMonth: '30', month: '2' }, null],
  ])('is refused where it says nothing that comes: %j', (fields, field) => {
    const found = readSchedule(fields as Record<string, unknown>);
    expect(isProblem(found) && found.field).toBe(field);
    expect(isProblem(found)).toBe(true);
  });

  it('names the very next second that fits, as a slow reader of clocks finds it', () => {
    const list = (least: number, most: number) =>
      fc.option(
        fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 }),
        { nil: undefined },
      );
    const fields = fc.record({ second: list(0, 59), minute: list(0, 59), hour: list(0, 23) });
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 86_400 }), (given, start) => {
        const chosen = Object.entries(given).filter(([, values]) => values !== undefined);
        fc.pre(chosen.length > 0);
        const schedule = read(Object.fromEntries(chosen.map(([k, v]) => [k, String(v)])));
        const after = Date.UTC(2026, 2, 2) + start * 1_000;
        let at = after + 1_000;
        for (; ; at += 1_000) {
          const clock = new Date(at + 8 * 3_600_000);
          const fits =
            schedule.second.includes(clock.getUTCSeconds()) &&
            schedule.minute.includes(clock.getUTCMinutes()) &&
            schedule.hour.includes(clock.getUTCHours());
          if (fits) break;
        }
        expect(nextTime(schedule, new Date(after).toISOString(), SHANGHAI)).toBe(
          new Date(at).toISOString(),
        );
      }),
      { numRuns: 60 },
    );
  });
});
