import type { Format } from '../kernel/format/format.ts';
import { FACT_FIELDS, type FactField, type useFactTexts } from './facts/texts.ts';

type Reading = {
  format: Pick<Format, 'money' | 'date' | 'instant' | 'quantity'>;
  words: ReturnType<typeof useFactTexts>;
  partyName: (id: string | null) => string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/**
 * What a fact says in words that people use: the fields that have a name here, and its lines. The
 * rest stays readable below, as it was recorded.
 */
export function factRows(
  body: Readonly<Record<string, unknown>>,
  reading: Reading,
): { name: string; value: string }[] {
  const currency = typeof body.currency === 'string' ? body.currency : 'CNY';
  const rows = FACT_FIELDS.flatMap((field) => {
    const value = sayField(field, body[field], currency, reading);
    return value === undefined ? [] : [{ name: reading.words(field), value }];
  });
  const lines = Array.isArray(body.lines)
    ? body.lines.flatMap((line) => sayLine(line, reading))
    : [];
  if (lines.length > 0) rows.push({ name: reading.words('lines'), value: lines.join('\n') });
  return rows;
}

function sayField(
  field: FactField,
  value: unknown,
  currency: string,
  { format, partyName }: Reading,
): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  if (text === '') return undefined;
  if (field.endsWith('_minor')) return format.money(text, currency);
  if (field.endsWith('_id')) return partyName(text);
  if (INSTANT.test(text)) return format.instant(text);
  return DAY.test(text) ? format.date(text) : text;
}

function sayLine(line: unknown, { format }: Reading): string[] {
  if (typeof line !== 'object' || line === null) return [];
  const { name, quantity, unit, lot } = line as Record<string, unknown>;
  if (typeof name !== 'string' || typeof quantity !== 'string') return [];
  const amount = typeof unit === 'string' ? format.quantity(quantity, unit) : quantity;
  return [[name, amount, typeof lot === 'string' ? lot : ''].filter(Boolean).join(' · ')];
}
