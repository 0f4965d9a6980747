import { assert, openThread, toJson } from '../../kernel/index.ts';
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
  work_ms: 5_000,
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

const reader = openThread<ReaderAsk, ReaderGives>(
  new URL('./reader-worker.ts', import.meta.url),
  READER_LIMITS,
  { busy: () => fault('data.reader_busy'), heavy: () => fault('data.document_heavy') },
);

/** Loads the thread ahead of its first document, which would wait for it otherwise. */
export const loadReader = reader.load;

function readApart(asked: ReaderAsk): Promise<ReaderGives> {
  return reader.ask(() => {
    // A copy, since what is transferred is gone here (`slice` of a Buffer would be no copy).
    const bytes = new Uint8Array(asked.bytes);
    return { job: { ...asked, bytes }, transfer: [bytes.buffer] };
  });
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
