import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import {
  type Entry,
  readArchive,
  sha256Of,
  writeArchive,
} from '../../src/kernel/backup/archive.ts';
import { unpack } from '../../src/kernel/backup/check.ts';
import { countRows } from '../../src/kernel/backup/copy-text.ts';
import { type Manifest, manifestName, tableOfPart } from '../../src/kernel/backup/manifest.ts';

const compress = promisify(zstdCompress);

/** Rows of a table as the lines of its COPY text, rewritten. */
export type Edits = Readonly<Record<string, (lines: string[]) => string[]>>;

/**
 * Somebody who holds the file and knows its format: changes rows and makes every hash anew. Each
 * table of the test has one part.
 */
export async function forge(file: string, out: string, edits: Edits): Promise<string> {
  const entries: Entry[] = [];
  for await (const { name, bytes } of readArchive(file, null)) {
    const table = tableOfPart(name);
    if (name === manifestName) {
      entries.push({ name, bytes: await manifestAnew(bytes, entries) });
      continue;
    }
    const edit = edits[table ?? ''];
    if (!edit) entries.push({ name, bytes });
    else {
      const lines = (await unpack(bytes)).toString().trimEnd().split('\n');
      const text = edit(lines).map((line) => `${line}\n`);
      entries.push({ name, bytes: await compress(Buffer.from(text.join(''))) });
    }
  }
  await writeArchive(out, null, '2026-03-20T00:00:00Z', async (add) => {
    for (const entry of entries) await add(entry);
  });
  return out;
}

async function manifestAnew(bytes: Buffer, entries: readonly Entry[]): Promise<Buffer> {
  const manifest = JSON.parse(bytes.toString()) as Manifest;
  for (const table of manifest.tables) {
    const [part] = table.parts;
    const entry = entries.find(({ name }) => name === part?.name);
    if (!part || !entry) continue;
    const text = await unpack(entry.bytes);
    part.sha256 = sha256Of(entry.bytes);
    part.rows = countRows(text);
    Object.assign(table, { rows: part.rows, text_bytes: text.length, sha256: sha256Of(text) });
  }
  return Buffer.from(JSON.stringify(manifest));
}
