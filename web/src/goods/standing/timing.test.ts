import { describe, expect, it } from 'vitest';
import { scheduleOf, timingOf } from './timing.ts';

describe('when a subscription is sent', () => {
  it.each([
    ['stream', '', undefined],
    ['hourly', '', { minute: '0' }],
    ['daily', '02:05', { hour: '2', minute: '5' }],
    ['daily', '23:30', { hour: '23', minute: '30' }],
  ] as const)('%s %s is said to the server and read back', (timing, time, schedule) => {
    expect(scheduleOf(timing, time)).toEqual(schedule);
    expect(timingOf(schedule ?? null)).toEqual({ timing, time });
  });

  it.each([
    [{ hour: '2', minute: '5', dayOfWeek: '[1-5]' }, 'hour 2，minute 5，dayOfWeek [1-5]'],
    [{ hour: '[8-18]', minute: '0/30' }, 'hour [8-18]，minute 0/30'],
    [{ second: '0/10' }, 'second 0/10'],
    [{ minute: '15' }, 'minute 15'],
  ])('what no form says is told as it is: %o', (schedule, fields) => {
    expect(timingOf(schedule)).toEqual({ fields });
  });
});
