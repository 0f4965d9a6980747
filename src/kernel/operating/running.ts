import type { FastifyInstance } from 'fastify';
import { limits } from '../limits.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Ends the streams, and waits for the requests under way; see `stop`. */
    drain(): Promise<unknown>;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Counts the requests under way, without those that never end by themselves. */
export function countRunning(server: FastifyInstance) {
  const running = new Set<object>();
  server.addHook('onRequest', async (request, reply) => {
    if (request.ws) return;
    running.add(request);
    // A client that leaves gets no response, but its request ends all the same.
    reply.raw.once('close', () => running.delete(request));
  });
  return {
    count: () => running.size,
    /** Waits until none is left, but no longer than limits.drain_ms: one may never end. */
    async drained(): Promise<void> {
      const began = performance.now();
      while (running.size > 0 && performance.now() - began < limits.drain_ms) await pause(20);
    },
  };
}
