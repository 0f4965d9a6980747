import type { Config, Logger } from '../kernel/index.ts';
import type { Platform } from './platform.ts';

export type Values = Record<string, string | string[] | boolean | undefined>;
/** What a verb says: lines for a person, the same as JSON for a program. */
export type Answer = { lines: string[]; json: unknown; exit_code?: number };
type Said = {
  usage: string;
  options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>;
  /** The option that the word behind the verb stands for: `verify <file>`. */
  operand?: string;
};
export type PlatformVerb = Said & { run(platform: Platform, values: Values): Promise<Answer> };
/** Works on a file, or opens a database as it is, without bringing it to this version's form. */
export type BareVerb = Said & {
  runBare(surroundings: { config: Config; log: Logger }, values: Values): Promise<Answer>;
};
export type Verb = PlatformVerb | BareVerb;

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;

export function required(values: Values, name: string): string {
  const value = values[name];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new Error(`--${name} is missing.`);
}

export function optional(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export const list = (values: Values, name: string) => (values[name] as string[] | undefined) ?? [];
export const many = { type: 'string', multiple: true } as const;
