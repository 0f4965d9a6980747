import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What the first page loads: the entry with its imports, and the page that people see first. */
type Chunk = { file: string; imports?: string[]; css?: string[]; isEntry?: boolean };
export type Weight = { file: string; bytes: number };

export const LIMIT_BYTES = 300_000;
const FIRST_PAGE = 'src/trade/today/TodayPage.tsx';
const dist = new URL('./dist/', import.meta.url);

function reach(
  manifest: Readonly<Record<string, Chunk>>,
  name: string,
  found: Map<string, Chunk>,
): void {
  const chunk = manifest[name];
  if (!chunk || found.has(name)) return;
  found.set(name, chunk);
  for (const imported of chunk.imports ?? []) reach(manifest, imported, found);
}

function weigh(file: string): Weight {
  const bytes = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  return { file, bytes };
}

/** Scripts and sheets of the first page, gzipped. Needs a built console. */
export function weighFirstPage(): { scripts: Weight[]; sheets: Weight[]; script_bytes: number } {
  const text = readFileSync(new URL('.vite/manifest.json', dist), 'utf8');
  const manifest: Record<string, Chunk> = JSON.parse(text);
  const entry = Object.entries(manifest).find(([, chunk]) => chunk.isEntry)?.[0];
  if (!entry || !manifest[FIRST_PAGE]) throw new Error('the manifest names no first page');
  const first = new Map<string, Chunk>();
  for (const name of [entry, FIRST_PAGE]) reach(manifest, name, first);
  const scripts = [...first.values()].map(({ file }) => weigh(file));
  const sheets = [...new Set([...first.values()].flatMap(({ css }) => css ?? []))].map(weigh);
  return { scripts, sheets, script_bytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0) };
}

if (import.meta.main) {
  const { scripts, sheets, script_bytes } = weighFirstPage();
  for (const { file, bytes } of [...scripts, ...sheets]) {
    console.log(`${String(bytes).padStart(8)}  ${file}`);
  }
  const figure = { name: 'console_first_page_script', value: script_bytes, unit: 'B gzip' };
  console.log(JSON.stringify(figure));
  if (script_bytes > LIMIT_BYTES) {
    console.error(`over the limit of ${LIMIT_BYTES} B`);
    process.exitCode = 1;
  }
}
