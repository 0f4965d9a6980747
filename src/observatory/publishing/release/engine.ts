import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text that is the same for the same value: names of objects in order, no blanks. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const parts = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

let hash: string | undefined;

/**
 * SHA-256 over the sources that decide what a release says, as they lie on this machine: whoever
 * changes one of them has another engine, whether they say so or not.
 */
export function engineHash(): string {
  const module = join(import.meta.dirname, '..');
  const own = readdirSync(join(module, 'disclosure'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `disclosure/${name}`);
  const sources = [...own, 'release/engine.ts', 'release/release.ts'].toSorted();
  hash ??= hashOf(
    sources.map((name) => [
      name,
      readFileSync(join(module, name), 'utf8').replaceAll('\r\n', '\n'),
    ]),
  );
  return hash;
}
