import pg from 'pg';
import { limits } from '../limits.ts';

/** Asks a database whether it is there, beside the pools that work with it. */
export type Pulse = {
  /** The database's time in ms. @throws when it does not answer within limits.pulse_ms */
  now(): Promise<number>;
  /** Writes a megabyte and throws it away. @throws 53100 where the disk is full */
  tryDisk(): Promise<void>;
  /** Breaks every connection of the pools: who waits for an answer there gets an error. */
  cut(): void;
  end(): Promise<void>;
};

type Cuttable = { connection: { stream: { destroy(): void } } };

/** @param pools whose connections `cut` breaks */
export function openPulse(options: pg.PoolConfig, pools: readonly pg.Pool[]): Pulse {
  const pool = new pg.Pool({
    ...options,
    max: 1,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: limits.pulse_ms,
    query_timeout: limits.pulse_ms,
  });
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const connected = new Set<Cuttable>();
  for (const one of pools) {
    one.on('connect', (client) => connected.add(client as unknown as Cuttable));
    one.on('remove', (client) => connected.delete(client as unknown as Cuttable));
  }
  async function ask(text: string) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      return await client.query(text);
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      // One that did not answer in time may answer the next question with this one's answer.
      client.release(broken);
    }
  }
  return {
    async now() {
      const { rows } = await ask(
        `select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
      );
      return (rows[0] as { now_ms: number }).now_ms;
    },
    async tryDisk() {
      await ask(
        `create temporary table disk_probe on commit drop as
           select repeat('x', 1000) as filling from generate_series(1, 1000)`,
      );
    },
    cut() {
      for (const client of connected) client.connection.stream.destroy();
    },
    end: () => pool.end(),
  };
}

const ignore = () => {};

/** For a database inside this process, which is there as long as the process is. */
export const noPulse = (now: () => Date): Pulse => ({
  now: async () => now().getTime(),
  tryDisk: async () => {},
  cut() {},
  end: async () => {},
});
