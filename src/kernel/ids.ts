import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function format(b: Uint8Array): string {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += hex[b[i] as number];
  }
  return text;
}

/**
 * A maker of UUIDv7 (RFC 9562 §5.7) that never goes backwards within one process: ids made in the
 * same millisecond count up in the 12 bits of rand_a, so that rows made by one command keep order.
 */
export function idMaker(clock: Clock): () => string {
  let lastMs = 0;
  let count = 0;
  const bytes = new Uint8Array(16);
  return () => {
    const nowMs = clock.now().getTime();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      count = 0;
    } else if (++count > 0xfff) {
      lastMs += 1;
      count = 0;
    }
    clock.random(bytes);
    for (let i = 0; i < 6; i++) bytes[i] = Math.floor(lastMs / 2 ** (8 * (5 - i))) & 0xff;
    bytes[6] = 0x70 | (count >> 8);
    bytes[7] = count & 0xff;
    bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
    return format(bytes);
  };
}

/** The least UUIDv7 of an instant: whatever is made then or later is not below it. */
export function firstIdAt(instant: Date): string {
  const time = Math.max(0, instant.getTime()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** A UUIDv8 (RFC 9562 §5.8) that the same words always give: for rows found by what they mean. */
export function idFrom(...words: string[]): string {
  const bytes = createHash('sha256').update(words.join('\u0000')).digest().subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  return format(bytes);
}

/** The instant in a UUIDv7: its first 48 bits, milliseconds since 1970. */
export function instantOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
