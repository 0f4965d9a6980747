import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './chromium.ts';
import { countLine, countTests } from './report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jingwei-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the report', () => {
  const file = (status: string, ...tests: string[]) => ({
    name: 'a.test.ts',
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  });

  it('counts tests, and a file that did not load as a failure', () => {
    const report = {
      testResults: [
        file('passed', 'passed', 'passed', 'skipped', 'todo'),
        file('failed', 'passed', 'failed'),
        file('failed'),
      ],
    };
    expect(countTests(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('says so in one line', () => {
    expect(countLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(countLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});

describe('the browser', () => {
  it('is looked for where it is named, then on the path', () => {
    expect(findChromium({ PATH: folder })).toBeUndefined();
    const browser = join(folder, 'chromium');
    writeFileSync(browser, '');
    expect(findChromium({ PATH: folder })).toBeUndefined();
    chmodSync(browser, 0o755);
    expect(findChromium({ PATH: folder })).toBe(browser);
    expect(findChromium({ PATH: folder, JINGWEI_CHROMIUM: '/opt/c' })).toBe('/opt/c');
  });
});
