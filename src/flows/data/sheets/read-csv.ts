import Papa from 'papaparse';
import { bounded, type GridOutcome, refuseSheet, SHEET_LIMITS } from './grid.ts';

/**
 * Decodes what spreadsheets save as CSV: UTF-8 with or without BOM, UTF-16 with one, and GB18030,
 * which is what a Chinese Excel writes. Bytes that are valid UTF-8 are taken as such first: GB18030
 * text hardly ever is by chance, while the reverse is common.
 */
function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  const labels =
    a === 0xff && b === 0xfe
      ? ['utf-16le']
      : a === 0xfe && b === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030'];
  for (const label of labels) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // The next encoding is tried; when none fits, the file is refused by name.
    }
  }
  return undefined;
}

/** Takes back the apostrophe that our own export puts before a text like a formula. */
function unquote(cell: string): string {
  const trimmed = cell.trim();
  return /^'[=+\-@]/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

/** Reads CSV with comma, semicolon, tab or bar, whichever divides the lines evenly. */
export function readCsv(bytes: Uint8Array): GridOutcome {
  if (bytes.byteLength > SHEET_LIMITS.bytes) {
    const most = SHEET_LIMITS.bytes / 1024 / 1024;
    return refuseSheet('SHEET-SIZE', `文件超过 ${most} MB。`, `Larger than ${most} MB.`);
  }
  const text = decode(bytes);
  if (text === undefined || text.includes('\u0000')) {
    return refuseSheet(
      'SHEET-ENCODING',
      '无法识别文件编码，请用 UTF-8 或 GB18030 保存。',
      'The encoding is not known: save as UTF-8 or GB18030.',
    );
  }
  const parsed = Papa.parse<string[]>(text, {
    delimitersToGuess: [',', ';', '\t', '|'],
    preview: SHEET_LIMITS.rows + 1,
  });
  const broken = parsed.errors.find((error) => error.type === 'Quotes');
  if (broken !== undefined) {
    const row = (broken.row ?? 0) + 1;
    return refuseSheet(
      'SHEET-QUOTES',
      `第 ${row} 行的引号没有成对。`,
      `The quotes of row ${row} do not match.`,
    );
  }
  return bounded(parsed.data.map((row) => row.map(unquote)));
}
