/** When backups are due: every so long, or each day at one time of this machine's zone. */
export type Schedule = { every_ms: number } | { hour: number; minute: number };

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const shortestMs = 60_000;
const dayMs = 86_400_000;

/** Reads `30m`, `6h`, `1d` or a daily `02:30`; null for anything else. */
export function parseSchedule(text: string): Schedule | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours && minutes) return { hour: Number(hours), minute: Number(minutes) };
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const every_ms = Number(count) * (units[unit] ?? 0);
  return every_ms >= shortestMs ? { every_ms } : null;
}

/** The newest moment at or before `now` at which a backup is due. All servers come to the same. */
export function dueAt(schedule: Schedule, now: Date): Date {
  if ('every_ms' in schedule) {
    return new Date(Math.floor(now.getTime() / schedule.every_ms) * schedule.every_ms);
  }
  const due = new Date(now);
  due.setHours(schedule.hour, schedule.minute, 0, 0);
  if (due > now) due.setDate(due.getDate() - 1);
  return due;
}

/** How long after one backup the next one is due, at the latest. */
export function spanMs(schedule: Schedule): number {
  return 'every_ms' in schedule ? schedule.every_ms : dayMs;
}
