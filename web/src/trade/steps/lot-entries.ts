import type { Order } from '../../generated/api.ts';
import { parseDecimal } from '../../kernel/format/entry.ts';
import type { SentLine } from './defaults.ts';
import { leftToSend } from './defaults.ts';
import type { DespatchProposal } from './despatch-proposal.ts';

/** One lot of one line, as typed. */
export type LotEntry = {
  key: string;
  order_line_no: number;
  quantity: string;
  lot: string;
  best_before: string;
  sscc: string;
};

export function newEntry(order_line_no: number, key: string, part?: Partial<SentLine>): LotEntry {
  return {
    key,
    order_line_no,
    quantity: part?.quantity ?? '',
    lot: part?.lot ?? '',
    best_before: part?.best_before ?? '',
    sscc: '',
  };
}

/** The lots proposed; a line for which the shelf has nothing still gets its empty entry. */
export function newEntries(order: Order, proposal: DespatchProposal): LotEntry[] {
  return order.lines
    .filter((line) => leftToSend(line).gt(0))
    .flatMap(({ line_no }) => {
      const parts = proposal.lines.filter(({ order_line_no }) => order_line_no === line_no);
      if (parts.length === 0) return [newEntry(line_no, `${line_no}-0`)];
      return parts.map((part, at) => newEntry(line_no, `${line_no}-${at}`, part));
    });
}

/** What is sent: entries with a quantity. Null while one of them is no number. */
export function sentLines(entries: readonly LotEntry[]): (SentLine & { sscc?: string })[] | null {
  const filled = entries.filter(({ quantity }) => quantity.trim() !== '');
  if (filled.some(({ quantity }) => parseDecimal(quantity) === undefined)) return null;
  return filled
    .map(({ order_line_no, quantity, lot, best_before, sscc }) => ({
      order_line_no,
      quantity: parseDecimal(quantity) ?? '0',
      ...(lot.trim() ? { lot: lot.trim() } : {}),
      ...(best_before ? { best_before } : {}),
      ...(sscc.trim() ? { sscc: sscc.trim() } : {}),
    }))
    .filter(({ quantity }) => Number(quantity) > 0);
}
