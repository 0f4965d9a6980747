import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tidy, tidyRepository } from '../tidy.ts';
import { readSource } from './source.ts';

/** Messages about the one file; everything is a root, so that no file is dead by accident. */
function findingsOf(path: string, text: string): string[] {
  return tidy([readSource(path, text)], [path]).map(({ line, message }) => `${line} ${message}`);
}

it('the repository is tidy', () => {
  expect(tidyRepository(join(import.meta.dirname, '../..'))).toEqual([]);
});

describe('arrows', () => {
  it.each([
    ['src/kernel/db/a.ts', '../../flows/money/index.ts', 'an arrow up'],
    ['src/flows/money/a.ts', '../../services/trade/index.ts', 'an arrow up'],
    ['src/services/trade/a.ts', '../../app/modules.ts', 'an arrow up'],
    ['src/flows/money/a.ts', '../goods/index.ts', 'never import each other'],
    ['src/flows/money/a.ts', '../../kernel/db/place.ts', 'past the door'],
    ['src/services/trade/a.ts', '../../flows/money/entries.ts', 'past the door'],
    ['src/services/trade/a.ts', '../finance/offers.ts', 'past the door'],
    ['src/observatory/indicator/a.ts', '../../flows/money/index.ts', 'past the door'],
    ['src/simulation/a.ts', '../flows/goods/stock.ts', 'past the door'],
    ['src/services/trade/a.ts', '../../kernel/testing.ts', 'past the door'],
    ['test/fuzz/a.ts', '../../src/flows/goods/stock.ts', 'past the door'],
    ['src/app/a.ts', '../../tools/tidy.ts', 'src must not import'],
    ['web/src/a.ts', '../../src/flows/money/index.ts', 'share no code'],
    ['src/app/a.ts', '../../web/src/a.ts', 'share no code'],
    ['src/kernel/trust/a.ts', '../../../verifier/a.mjs', 'stands alone'],
  ])('%s must not import %s', (path, target, message) => {
    expect(findingsOf(path, `import { a } from '${target}';`)[0]).toContain(message);
    expect(findingsOf(path, `export type { A } from '${target}';`)[0]).toContain(message);
    expect(findingsOf(path, `await import('${target}');`)[0]).toContain(message);
  });

  it.each([
    ['src/flows/money/a.ts', './entries.ts'],
    ['src/flows/money/a.ts', '../../kernel/index.ts'],
    ['src/flows/money/a.test.ts', '../../kernel/testing.ts'],
    ['src/services/trade/a.ts', '../../flows/money/index.ts'],
    ['src/services/trade/a.ts', '../planning/index.ts'],
    ['src/observatory/indicator/a.ts', '../../flows/money/views.ts'],
    ['src/app/a.ts', '../simulation/index.ts'],
    ['test/fuzz/a.ts', '../../src/kernel/testing.ts'],
    ['tools/generate.ts', '../src/app/modules.ts'],
    ['tools/generate.ts', '../src/kernel/db/migrate.ts'],
    ['src/app/main.ts', '../../package.json'],
    ['web/src/a.ts', './generated/api.ts'],
  ])('%s may import %s', (path, target) => {
    expect(findingsOf(path, `import { a } from '${target}';`)).toEqual([]);
  });

  it('the console may know the pure parts of the kernel, and types, but nothing that runs', () => {
    const tx = '../../src/kernel/db/tx.ts';
    expect(findingsOf('web/src/a.ts', `import type { A } from '${tx}';`)).toEqual([]);
    expect(findingsOf('web/src/a.ts', `import { a } from '${tx}';`)).toHaveLength(1);
    expect(findingsOf('web/src/a.ts', "import { a } from '../../src/kernel/dates.ts';")).toEqual(
      [],
    );
  });

  it.each(['../src/kernel/index.ts', './b.mjs'])('the verifier must not import %s', (target) => {
    const [found] = findingsOf('verifier/a.mjs', `import { a } from '${target}';`);
    expect(found).toContain('stands alone');
  });

  it('services do not use each other in a ring', () => {
    const ring = ['one', 'two', 'three'].map((module, at, all) =>
      readSource(
        `src/services/${module}/index.ts`,
        `import { a } from '../${all[(at + 1) % 3]}/index.ts';`,
      ),
    );
    const paths = ring.map(({ path }) => path);
    expect(tidy(ring, paths)).toHaveLength(3);
    expect(tidy(ring.slice(0, 2), paths)).toEqual([]);
  });
});

describe('sizes', () => {
  const body = 'a();\n'.repeat(70);

  it('sees a long file, line and function', () => {
    expect(findingsOf('tools/a.ts', 'a();\n'.repeat(500))).toEqual([]);
    expect(findingsOf('tools/a.ts', 'a();\n'.repeat(501))).toEqual([
      '1 501 lines; a file has at most 500',
    ]);
    expect(findingsOf('src/a.sql', `\n-- ${'长'.repeat(98)}`)[0]).toMatch(/^2 101 columns/);
    expect(findingsOf('tools/a.ts', `\nconst a = () => {\n${body}};`)[0]).toMatch(/^2 72 lines/);
    expect(findingsOf('tools/a.ts', `const b = {\na() {\n${body}} };`)[0]).toMatch(/^2 72 lines/);
  });

  it('takes describe for a heading', () => {
    const grouped = `describe.each([1])('x', () => {\n${body}});`;
    expect(findingsOf('tools/a.test.ts', grouped)).toEqual([]);
    expect(findingsOf('tools/a.ts', grouped)).toHaveLength(1);
    expect(findingsOf('tools/a.test.ts', grouped.replace('describe', 'it'))).toHaveLength(1);
  });
});

describe('what must not be there', () => {
  it.each([
    'const at = Date.now();',
    'const at = new Date();',
    'const x = Math.random();',
    'const id = crypto.randomUUID();',
    'const id = globalThis.crypto.randomUUID();',
    "import { randomUUID } from 'node:crypto';",
    'const port = process.env.PORT;',
    "const port = process['env'].PORT;",
  ])('%s stays in the kernel', (text) => {
    expect(findingsOf('src/flows/money/a.ts', text)).toHaveLength(1);
    expect(findingsOf('src/kernel/a.ts', text)).toEqual([]);
    expect(findingsOf('tools/a.ts', text)).toEqual([]);
  });

  it.each(['src/a.sql', 'web/a.css', 'src/a.md', 'tools/a.ts'])('work left over in %s', (path) => {
    const words = ['TO', 'FIX'].map((start, at) => `// ${start}${['DO', 'ME'][at]} later`);
    for (const text of words) {
      const message = findingsOf(path, path.endsWith('.ts') ? text : text.slice(3))[0];
      expect(message).toContain('do it');
    }
  });

  it('a file that nothing leads to', () => {
    const alive = readSource(
      'src/app/main.ts',
      "import './a.ts'; new URL('./worker.ts', import.meta.url);",
    );
    const files = ['a', 'worker', 'dead'].map((name) => readSource(`src/app/${name}.ts`, ''));
    expect(tidy([alive, ...files], ['src/app/main.ts'])).toEqual([
      { path: 'src/app/dead.ts', line: 1, message: 'a dead file: nothing leads to it' },
    ]);
  });

  it('the tests that run are alive by themselves', () => {
    expect(tidy([readSource('tools/a.test.ts', '')], [])).toEqual([]);
  });
});
