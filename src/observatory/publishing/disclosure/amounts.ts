import type { Contribution, Vintage } from './table.ts';

/** A contribution through all vintages: one unknown to whoever attacks. */
export type Amount = {
  readonly holder: string;
  readonly value: number;
  /** Codes by variable, as numbers, in each vintage; null where the vintage has it not. */
  readonly places: (readonly number[] | null)[];
};

type Record = { readonly unit: string; holder: string; value: number; place: number[] };

/**
 * Follows contributions through the vintages. What has the same unit and the same value is the same
 * unknown, under the same codes or (moved to another class) under others. What has another value
 * was revised, and is taken for a new unknown of which the old one says nothing.
 */
export function amountsOf(vintages: readonly Vintage[], variables: number) {
  const names = Array.from({ length: variables }, () => new Map<string, number>());
  const codeNames = names.map((): string[] => []);
  const numberOf = (variable: number, code: string) => {
    const known = names[variable]?.get(code);
    if (known !== undefined) return known;
    const made = (codeNames[variable]?.push(code) ?? 0) - 1;
    names[variable]?.set(code, made);
    return made;
  };
  const amounts: Amount[] = [];
  const ofUnit = new Map<string, Amount[]>();
  vintages.forEach(({ contributions }, vintage) => {
    const before = new Map([...ofUnit].map(([unit, list]) => [unit, [...list]]));
    for (const record of recordsOf(contributions, numberOf)) {
      const known = before.get(record.unit) ?? [];
      const same = matching(known, record, vintage);
      if (same) {
        same.places[vintage] = record.place;
        continue;
      }
      const places = vintages.map((_, at) => (at === vintage ? record.place : null));
      const amount = { holder: record.holder, value: record.value, places };
      amounts.push(amount);
      const own = ofUnit.get(record.unit);
      if (own) own.push(amount);
      else ofUnit.set(record.unit, [amount]);
    }
  });
  return { amounts, codeNames };
}

/** What a unit says under the same codes is one contribution. */
function recordsOf(
  contributions: readonly Contribution[],
  numberOf: (variable: number, code: string) => number,
): Record[] {
  const found = new Map<string, Record>();
  for (const { unit, holding, keys, value } of contributions) {
    const place = keys.map((code, variable) => numberOf(variable, code));
    const key = `${unit}\n${place.join(',')}`;
    const known = found.get(key);
    // A unit's own name and a holding's are two kinds of names.
    const holder = holding === null ? `unit ${unit}` : `holding ${holding}`;
    if (known) known.value += value;
    else found.set(key, { unit, holder, value, place });
  }
  return [...found.values()];
}

function matching(known: readonly Amount[], record: Record, vintage: number): Amount | undefined {
  const free = known.filter((one) => one.places[vintage] === null && one.value === record.value);
  const place = record.place.join(',');
  return (
    free.find((one) => one.places.findLast((there) => there !== null)?.join(',') === place) ??
    free.at(0)
  );
}
