import { offsetInZone } from '../../../../src/kernel/dates.ts';

/** The instant at which a chain's clock shows a day and an hour. */
export function instantIn(zone: string, date: string, time: string): string {
  const at = (offset: string) => new Date(`${date}T${time}:00${offset}`).toISOString();
  // Twice: the first guess may lie on the other side of a change to summer time.
  return at(offsetInZone(at(offsetInZone(at('Z'), zone)), zone));
}
