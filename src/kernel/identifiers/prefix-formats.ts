import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { limits } from '../limits.ts';

/**
 * GS1's GCP Length Table: by the first digits of a key, how many of its digits are the company
 * prefix; 0 says that GS1 does not know either.
 */
export type PrefixFormats = ReadonlyMap<string, number>;

const digits = z.string().regex(/^\d{1,12}$/);
const entry = z.object({ prefix: digits, gcpLength: z.coerce.number().int().min(0).max(12) });
const table = z.object({
  GCPPrefixFormatList: z.object({ entry: z.array(entry).min(1).max(limits.prefix_formats) }),
});

/**
 * Reads the table as GS1 publishes it (`gcpprefixformatlist.json`); some hundred thousand entries.
 * @param file null: there is none
 * @throws Error with the file, and where in it something is wrong
 */
export function readPrefixFormats(file: string | null): PrefixFormats {
  if (file === null) return new Map();
  const wrong = (what: string) => new Error(`JINGWEI_GCP_LENGTHS, ${file}: ${what}`);
  if (statSync(file).size > limits.prefix_formats_bytes) {
    throw wrong(`larger than ${limits.prefix_formats_bytes} bytes.`);
  }
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw wrong('this is no JSON; GS1 has the table as JSON and as XML.');
  }
  const read = table.safeParse(given);
  if (!read.success) throw wrong(z.prettifyError(read.error));
  return new Map(
    read.data.GCPPrefixFormatList.entry.map(({ prefix, gcpLength }) => [prefix, gcpLength]),
  );
}
