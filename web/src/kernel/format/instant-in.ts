import { offsetInZone } from '../../../../src/kernel/dates.ts';

/** The instant at which a chain's clock shows a day and an hour. */
export function instantIn(zone: string, date: string, time: string): string {
  const at = (offset: string) => new Date(`${date}T${time}:00${offset}`).toISOString();
  // Twice: the first guess may lie on the other side of a change to summer time.
  return at(offsetInZone(at(offsetInZone(at('Z'), zone)), zone));
}

/** What a chain's clock shows at an instant. */
export function clockIn(zone: string, instant: string): { date: string; time: string } {
  const behind = Date.parse(`1970-01-01T00:00:00${offsetInZone(instant, zone)}`);
  const [date = '', time = ''] = new Date(Date.parse(instant) - behind).toISOString().split('T');
  return { date, time: time.slice(0, 'hh:mm'.length) };
}
