import { serveThread } from '../../kernel/index.ts';
import { type ReaderAsk, readHere } from './reader.ts';

/** Reads documents in a thread of its own: ten megabytes would stop the event loop for a second. */
serveThread((ask: ReaderAsk) => readHere(ask));
