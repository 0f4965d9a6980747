import type { Problem } from '../ubl/problem.ts';
import type { GridOutcome } from './grid.ts';
import type { SheetKind } from './kinds.ts';
import { guessKind, type PreviewOutcome, previewSheet } from './preview.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

/** A workbook is a zip file, whatever its name or its media type say. */
function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** Rows of text from CSV or XLSX, told apart by their bytes. */
export async function readGrid(bytes: Uint8Array): Promise<GridOutcome> {
  return isZip(bytes) ? readXlsx(bytes) : readCsv(bytes);
}

/**
 * Reads a sheet of a kind that is known, or is told from its headings. Never throws for what is in
 * the bytes.
 */
export async function readSheetFile(
  bytes: Uint8Array,
  kind?: SheetKind,
): Promise<PreviewOutcome<SheetKind>> {
  const outcome = await readGrid(bytes);
  if (outcome.problem !== undefined) return { problem: outcome.problem };
  const found = kind ?? guessKind(outcome.grid);
  if (found !== undefined) return previewSheet(outcome.grid, found);
  const problem: Problem = {
    rule: 'SHEET-HEADINGS',
    path: '/1',
    zh: '表头不是订单、商品目录或库存表。可先下载模板。',
    en: 'The headings are those of no order, catalogue or stock sheet. Start from a template.',
  };
  return { problem };
}
