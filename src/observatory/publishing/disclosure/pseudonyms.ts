import { createHmac } from 'node:crypto';

/**
 * Letters in place of names: A, B, …, Z, AA, AB, … The order is drawn by the secret of the release
 * (HMAC-SHA-256), so that neither the alphabet nor the order of rows says who is who; within a
 * release a name keeps its letters, in another release it has others.
 */
export function pseudonyms(names: readonly string[], secret: string): Map<string, string> {
  const draw = (name: string) => createHmac('sha256', secret).update(name).digest('hex');
  const drawn = [...new Set(names)].map((name) => [draw(name), name] as const);
  drawn.sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(drawn.map(([, name], at) => [name, lettersOf(at)]));
}

/** Columns as spreadsheets count them: 0 is A, 26 is AA. */
function lettersOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : lettersOf(Math.floor(at / 26) - 1) + last;
}
