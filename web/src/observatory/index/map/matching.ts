import type { Area } from './areas.ts';

export type Named = { unit: string; name: string };

/** How the units of an index and the areas of a map come together by a property. */
export type Matching = {
  property: string;
  /** One to one, by the unit's code. */
  areas: ReadonlyMap<string, Area>;
  /** Units with several areas, or with one that another unit claims too: neither is coloured. */
  doubtful: readonly { unit: Named; areas: readonly Area[] }[];
  units_without: readonly Named[];
  areas_without: readonly Area[];
};

/** What an area's code or name is mostly called, the surest first. */
const USUAL = ['ucode', 'adcode', 'gb', 'code', 'id', 'name'];
const orderOf = (property: string) => {
  const place = USUAL.indexOf(property.toLowerCase());
  return place < 0 ? USUAL.length : place;
};

/** Matchings by every property that fits a unit, the one that fits most of them first. */
export function matchings(units: readonly Named[], areas: readonly Area[]): Matching[] {
  const properties = [...new Set(areas.flatMap((area) => Object.keys(area.properties)))];
  return properties
    .map((property) => matchBy([property], units, areas))
    .filter((one) => one.areas.size > 0 || one.doubtful.length > 0)
    .toSorted(
      (one, other) =>
        other.areas.size - one.areas.size || orderOf(one.property) - orderOf(other.property),
    );
}

/** By the texts of one property or, where an area has several names, of any of some. */
export function matchBy(
  properties: readonly string[],
  units: readonly Named[],
  areas: readonly Area[],
): Matching {
  const pairs = pairsBy(properties, units, areas);
  const ofUnit = gathered(pairs.map(({ unit, area }) => [unit, area]));
  const ofArea = gathered(pairs.map(({ unit, area }) => [area, unit]));
  const found = units.map((unit) => ({ unit, areas: ofUnit.get(unit) ?? [] }));
  const isSure = ({ areas: [area, ...more] }: (typeof found)[number]) =>
    area !== undefined && more.length === 0 && ofArea.get(area)?.length === 1;
  return {
    property: properties.join(),
    areas: new Map(found.filter(isSure).map((one) => [one.unit.unit, one.areas[0] as Area])),
    doubtful: found.filter((one) => one.areas.length > 0 && !isSure(one)),
    units_without: found.filter((one) => one.areas.length === 0).map(({ unit }) => unit),
    areas_without: areas.filter((area) => !ofArea.has(area)),
  };
}

type Pair = { unit: Named; area: Area };

/** Who has the same text; a looser spelling is tried only on what no text as written fits. */
function pairsBy(
  properties: readonly string[],
  units: readonly Named[],
  areas: readonly Area[],
): Pair[] {
  const pairs: Pair[] = [];
  for (const spell of [asWritten, asSpoken]) {
    const [paired, taken] = [new Set<Named>(), new Set<Area>()];
    for (const { unit, area } of pairs) {
      paired.add(unit);
      taken.add(area);
    }
    const byText = gathered(
      areas
        .filter((area) => !taken.has(area))
        .flatMap((area) => textsOf(area, properties).map((text) => [spell(text), area] as const)),
    );
    for (const unit of units.filter((one) => !paired.has(one))) {
      const texts = [spell(unit.unit), spell(unit.name)];
      const fitting = new Set(texts.flatMap((text) => byText.get(text) ?? []));
      for (const area of fitting) pairs.push({ unit, area });
    }
  }
  return pairs;
}

const textsOf = (area: Area, properties: readonly string[]): string[] =>
  properties.flatMap((property) => area.properties[property] ?? []);

function gathered<K, V>(pairs: readonly (readonly [K, V])[]): Map<K, V[]> {
  const all = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const list = all.get(key);
    if (list) list.push(value);
    else all.set(key, [value]);
  }
  return all;
}

const asWritten = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** Six digits of GB/T 2260, in some files behind the 156 of GB/T 2659 (China). */
const DIVISION = /^(?:156)?(\d{6})$/;
const KIND = /(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市)$/;

/** 110000 is 11 and 156110000, 北京市 is 北京: tried where the texts as written are not the same. */
function asSpoken(text: string): string {
  const plain = asWritten(text);
  const [, division] = DIVISION.exec(plain) ?? [];
  return division?.replace(/(?:00)+$/, '') ?? plain.replace(KIND, '');
}
