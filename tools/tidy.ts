import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkArrows } from './tidy/arrows.ts';
import { checkDeadFiles } from './tidy/dead-files.ts';
import { checkForbidden } from './tidy/forbidden.ts';
import { checkSizes } from './tidy/sizes.ts';
import { type Finding, readSources, type Source } from './tidy/source.ts';

const FOLDERS = ['src', 'test', 'bench', 'tools', 'web', 'verifier'];

/** Holds the sources against the rules of the house that no linter knows. */
export function tidy(sources: readonly Source[], roots: readonly string[]): Finding[] {
  return [
    ...checkArrows(sources),
    ...checkDeadFiles(sources, roots),
    ...sources.flatMap((source) => [...checkSizes(source), ...checkForbidden(source)]),
  ].toSorted((one, other) => one.path.localeCompare(other.path) || one.line - other.line);
}

export function tidyRepository(root: string): Finding[] {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  return tidy(readSources(root, folders), rootsOf(root));
}

/** Where running begins: the scripts, the test runner's set-up, what the console's page loads. */
function rootsOf(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const started = Object.values<string>(scripts).flatMap(
    (script) => script.match(/\S+\.ts\b/g) ?? [],
  );
  const page = join(root, 'web/index.html');
  const loaded = existsSync(page)
    ? [...readFileSync(page, 'utf8').matchAll(/src="\/([^"]+\.tsx?)"/g)].map(([, path]) => path)
    : [];
  const runner = readFileSync(join(root, 'vitest.config.ts'), 'utf8').match(/[\w/-]+\.ts\b/g) ?? [];
  return [...started, ...runner, ...loaded.map((path) => `web/${path}`)];
}

if (import.meta.main) {
  const findings = tidyRepository(join(import.meta.dirname, '..'));
  for (const { path, line, message } of findings) console.log(`${path}:${line} ${message}`);
  console.log(findings.length === 0 ? 'tidy' : `${findings.length} to tidy`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
