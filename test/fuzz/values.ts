import { z } from 'zod';
import type { Dice } from '../simulation/dice.ts';

/** As much of JSON Schema as our own schemas say. */
export type Shape = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  $ref?: string;
  $defs?: Record<string, Shape>;
  format?: string;
  pattern?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxLength?: number;
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
};

/** What a caller may know: ids and cursors that it can name, its own or not. */
export type Known = {
  /** By what they name: `order`, `invoice`, `party`. */
  ids: ReadonlyMap<string, readonly string[]>;
  cursors: readonly string[];
};

/** What the id of a field names, where another word stands for it. */
const nounOf: Readonly<Record<string, string>> = {
  seller: 'party',
  buyer: 'party',
  payer: 'party',
  payee: 'party',
  reader: 'party',
  owner: 'party',
  partner: 'party',
  counterparty: 'party',
  carrier: 'party',
  from_place: 'place',
  to_place: 'place',
  subject: 'order',
  receivable: 'invoice',
  replaces: 'document',
  form: 'statistical_form',
};

/** Mostly an id of the thing that is asked for, sometimes one of something else. */
function idFor(name: string, dice: Dice, { ids }: Known): string {
  const word = name.replace(/_ids?$/, '');
  const fitting = ids.get(nounOf[word] ?? word) ?? [];
  const any = [...ids.values()].flat();
  return dice.pick(fitting.length > 0 && dice.chance(0.85) ? fitting : any);
}

export function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape;
}

const texts = [
  '水饺',
  'T-1',
  '一号库',
  'CT',
  'A',
  'L1',
  'x'.repeat(60),
  '　',
  'Ω≈ç√',
  '00',
  'null',
];

function textFor(shape: Shape, name: string, dice: Dice, known: Known): string {
  const { format, pattern = '', description = '' } = shape;
  if (name === 'after' && known.cursors.length > 0) return dice.pick(known.cursors);
  if (description === 'UUID' || /(^|_)ids?$/.test(name)) return idFor(name, dice, known);
  if (format === 'date') return dice.pick(['2026-03-02', '2026-03-31', '2024-02-29', '9999-12-31']);
  if (format === 'date-time')
    return dice.pick(['2026-03-02T00:00:00.000Z', '2026-03-02T08:00:00+08:00']);
  if (description === 'decimal as text')
    return dice.pick(['1', '12.5', '0.0000000001', '999999999999999']);
  if (description === 'ISO 4217') return dice.pick(['CNY', 'USD', 'JPY', 'ZZZ']);
  if (pattern.includes('A-Z0-9')) return dice.pick(['KGM', 'CT', 'C62', 'ZZ']);
  if (pattern.includes('\\d{1,19}')) return dice.pick(['1', '100', '-5', '9223372036854775807']);
  if (pattern.includes('0(\\.')) return dice.pick(['0', '0.13', '0.0001']);
  if (pattern.includes('[0-9]{4}')) return dice.pick(['1002', '4001', '1122', '6001.A1']);
  if (name === 'csv') return 'unit,value,town\na,5,x\nb,6,x\nc,7,x\nd,8,y\ne,9,y\nf,10,y\n';
  if (/reference|number/.test(name)) return `N-${dice.between(1, 60)}`;
  return dice.pick(texts).slice(0, shape.maxLength ?? 200);
}

function objectFor(shape: Shape, about: string, dice: Dice, known: Known, root: Shape): unknown {
  const required = new Set(shape.required);
  const entries = Object.entries(shape.properties ?? {})
    .filter(([name]) => required.has(name) || dice.chance(0.4))
    .map(([name, part]) => {
      // What a path calls `id` is an id of what its route is about.
      const word = name === 'id' && about ? `${about}_id` : name;
      return [name, valueFor(part, word, dice, known, root)];
    });
  return Object.fromEntries(entries);
}

/** A value that a schema takes, as far as it says so: rules of trade may refuse it still. */
export function valueFor(
  shape: Shape,
  name: string,
  dice: Dice,
  known: Known,
  root: Shape = shape,
): unknown {
  const again = (part: Shape) => valueFor(part, name, dice, known, root);
  if (shape.$ref) return again(root.$defs?.[shape.$ref.split('/').at(-1) ?? ''] ?? {});
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return dice.pick(shape.enum);
  const choices = shape.anyOf ?? shape.oneOf ?? shape.allOf;
  if (choices) return again(dice.pick(choices));
  const type = Array.isArray(shape.type) ? dice.pick(shape.type) : shape.type;
  if (type === 'object') return objectFor(shape, name, dice, known, root);
  if (type === 'array') {
    const length = Math.max(shape.minItems ?? 0, dice.pick([0, 1, 1, 2, 3]));
    return Array.from({ length }, () => valueFor(shape.items ?? {}, name, dice, known, root));
  }
  if (type === 'integer' || type === 'number') {
    return dice.pick([1, 2, 7, shape.minimum ?? 0, Math.min(shape.maximum ?? 100, 1_000_000)]);
  }
  if (type === 'boolean') return dice.chance(0.5);
  if (type === 'null') return null;
  return textFor(shape, name, dice, known);
}
