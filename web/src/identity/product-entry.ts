import type { Operations, Product } from '../generated/api.ts';

type NewProduct = Operations['product.create']['body'];
type ProductChange = Operations['product.change']['body'];

/** What is typed into the form of a product; empty is not said. */
export const EMPTY = {
  code: '',
  name_zh: '',
  name_en: '',
  gtin: '',
  unit: 'CT',
  shelf_life_days: '',
  temperature_min_c: '',
  temperature_max_c: '',
  tax_code: '',
  pack: '',
  pack_holds: '',
};

export type Entry = typeof EMPTY;
const TEXTS = ['name_en', 'gtin', 'temperature_min_c', 'temperature_max_c', 'tax_code'] as const;

export function isLifeFaulty({ shelf_life_days }: Entry): boolean {
  return shelf_life_days.trim() !== '' && !/^\d+$/.test(shelf_life_days);
}

/** A packing unit and how many base units it holds come together. */
export function isPackFaulty({ pack, pack_holds }: Entry): boolean {
  return pack === '' ? pack_holds.trim() !== '' : !/^\d+(\.\d+)?$/.test(pack_holds.trim());
}

export const isWhole = (entry: Entry) =>
  entry.code.trim() !== '' &&
  entry.name_zh.trim() !== '' &&
  !isLifeFaulty(entry) &&
  !isPackFaulty(entry);

const unitsOf = ({ pack, pack_holds }: Entry) =>
  pack === '' ? {} : { units: [{ unit: pack, base_quantity: pack_holds.trim() }] };

/** Entries left empty are not said. */
export function bodyOf(entry: Entry): NewProduct {
  const { code, name_zh, unit, shelf_life_days } = entry;
  const said = TEXTS.flatMap((name) => (entry[name].trim() ? [[name, entry[name].trim()]] : []));
  return {
    code: code.trim(),
    name_zh: name_zh.trim(),
    unit,
    ...Object.fromEntries(said),
    ...(shelf_life_days.trim() ? { shelf_life_days: Number(shelf_life_days) } : {}),
    ...unitsOf(entry),
  };
}

/** As it was typed: `-18` for `-18.00`. */
const plain = (decimal: string | null) =>
  decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : (decimal ?? '');

export function entryOf(product: Product): Entry {
  const { shelf_life_days: days } = product;
  return {
    ...EMPTY,
    ...{ code: product.code, name_zh: product.name_zh, name_en: product.name_en },
    ...{ gtin: product.gtin ?? '', unit: product.unit, tax_code: product.tax_code ?? '' },
    temperature_min_c: plain(product.temperature_min_c),
    temperature_max_c: plain(product.temperature_max_c),
    shelf_life_days: days === null ? '' : String(days),
  };
}

/** What differs from what the product is; an entry that was emptied is taken away. */
export function changeOf(entry: Entry, product: Product): ProductChange {
  const before = entryOf(product);
  const isChanged = (name: keyof Entry) => entry[name].trim() !== before[name].trim();
  const names = (['name_zh', 'gtin'] as const).filter(
    (name) => isChanged(name) && entry[name].trim() !== '',
  );
  const rest = (['temperature_min_c', 'temperature_max_c', 'tax_code'] as const).filter(isChanged);
  const days = entry.shelf_life_days.trim();
  return {
    ...Object.fromEntries(names.map((name) => [name, entry[name].trim()])),
    // Where it has no English name it is called by its own.
    ...(isChanged('name_en') ? { name_en: entry.name_en.trim() || entry.name_zh.trim() } : {}),
    ...Object.fromEntries(rest.map((name) => [name, entry[name].trim() || null])),
    ...(isChanged('shelf_life_days') ? { shelf_life_days: days === '' ? null : Number(days) } : {}),
    ...unitsOf(entry),
  };
}
