import { z } from 'zod';

/** The pieces that every module's schemas are made of. Wire form on the left, ours on the right. */

/** Taken in any case, known in lower case: ids are compared as text, and as the database says. */
export const uuid = z.guid().toLowerCase().meta({ description: 'UUID' });
/** An instant in UTC, e.g. `2026-11-23T04:33:11.123Z`. */
export const instant = z.iso.datetime({ offset: true }).meta({ description: 'instant, UTC' });
/** Years that an answer can say whatever the offset was, and that no trade is outside of. */
const sensibleYears = /^(19|20|21)\d{2}-/;
/** An instant as somebody writes it, with any offset; inside in UTC, so that text compares. */
export const givenInstant = z.iso
  .datetime({ offset: true })
  .refine(
    (text) => sensibleYears.test(text),
    '请填 1900 至 2199 年之间的时间|give a time between the years 1900 and 2199',
  )
  .overwrite((text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()))
  .meta({ description: 'instant, with its offset' });
/** A business day in the chain's zone, e.g. `2026-11-23`. */
export const businessDate = z.iso.date().meta({ description: 'business date' });
/** A decimal of at most 20 digits before and 10 behind the point, written as text. */
export const decimal = z
  .string()
  .regex(/^-?\d{1,20}(\.\d{1,10})?$/)
  .meta({ description: 'decimal as text' });
/** What comes in has room to add up before it reaches the digits that an answer may have. */
const writtenDecimal = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,10})?$/)
  .meta({ description: 'decimal as text' });
export const positiveDecimal = writtenDecimal.refine(
  (text) => Number(text) > 0,
  '必须大于零|must be above zero',
);
export const nonNegativeDecimal = writtenDecimal.refine(
  (text) => !text.startsWith('-'),
  '不能小于零|must not be below zero',
);
/**
 * Integer minor units of a currency (fen of CNY): text on the wire, bigint inside. Nineteen digits,
 * so that whatever the database can hold can be answered; it refuses what is beyond its own range.
 */
export const minorUnits = z.codec(z.string().regex(/^-?\d{1,19}$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217' });
export const unitCode = z
  .string()
  .regex(/^[A-Z0-9]{2,3}$/)
  .meta({ description: 'UN/ECE Recommendation 20 unit' });
/** Spaces of no width alone would look like nothing at all. */
const visible = (text: string) => /[^\p{C}\p{Z}\p{M}]/u.test(text);
const unseen = '请填写看得见的文字|write something that can be seen';
export const shortText = z.string().trim().min(1).max(200).refine(visible, unseen);
export const longText = z.string().trim().min(1).max(2_000).refine(visible, unseen);

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export type { Bilingual } from './bilingual.ts';

export const chainRoles = [
  'core',
  'supplier',
  'manufacturer',
  'dealer',
  'shop',
  'carrier',
  'warehouse',
  'lender',
  'association',
  'statistician',
] as const;
export const chainRole = z.enum(chainRoles);
export type ChainRole = z.output<typeof chainRole>;

export const scopes = ['orders', 'shipments', 'stock', 'invoices', 'ledger', 'readings'] as const;
export const scope = z.enum(scopes);
export type Scope = z.output<typeof scope>;
