import { fromMinor, toMinor } from '../../../../src/kernel/decimal.ts';
import type { Form, ReportDraft } from '../../generated/api.ts';
import { parseDecimal } from '../../kernel/format/entry.ts';

export type Item = Form['items'][number];
export type Value = ReportDraft['answers'][string];
/** What a person types: one figure, or both bounds of one that is not known exactly. */
export type Entry = { low: string; high: string; is_interval: boolean };

const shown = (item: Item, text: string) =>
  item.kind === 'amount' ? fromMinor(BigInt(text), 'CNY') : text;

/** A value as it is typed; amounts in yuan. */
export function entryOf(item: Item, value: Value | undefined): Entry {
  if (value === undefined) return { low: '', high: '', is_interval: false };
  if (typeof value === 'string') {
    return { low: shown(item, value), high: '', is_interval: false };
  }
  const [low, high] = [shown(item, value.low), shown(item, value.high)];
  return low === high ? { low, high: '', is_interval: false } : { low, high, is_interval: true };
}

const WORDS = new Set(['text', 'choice']);

function figureOf(item: Item, typed: string): string | undefined {
  if (WORDS.has(item.kind)) return typed.trim() || undefined;
  const text = typed.trim();
  const isNegative = text.startsWith('-');
  const figure = parseDecimal(isNegative ? text.slice(1) : text);
  if (figure === undefined) return undefined;
  const signed = isNegative ? `-${figure}` : figure;
  return item.kind === 'amount' ? toMinor(signed, 'CNY').toString() : signed;
}

/** What was typed, as it is sent; null where nothing was, undefined where it is no figure. */
export function typedValue(item: Item, entry: Entry): Value | null | undefined {
  const parts = entry.is_interval ? [entry.low, entry.high] : [entry.low];
  if (parts.every((part) => part.trim() === '')) return null;
  const [low, high] = parts.map((part) => figureOf(item, part));
  if (low === undefined) return undefined;
  if (!entry.is_interval) return low;
  return high === undefined ? undefined : { low, high };
}
