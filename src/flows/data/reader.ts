import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { assert, present, toJson } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { type Incoming, isWorkbook, readIncoming } from './incoming.ts';
import type { GridOutcome } from './sheets/grid.ts';
import type { SheetKind } from './sheets/kinds.ts';
import { readGrid } from './sheets/read-sheet.ts';

/** What bytes turned out to be; the tree as the JSON that is stored: it moves between threads. */
export type ReadDocument = Omit<Incoming, 'tree'> & { tree_json: string | null };

export const READER_LIMITS = {
  /** Text up to this size is read where it is: a few milliseconds, less than asking would cost. */
  bytes_here: 32 * 1024,
  /** Both together stay below what a transaction may be idle for. */
  wait_ms: 4_000,
  read_ms: 5_000,
  queue: 16,
  memory_mb: 768,
} as const;

/** A document, maybe a sheet of a kind that is known; or rows whose columns somebody else knows. */
export type ReaderAsk = { bytes: Uint8Array; sheet?: SheetKind | undefined; as_rows: boolean };
export type ReaderGives = { document: ReadDocument } | { rows: GridOutcome };

/** Reads in this thread. */
export async function readHere({ bytes, sheet, as_rows }: ReaderAsk): Promise<ReaderGives> {
  if (as_rows) return { rows: await readGrid(bytes) };
  const { tree, ...incoming } = await readIncoming(bytes, sheet);
  return { document: { ...incoming, tree_json: tree === null ? null : toJson(tree) } };
}

type Job = {
  ask: ReaderAsk;
  timer: NodeJS.Timeout;
  resolve(read: ReaderGives): void;
  reject(error: Error): void;
};

/** What the thread says: that it has loaded what it needs, and then what it has read. */
export type ReaderSays = 'ready' | ReaderGives;

/** The one thread, started when first needed, and what waits for it; the first may be under way. */
let worker: Worker | undefined;
let ready = false;
let underWay: Job | undefined;
const jobs: Job[] = [];

function startWorker(): Worker {
  const started = new Worker(new URL('./reader-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: READER_LIMITS.memory_mb },
  });
  ready = false;
  started.on('message', (said: ReaderSays) => {
    if (worker !== started) return;
    if (said !== 'ready') return settle((job) => job.resolve(said));
    ready = true;
    startNext();
  });
  // Out of memory, most likely: the document is at fault, the next one gets a new thread.
  started.on('error', () => {
    if (worker !== started) return;
    worker = undefined;
    if (underWay) settle((job) => job.reject(fault('data.document_heavy')));
  });
  // A server that stops does not wait for its reader; a listener added later would hold it again.
  started.unref();
  return started;
}

/** Ends the job that is under way and starts the next. */
function settle(end: (job: Job) => void): void {
  const job = present(underWay, 'the reader answers one job at a time');
  underWay = undefined;
  clearTimeout(job.timer);
  end(job);
  startNext();
}

/** A thread that is still loading is waited for, and its loading is no part of the reading. */
function startNext(): void {
  if (underWay || jobs.length === 0) return;
  worker ??= startWorker();
  if (!ready) return;
  const next = present(jobs.shift(), 'somebody waits');
  underWay = next;
  clearTimeout(next.timer);
  next.timer = setTimeout(stopReading, READER_LIMITS.read_ms);
  // A copy, since what is transferred is gone here (`slice` of a Buffer would be no copy).
  const bytes = new Uint8Array(next.ask.bytes);
  worker.postMessage({ ...next.ask, bytes } satisfies ReaderAsk, [bytes.buffer]);
}

/** A document that is read for so long is refused, and its thread with it. */
function stopReading(): void {
  void worker?.removeAllListeners('message').terminate();
  worker = undefined;
  settle((job) => job.reject(fault('data.document_heavy')));
}

/** One that waited too long is told to come again. */
function stopWaiting(job: Job): void {
  jobs.splice(jobs.indexOf(job), 1);
  job.reject(fault('data.reader_busy'));
}

function readApart(ask: ReaderAsk): Promise<ReaderGives> {
  const waiting = jobs.length + (underWay ? 1 : 0);
  if (waiting >= READER_LIMITS.queue) throw fault('data.reader_busy');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stopWaiting(job), READER_LIMITS.wait_ms);
    const job: Job = { ask, timer, resolve, reject };
    jobs.push(job);
    startNext();
  });
}

/** Loads the thread ahead of its first document, which would wait for it otherwise. */
export async function loadReader(): Promise<void> {
  worker ??= startWorker();
  while (!ready) await once(worker, 'message');
}

async function read(ask: ReaderAsk): Promise<ReaderGives> {
  const isSmall = ask.bytes.byteLength <= READER_LIMITS.bytes_here && !isWorkbook(ask.bytes);
  return isSmall ? readHere(ask) : readApart(ask);
}

/**
 * Reads and judges a document without writing anything, and without holding up the other requests:
 * what is large, and every workbook (small ones unpack to much), is read in a thread of its own.
 * @throws data.reader_busy, data.document_heavy
 */
export async function readDocument(bytes: Uint8Array, sheet?: SheetKind): Promise<ReadDocument> {
  const given = await read({ bytes, sheet, as_rows: false });
  assert('document' in given, 'who asks for a document gets one');
  return given.document;
}

/**
 * Rows of text from CSV or XLSX, in the same way. Never throws for what is in the bytes.
 * @throws data.reader_busy, data.document_heavy
 */
export async function readRows(bytes: Uint8Array): Promise<GridOutcome> {
  const given = await read({ bytes, as_rows: true });
  assert('rows' in given, 'who asks for rows gets rows');
  return given.rows;
}
