import { serveThread } from '../../kernel/index.ts';
import type { Making } from './making.ts';
import { makeRelease, verifyRelease } from './release/release.ts';

/** Makes releases in a thread of its own: an audit takes seconds. */
serveThread(async (asked: Making) =>
  asked.what === 'make' ? makeRelease(asked.source) : verifyRelease(asked.source, asked.out),
);
