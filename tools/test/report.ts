/** The part of vitest's JSON report that is counted. */
export type Report = {
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly { status: string }[];
  }[];
};

export type Count = { passed: number; failed: number; skipped: number };

/**
 * Counts tests one by one. A file that failed before it had a failed test (it did not even load)
 * counts as one failure: no test of it may vanish from the sum.
 */
export function countTests({ testResults }: Report): Count {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    const before = count.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') count.passed += 1;
      else if (test.status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
    if (status === 'failed' && count.failed === before) count.failed += 1;
  }
  return count;
}

export function countLine({ passed, failed, skipped }: Count): string {
  const behind = skipped > 0 ? `, ${skipped} skipped` : '';
  return `${passed} passed, ${failed} failed${behind}`;
}
