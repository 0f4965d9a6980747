import { serveThread } from '../../kernel/index.ts';
import { type ReadingJob, readHere } from './reader.ts';

/** Reads documents in a thread of its own: ten megabytes would stop the event loop for a second. */
serveThread(({ bytes, sheet }: ReadingJob) => readHere(bytes, sheet));
