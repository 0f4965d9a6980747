import type { Platform } from './platform.ts';

export type Values = Record<string, string | string[] | boolean | undefined>;
/** What a verb says: lines for a person, the same as JSON for a program. */
export type Answer = { lines: string[]; json: unknown };
export type Verb = {
  usage: string;
  options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>;
  run(platform: Platform, values: Values): Promise<Answer>;
};

export const text = { type: 'string' } as const;

export function required(values: Values, name: string): string {
  const value = values[name];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new Error(`--${name} is missing.`);
}
