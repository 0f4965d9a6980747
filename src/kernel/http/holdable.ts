import { fault } from '../faults.ts';
import { limits } from '../limits.ts';

type Held = { value: unknown; at: string; depth: number };

/** Half a surrogate pair is no character of Unicode, and PostgreSQL's text ends at a NUL. */
const isText = (value: string) => value.isWellFormed() && !value.includes('\u0000');

/**
 * Refuses what no column can hold before anything is made of it: half a surrogate would be written
 * as another character in one table and break the command in the next; and nesting that no schema
 * of ours has. Without recursion: how deep it goes is the client's choice.
 * @throws kernel.malformed saying where
 */
export function assertHoldable(given: unknown, within: string): void {
  if (given instanceof Uint8Array) return;
  const waiting: Held[] = [{ value: given, at: within, depth: 0 }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { value, at, depth } = one;
    if (typeof value === 'string' && !isText(value)) {
      throw fault('kernel.malformed', { reason: `${at}: Unicode` });
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= limits.json_depth) {
      throw fault('kernel.malformed', { reason: `${within}: > ${limits.json_depth} levels` });
    }
    for (const [name, part] of Object.entries(value)) {
      if (!isText(name)) throw fault('kernel.malformed', { reason: `${at}: Unicode` });
      waiting.push({ value: part, at: `${at}.${name}`, depth: depth + 1 });
    }
  }
}
