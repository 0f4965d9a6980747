/** The last instant of a day on this device, which is where the day was chosen. */
export function endOfDay(date: string): string {
  return new Date(`${date}T23:59:59.999`).toISOString();
}
