import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { typeParsers } from './driver.ts';
import { appRole, type Database } from './place.ts';
import { noPulse } from './pulse.ts';

const terminateMessage = 0x58;

/** The socket that `pg` believes it has: bytes go to the worker thread and come back from it. */
function wireTo(worker: Worker): Duplex {
  const wire = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      if (chunk[0] !== terminateMessage) worker.postMessage(new Uint8Array(chunk));
      done();
    },
    writev(chunks, done) {
      const burst = Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer));
      if (burst[0] !== terminateMessage) worker.postMessage(new Uint8Array(burst));
      done();
    },
    final(done) {
      wire.push(null);
      done();
    },
  });
  worker.on('message', (message: unknown) => {
    if (message instanceof Uint8Array) wire.push(Buffer.from(message));
  });
  worker.on('error', (error) => wire.destroy(error as Error));
  return Object.assign(wire, {
    connect: () => setImmediate(() => wire.emit('connect')),
    setNoDelay: () => wire,
    setKeepAlive: () => wire,
    ref: () => wire,
    unref: () => wire,
  });
}

/**
 * Opens PGlite in `folder`, or in memory. One connection: transactions run one after another.
 * It never calls fsync, so it is not safe against power loss.
 */
export async function openPglite(folder: string | null): Promise<Database> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: { folder },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    types: typeParsers,
    pipeline: true,
    stream: () => wireTo(worker),
  } as pg.PoolConfig);
  await pool.query(`set time zone 'UTC'`);
  return {
    place: 'pglite',
    durable: false,
    app: pool,
    owner: pool,
    joined: false,
    isUp: () => true,
    pulse: noPulse(() => new Date()),
    role_prelude: `set local role ${appRole}; `,
    async close() {
      await pool.end();
      const closed = new Promise<void>((resolve) => {
        worker.on('message', (message) => message === 'closed' && resolve());
        worker.once('exit', () => resolve());
      });
      worker.postMessage('close');
      await closed;
      await worker.terminate();
    },
  };
}
