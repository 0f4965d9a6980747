import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/place.ts';
import { limits } from '../limits.ts';
import type { Watch } from './watch.ts';

export type Running = {
  server: FastifyInstance;
  /** What works beside the requests: the sealer, the sender of webhooks. */
  jobs: readonly { stop(): Promise<void> }[];
  watch: Watch;
  database: Database;
  giveBack(): void;
};

const within = (ms: number, work: Promise<unknown>) => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
};

/**
 * A clean stop: takes no new work, ends what runs, gives back what it holds; within limits.stop_ms,
 * whoever still hangs on it. Until its last request has ended the port stays open and says 503.
 */
export async function stop({ server, jobs, watch, database, giveBack }: Running): Promise<void> {
  watch.note('stopping', true);
  await server.drain();
  server.server.closeIdleConnections();
  await server.close();
  await within(limits.jobs_stop_ms, Promise.all(jobs.map((job) => job.stop())));
  // A statement that hangs would hold its connection, and the pool with it, past our time.
  const late = setTimeout(() => database.pulse.cut(), limits.jobs_stop_ms);
  await within(limits.watch_ms, watch.stop());
  await database.close();
  clearTimeout(late);
  giveBack();
}
