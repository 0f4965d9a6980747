export type Timing = 'stream' | 'hourly' | 'daily';
export type Schedule = Readonly<Record<string, string>>;

export const DAY_TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** When a form says that a query is to be asked; undefined sends each event as it comes. */
export function scheduleOf(timing: Timing, time: string): Schedule | undefined {
  if (timing === 'stream') return undefined;
  if (timing === 'hourly') return { minute: '0' };
  const [, hour = '', minute = ''] = DAY_TIME.exec(time) ?? [];
  return { hour: `${Number(hour)}`, minute: `${Number(minute)}` };
}

const isNumber = (text: string | undefined): text is string => /^\d{1,2}$/.test(text ?? '');

/** The other way round; what a form cannot say is told field by field. */
export function timingOf(
  schedule: Schedule | null,
): { timing: Timing; time: string } | { fields: string } {
  if (schedule === null) return { timing: 'stream', time: '' };
  const { hour, minute, ...others } = schedule;
  if (Object.keys(others).length === 0 && minute === '0' && hour === undefined) {
    return { timing: 'hourly', time: '' };
  }
  if (Object.keys(others).length === 0 && isNumber(hour) && isNumber(minute)) {
    return { timing: 'daily', time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
  }
  const fields = Object.entries(schedule).map(([name, value]) => `${name} ${value}`);
  return { fields: fields.join('，') };
}
