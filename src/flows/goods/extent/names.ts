/** Names and their numbers, from 0 in the order in which they were first met. */
export type Names = { readonly numbers: Map<string, number>; readonly list: string[] };

export const openNames = (): Names => ({ numbers: new Map(), list: [] });

export function numberOf({ numbers, list }: Names, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, list.length);
  return list.push(name) - 1;
}

/** The GTIN in a canonical Digital Link. */
export const gtinIn = (item: string): string | null =>
  /^https:\/\/id\.gs1\.org\/01\/(\d{14})(?:\/|$)/.exec(item)?.[1] ?? null;

/** Things and lots, and of each its product: a GTIN, or '' where none names it. */
export type Items = Names & { readonly products: Names; product_of: Uint32Array };

export const openItems = (): Items => ({
  ...openNames(),
  products: openNames(),
  product_of: new Uint32Array(1_024),
});

/** Reads the product with the name: an answer counts by product what may be a million lots. */
export function numberOfItem(items: Items, name: string): number {
  const known = items.numbers.get(name);
  if (known !== undefined) return known;
  const number = numberOf(items, name);
  if (number === items.product_of.length) {
    const more = new Uint32Array(number * 2);
    more.set(items.product_of);
    items.product_of = more;
  }
  items.product_of[number] = numberOf(items.products, gtinIn(name) ?? '');
  return number;
}

const UUID_BYTES = 16;

/**
 * Events by their numbers: who recorded each, and its id in sixteen bytes, for there are millions.
 * Those that were read in the order of their ids are found by halving, the later ones by a map.
 */
export type EventIds = {
  length: number;
  bytes: Uint8Array;
  capturers: Uint32Array;
  /** So many of the first lie in the order of their ids. */
  in_order: number;
  readonly behind: Map<string, number>;
};

export const openEventIds = (room = 1_024): EventIds => ({
  length: 0,
  bytes: new Uint8Array(room * UUID_BYTES),
  capturers: new Uint32Array(room),
  in_order: 0,
  behind: new Map(),
});

/** An event that is not known yet. */
export function addEventId(ids: EventIds, id: string, capturer: number): number {
  const { length } = ids;
  if (length === ids.capturers.length) {
    const more = openEventIds(length * 2);
    more.bytes.set(ids.bytes);
    more.capturers.set(ids.capturers);
    Object.assign(ids, { bytes: more.bytes, capturers: more.capturers });
  }
  ids.bytes.set(Buffer.from(id.replaceAll('-', ''), 'hex'), length * UUID_BYTES);
  ids.capturers[length] = capturer;
  const isNext = ids.in_order === length && (length === 0 || id > eventId(ids, length - 1));
  if (isNext) ids.in_order++;
  else ids.behind.set(id, length);
  return ids.length++;
}

export function eventId({ bytes }: EventIds, number: number): string {
  const at = number * UUID_BYTES;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, UUID_BYTES).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function findEvent(ids: EventIds, id: string): number | undefined {
  let [low, high] = [0, ids.in_order];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (eventId(ids, middle) < id) low = middle + 1;
    else high = middle;
  }
  return low < ids.in_order && eventId(ids, low) === id ? low : ids.behind.get(id);
}
