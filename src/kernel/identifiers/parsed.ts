import type { Bilingual } from '../bilingual.ts';

/** What reading an identifier gives: its parts, or why it cannot be one. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Bilingual };

export function accepted<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

export function refused(zh: string, en: string): { ok: false; reason: Bilingual } {
  return { ok: false, reason: { zh, en } };
}
