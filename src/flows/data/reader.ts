import { openThread, toJson } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { type Incoming, isWorkbook, readIncoming } from './incoming.ts';
import type { SheetKind } from './sheets/kinds.ts';

/** What bytes turned out to be; the tree as the JSON that is stored: it moves between threads. */
export type ReadDocument = Omit<Incoming, 'tree'> & { tree_json: string | null };

export const READER_LIMITS = {
  /** Text up to this size is read where it is: a few milliseconds, less than asking would cost. */
  bytes_here: 32 * 1024,
  /** Both together stay below what a transaction may be idle for. */
  wait_ms: 4_000,
  work_ms: 5_000,
  queue: 16,
  memory_mb: 768,
} as const;

/** Reads in this thread. */
export async function readHere(bytes: Uint8Array, sheet?: SheetKind): Promise<ReadDocument> {
  const { tree, ...incoming } = await readIncoming(bytes, sheet);
  return { ...incoming, tree_json: tree === null ? null : toJson(tree) };
}

export type ReadingJob = { bytes: Uint8Array; sheet: SheetKind | undefined };

const reader = openThread<ReadingJob, ReadDocument>(
  new URL('./reader-worker.ts', import.meta.url),
  READER_LIMITS,
  { busy: () => fault('data.reader_busy'), heavy: () => fault('data.document_heavy') },
);

/** Loads the thread ahead of its first document, which would wait for it otherwise. */
export const loadReader = reader.load;

function readApart(given: Uint8Array, sheet?: SheetKind): Promise<ReadDocument> {
  return reader.ask(() => {
    // A copy, since what is transferred is gone here (`slice` of a Buffer would be no copy).
    const bytes = new Uint8Array(given);
    return { job: { bytes, sheet }, transfer: [bytes.buffer] };
  });
}

/**
 * Reads and judges a document without writing anything, and without holding up the other requests:
 * what is large, and every workbook (small ones unpack to much), is read in a thread of its own.
 * @throws data.reader_busy, data.document_heavy
 */
export async function readDocument(bytes: Uint8Array, sheet?: SheetKind): Promise<ReadDocument> {
  const isSmall = bytes.byteLength <= READER_LIMITS.bytes_here && !isWorkbook(bytes);
  return isSmall ? readHere(bytes, sheet) : readApart(bytes, sheet);
}
