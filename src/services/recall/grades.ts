import type { Bilingual } from '../../kernel/index.ts';

/**
 * How grave the danger is, by 食品召回管理办法 (国家食品药品监督管理总局令第12号, 2015), articles 13 and 18:
 * within how many hours of knowing a recall begins, and within how many working days of its notice it
 * is done. Written down from memory of the text: whoever relies on the days holds them against it.
 */
export const grades = {
  1: {
    start_h: 24,
    done_days: 10,
    name: { zh: '一级：已经或可能导致严重健康损害甚至死亡', en: 'Grade 1: grave harm or death' },
  },
  2: {
    start_h: 48,
    done_days: 20,
    name: { zh: '二级：已经或可能导致一般健康损害', en: 'Grade 2: ordinary harm to health' },
  },
  3: {
    start_h: 72,
    done_days: 30,
    name: { zh: '三级：标签标识存在虚假标注等', en: 'Grade 3: false labels and the like' },
  },
} as const satisfies Record<number, { start_h: number; done_days: number; name: Bilingual }>;
export type Grade = keyof typeof grades;

const HOUR_MS = 3_600_000;

/** By when the first notice is due. */
export function startBy(grade: Grade, known_at: string): string {
  return new Date(Date.parse(known_at) + grades[grade].start_h * HOUR_MS).toISOString();
}
