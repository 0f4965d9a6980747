import type { Finding, Source } from './source.ts';

/**
 * Files that nothing leads to: not from a test, not from a script of package.json, not from the
 * console's entry. `roots` are the paths that scripts and builds start from.
 */
export function checkDeadFiles(sources: readonly Source[], roots: readonly string[]): Finding[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const waiting = sources
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.test.ts') || path.endsWith('.d.ts') || roots.includes(path));
  const alive = new Set<string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const source = byPath.get(path);
    if (!source || alive.has(path)) continue;
    alive.add(path);
    for (const { target } of source.references) {
      waiting.push(target, `${target}.ts`, `${target}.tsx`);
    }
  }
  return sources
    .filter(({ path }) => /\.tsx?$/.test(path) && !alive.has(path))
    .map(({ path }) => ({ path, line: 1, message: 'a dead file: nothing leads to it' }));
}
