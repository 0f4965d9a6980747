import { expect, test } from 'vitest';
import { verbs } from './cli-verbs.ts';
import type { PlatformVerb } from './verb.ts';

test.each(['people create', 'people reset-factors'])(
  '%s takes no password that the console would not take',
  async (verb) => {
    const values = { login: 'lin', name: '林', role: 'viewer', password: 'too short' };
    const found = verbs[verb] as PlatformVerb;
    await expect(found.run({} as never, values)).rejects.toThrow(/10 characters or more/);
  },
);
