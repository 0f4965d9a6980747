import { parentPort } from 'node:worker_threads';
import { assert } from '../../kernel/index.ts';
import { type ReaderAsk, type ReaderSays, readHere } from './reader.ts';

/** Reads documents in a thread of its own: ten megabytes would stop the event loop for a second. */
assert(parentPort, 'this file runs as a worker thread');
const port = parentPort;
const say = (what: ReaderSays) => port.postMessage(what);
port.on('message', async (ask: ReaderAsk) => say(await readHere(ask)));
say('ready');
