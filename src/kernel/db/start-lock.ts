import type pg from 'pg';

/** Nobody else's number: 'jw' as two bytes, and 1. */
const startLock = 0x6a770001;

/**
 * Runs `work` while no other server does so on this database. Servers that start together make its
 * roles and tables one after the other: two that make the same thing at once collide, with
 * `if not exists` too.
 */
export async function oneAtATime<T>(
  owner: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await owner.connect();
  let broken: Error | undefined;
  try {
    await client.query(`select pg_advisory_lock(${startLock})`);
    const result = await work(client);
    await client.query(`select pg_advisory_unlock(${startLock})`);
    return result;
  } catch (error) {
    // The lock goes with its connection.
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}
