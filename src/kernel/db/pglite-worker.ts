import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { assert } from '../assert.ts';

/**
 * PGlite in a thread of its own: a long query would otherwise stop the event loop for all of it.
 * Speaks the PostgreSQL wire protocol in both directions, one burst of whole messages at a time.
 */
assert(parentPort, 'this file runs as a worker thread');
const port = parentPort;
const folder = (workerData as { folder: string | null }).folder;
const database = await PGlite.create(folder === null ? {} : { dataDir: folder });
port.postMessage('ready');

let queue = Promise.resolve();
port.on('message', (message: Uint8Array | 'close') => {
  queue = queue.then(async () => {
    if (message === 'close') {
      await database.close();
      port.postMessage('closed');
      port.close();
      return;
    }
    const reply = await database.execProtocolRaw(message);
    port.postMessage(reply);
  });
});
