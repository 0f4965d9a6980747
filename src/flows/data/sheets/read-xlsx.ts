import { unzipSync, type Zippable, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { Decimal } from '../../../kernel/index.ts';
import { bounded, type GridOutcome, refuseSheet, SHEET_LIMITS } from './grid.ts';

/**
 * Unpacks under a bound, and packs again without compression: the sheet reader unpacks by itself
 * and has no bound of its own. Each part unpacks into a buffer of the size that it declares, so a
 * part that lies about its size is cut off, not grown into.
 */
function defuse(bytes: Uint8Array): Uint8Array | undefined {
  let total = 0;
  let files = 0;
  let over = false;
  const parts = unzipSync(bytes, {
    filter: (part) => {
      files += 1;
      total += part.originalSize;
      over ||= total > SHEET_LIMITS.unpacked_bytes || files > SHEET_LIMITS.files;
      return !over && /\.(xml|rels)$/.test(part.name);
    },
  });
  if (over) return undefined;
  // XML of a workbook has no document type; one that has is an attack on some reader.
  const texts = Object.entries(parts).filter(([, part]) => !hasDoctype(part));
  return zipSync(Object.fromEntries(texts) as Zippable, { level: 0 });
}

function hasDoctype(part: Uint8Array): boolean {
  return Buffer.from(part.buffer, part.byteOffset, Math.min(part.length, 4_096))
    .toString('latin1')
    .includes('<!DOCTYPE');
}

/**
 * A number as Excel shows it: fifteen digits, for 0.1 + 0.2 is stored with seventeen. As text,
 * because a GTIN is a number to Excel and not to us.
 */
function numberText(stored: string): string {
  return new Decimal(stored).toSignificantDigits(15).toFixed();
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/** Reads the first sheet of a workbook; dates come as YYYY-MM-DD, numbers as plain decimals. */
export async function readXlsx(bytes: Uint8Array): Promise<GridOutcome> {
  if (bytes.byteLength > SHEET_LIMITS.bytes) {
    const most = SHEET_LIMITS.bytes / 1024 / 1024;
    return refuseSheet('SHEET-SIZE', `文件超过 ${most} MB。`, `Larger than ${most} MB.`);
  }
  try {
    const safe = defuse(bytes);
    if (safe === undefined) {
      return refuseSheet('SHEET-SIZE', '工作簿解压后过大。', 'The workbook unpacks to too much.');
    }
    const rows = await readSheet(Buffer.from(safe), { parseNumber: numberText });
    return bounded(rows.map((row) => row.map(cellText)));
  } catch {
    // The libraries throw whatever a broken file leads them to; to the sender it is one thing.
    return refuseSheet(
      'SHEET-FORMAT',
      '这不是可读的 XLSX 工作簿。',
      'This is no XLSX workbook that can be read.',
    );
  }
}
