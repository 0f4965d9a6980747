/**
 * Within how many hours of knowing the danger a recall begins, by its grade (1: grave harm or
 * death, 2: ordinary harm to health, 3: false labels and the like): 食品召回管理办法,
 * 国家食品药品监督管理总局令第12号 (2015), article 13. Written down from memory of the text:
 * whoever relies on the hours holds them against it.
 */
const startHours = { 1: 24, 2: 48, 3: 72 } as const;
export type Grade = keyof typeof startHours;

const HOUR_MS = 3_600_000;

/** By when the first notice is due. */
export function startBy(grade: Grade, known_at: string): string {
  return new Date(Date.parse(known_at) + startHours[grade] * HOUR_MS).toISOString();
}
