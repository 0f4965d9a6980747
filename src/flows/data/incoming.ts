import type { DocumentFormat, DocumentKind } from './schema.ts';
import type { SheetKind } from './sheets/kinds.ts';
import type { SheetPreview } from './sheets/preview.ts';
import { readSheetFile } from './sheets/read-sheet.ts';
import type { TradeDocument } from './trade/document.ts';
import { readTradeDocument } from './ubl/in/document.ts';
import type { Problem } from './ubl/problem.ts';
import { readXml } from './ubl/read-xml.ts';
import { text, type XmlElement } from './ubl/tree.ts';
import { documentTypeOf, isPeppol, validate } from './ubl/validate.ts';

/**
 * What bytes from outside turned out to be. With errors it is refused; a sheet with bad rows is
 * not: its preview says which, and its sender decides about the good ones.
 */
export type Incoming = {
  kind: DocumentKind;
  format: DocumentFormat;
  number: string | null;
  tree: XmlElement | null;
  document: TradeDocument | null;
  preview: SheetPreview | null;
  errors: Problem[];
  warnings: Problem[];
};

const NOTHING = {
  number: null,
  tree: null,
  document: null,
  preview: null,
  errors: [],
  warnings: [],
};

/** XML starts with `<`, whatever the encoding, the byte order mark and the blanks before it. */
function looksLikeXml(bytes: Uint8Array): boolean {
  const passed = new Set([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0, 0x20, 0x09, 0x0a, 0x0d]);
  return bytes.subarray(0, 200).find((byte) => !passed.has(byte)) === 0x3c;
}

/** A ZIP archive: an XLSX workbook, or what pretends to be one. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function readUbl(bytes: Uint8Array): Incoming {
  const outcome = readXml(bytes);
  if (outcome.root === undefined) {
    return { ...NOTHING, kind: 'unreadable', format: 'unknown', errors: [outcome.problem] };
  }
  const tree = outcome.root;
  const { errors, warnings } = validate(tree);
  const found = { ...NOTHING, tree, errors, warnings };
  if (documentTypeOf(tree) === undefined)
    return { ...found, kind: 'unreadable', format: 'unknown' };
  const format = isPeppol(tree) ? 'peppol' : 'ubl';
  const number = text(tree, 'cbc:ID')?.slice(0, 200) ?? null;
  const reading = readTradeDocument(tree);
  if (reading === undefined) return { ...found, kind: 'kept', format, number };
  if (reading.document === undefined) {
    // What the rules found says more than what could then not be read.
    const unread = errors.length > 0 ? errors : reading.errors;
    return { ...found, kind: 'unreadable', format, number, errors: unread };
  }
  const { document } = reading;
  return { ...found, kind: document.kind, format, number: document.number, document };
}

async function readTable(bytes: Uint8Array, kind: SheetKind | undefined): Promise<Incoming> {
  const format = isWorkbook(bytes) ? 'xlsx' : 'csv';
  const { preview, problem } = await readSheetFile(bytes, kind);
  if (preview === undefined) return { ...NOTHING, kind: 'unreadable', format, errors: [problem] };
  return { ...NOTHING, kind: `sheet_${preview.kind}`, format, preview };
}

/**
 * Reads and judges a document without writing anything: UBL by its structure and rules, CSV and
 * XLSX by their headings and cells. The bytes decide what it is, not the name they came under.
 * Never throws for what is in them.
 */
export async function readIncoming(bytes: Uint8Array, sheet?: SheetKind): Promise<Incoming> {
  return looksLikeXml(bytes) ? readUbl(bytes) : readTable(bytes, sheet);
}

/** The neutral words of a document, whichever form it came in. */
export function bodyOf(
  incoming: Pick<Incoming, 'document' | 'preview'>,
): TradeDocument | SheetPreview | null {
  return incoming.document ?? incoming.preview;
}
