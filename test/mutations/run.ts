import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutation, mutations } from './list.ts';

const root = join(import.meta.dirname, '..', '..');
const apart = new Set(['node_modules', '.git', 'data']);

/**
 * `npm run mutate`: breaks one invariant after the other in a copy of the tree, and says which
 * tests noticed. `--only TEXT` tries those whose words hold TEXT.
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

type Report = {
  testResults: { assertionResults: { fullName: string; status: string }[]; status: string }[];
};

function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-mutation-'));
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !apart.has(path.slice(root.length + 1).split('/')[0] ?? ''),
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function noticedBy(folder: string, { tests }: Mutation): string[] {
  const report = join(folder, 'report.json');
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--bail=1'];
  const arguments_ = [...vitest, `--outputFile.json=${report}`, ...tests];
  const { status } = spawnSync(process.execPath, arguments_, { cwd: folder, stdio: 'ignore' });
  if (status === 0) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((one) => one.status === 'failed')
    .map(({ fullName }) => fullName);
  return failed.length > 0 ? failed : ['(the set-up of a test)'];
}

function tryOut(mutation: Mutation): boolean {
  const { breaks, file, find, replace } = mutation;
  const folder = copyTree();
  try {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(find).length !== 2) throw new Error(`${file} holds "${find}" not just once.`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
    const tests = noticedBy(folder, mutation);
    console.log(`| ${breaks} | \`${file}\` | ${tests[0] ?? '**nothing**'} |`);
    return tests.length > 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const chosen = mutations.filter(({ breaks }) => breaks.includes(values.only));
console.log('| Broken | Where | Noticed first by |\n| --- | --- | --- |');
const noticed = chosen.filter(tryOut).length;
console.log(`${noticed} of ${chosen.length} were noticed.`);
process.exitCode = noticed === chosen.length ? 0 : 1;
