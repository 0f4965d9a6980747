import { parentPort } from 'node:worker_threads';
import { assert } from '../assert.ts';
import { Fault } from '../faults.ts';
import type { ThreadSays } from './thread.ts';

/** The other end of `openThread`: answers each job with what `work` makes of it, or its fault. */
export function serveThread<Job, Result>(work: (job: Job) => Result | Promise<Result>): void {
  assert(parentPort, 'this runs as a worker thread');
  const port = parentPort;
  const say = (what: ThreadSays<Result>) => port.postMessage(what);
  port.on('message', async (job: Job) => {
    try {
      say({ done: await work(job) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { code, status, messages, errors } = error;
      say({ refused: { code, status, messages, errors: [...errors] } });
    }
  });
  say('ready');
}
