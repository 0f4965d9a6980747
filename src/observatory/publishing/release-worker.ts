import { serveThread } from '../../kernel/index.ts';
import type { Making } from './making.ts';
import { attackRelease, makeRelease, verifyRelease } from './release/release.ts';

/** Makes releases in a thread of its own: an audit takes seconds. */
serveThread(async (asked: Making) => {
  if (asked.what === 'make') return makeRelease(asked.source);
  if (asked.what === 'attack') return attackRelease(asked.source);
  return verifyRelease(asked.source, asked.out);
});
