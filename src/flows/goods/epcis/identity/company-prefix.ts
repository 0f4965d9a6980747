import type { PrefixFormats } from '../../../../kernel/index.ts';

/**
 * How many digits of a key are the GS1 company prefix. A Digital Link does not say, and an EPC URN
 * cannot be written without it. Answers undefined where nobody knows.
 */
export type PrefixLength = (digits: string) => number | undefined;

const SHORTEST = 4;
const LONGEST = 12;

/**
 * Looks among the prefixes that parties have registered, then in GS1's table; the longest
 * match counts in each. Prefixes of other than 4 to 12 digits are passed over.
 */
export function prefixLengths(
  registered: readonly string[],
  listed: PrefixFormats = new Map(),
): PrefixLength {
  const own = new Map<string, number>();
  for (const prefix of registered) {
    if (/^[0-9]{4,12}$/.test(prefix)) own.set(prefix, prefix.length);
  }
  return (digits) => longest(own, digits) ?? longest(listed, digits);
}

function longest(table: ReadonlyMap<string, number>, digits: string): number | undefined {
  for (let length = Math.min(LONGEST, digits.length); length >= 1; length -= 1) {
    const found = table.get(digits.slice(0, length));
    if (found !== undefined) return found >= SHORTEST && found <= LONGEST ? found : undefined;
  }
  return undefined;
}
