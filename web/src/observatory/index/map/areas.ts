/** Degrees, longitude first (RFC 7946, 3.1.1). */
export type Position = readonly [longitude: number, latitude: number];
export type Line = readonly Position[];

/** A feature of the file that a unit may stand on: the rings of its polygons, holes among them. */
export type Area = {
  /** Where it stands among the features, from 1. */
  number: number;
  properties: Readonly<Record<string, string>>;
  rings: readonly Line[];
};

/** Lines are drawn and never coloured: a map that was reviewed is to be shown whole. */
export type Areas = { areas: readonly Area[]; lines: readonly Line[] };

export type AreaFault = {
  reason: Reason;
  /** The feature, from 1; 0 where the file as a whole is meant. */
  feature: number;
  /** The place in the file, as a programmer writes it. */
  at: string;
  value: string;
};

export type Reason =
  | 'not_json'
  | 'topology'
  | 'not_collection'
  | 'no_features'
  | 'too_many'
  | 'not_feature'
  | 'no_geometry'
  | 'not_area'
  | 'no_area'
  | 'short_ring'
  | 'open_ring'
  | 'not_position'
  | 'not_longitude'
  | 'not_latitude';

export const MOST_BYTES = 20_000_000;
/** As many as a page can draw and a reader tell apart; China has some 2,800 counties. */
export const MOST_FEATURES = 5_000;
const MOST_FAULTS = 10;

/**
 * Reads a FeatureCollection (RFC 7946) of Polygon and MultiPolygon, with LineString and
 * MultiLineString beside them. Nothing is repaired: what is wrong is said, with its place.
 */
export function readAreas(text: string): Areas | readonly AreaFault[] {
  const faults: AreaFault[] = [];
  const features = featuresOf(text, faults);
  const areas: Area[] = [];
  const lines: Line[] = [];
  for (const [index, feature] of features.entries()) {
    if (faults.length >= MOST_FAULTS) break;
    const find: Find = (reason, at, value = '') =>
      faults.push({ reason, feature: index + 1, at: `features[${index}]${at}`, value });
    const geometry = geometryOf(feature, find);
    if (!geometry) continue;
    const read = readLines(geometry, find);
    if (!geometry.isArea) lines.push(...read);
    else areas.push({ number: index + 1, properties: propertiesOf(feature), rings: read });
  }
  if (faults.length === 0 && areas.length === 0) faults.push(ofFile('no_area'));
  return faults.length > 0 ? faults.slice(0, MOST_FAULTS) : { areas, lines };
}

type Find = (reason: Reason, at: string, value?: string) => void;
type Found = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofFile = (reason: Reason, value = '', at = ''): AreaFault => ({
  ...{ reason, feature: 0, at, value },
});

function featuresOf(text: string, faults: AreaFault[]): readonly unknown[] {
  const refuse = (...fault: Parameters<typeof ofFile>) => {
    faults.push(ofFile(...fault));
    return [];
  };
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse('not_json', '', /line \d+ column \d+/.exec(String(error))?.[0] ?? '');
  }
  if (!isObject(read)) return refuse('not_collection');
  if (read.type === 'Topology') return refuse('topology');
  if (read.type !== 'FeatureCollection' || !Array.isArray(read.features)) {
    return refuse('not_collection', nameOf(read.type));
  }
  if (read.features.length === 0) return refuse('no_features');
  if (read.features.length > MOST_FEATURES) {
    return refuse('too_many', String(read.features.length));
  }
  return read.features;
}

const nameOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** How deep the lines of a geometry lie in its coordinates, and whether they are rings. */
const KINDS: Readonly<Record<string, { depth: 0 | 1 | 2; isArea: boolean }>> = {
  LineString: { depth: 0, isArea: false },
  MultiLineString: { depth: 1, isArea: false },
  Polygon: { depth: 1, isArea: true },
  MultiPolygon: { depth: 2, isArea: true },
};
type Geometry = { coordinates: unknown; depth: 0 | 1 | 2; isArea: boolean };

function geometryOf(feature: unknown, find: Find): Geometry | undefined {
  if (!isObject(feature) || feature.type !== 'Feature') {
    find('not_feature', '', isObject(feature) ? nameOf(feature.type) : '');
    return undefined;
  }
  const { geometry } = feature;
  if (!isObject(geometry)) {
    find('no_geometry', '.geometry');
    return undefined;
  }
  const type = nameOf(geometry.type);
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind) return { ...kind, coordinates: geometry.coordinates };
  find('not_area', '.geometry.type', type);
  return undefined;
}

/** Texts and numbers that may name an area; the feature's own `id` is one of them. */
function propertiesOf(feature: unknown): Record<string, string> {
  const { id, properties } = feature as Found;
  const all = Object.entries({ id, ...(isObject(properties) ? properties : {}) });
  return Object.fromEntries(
    all.flatMap(([name, value]) => (nameOf(value) ? [[name, nameOf(value)]] : [])),
  );
}

function readLines({ coordinates, depth, isArea }: Geometry, find: Find): Line[] {
  const lines: Line[] = [];
  const walk = (value: unknown, level: number, at: string) => {
    if (level === 0) {
      const line = readLine(value, at, isArea, find);
      if (line) lines.push(line);
      return;
    }
    if (!Array.isArray(value) || value.length === 0) return find('no_geometry', at);
    for (const [index, part] of value.entries()) walk(part, level - 1, `${at}[${index}]`);
  };
  walk(coordinates, depth, '.geometry.coordinates');
  return lines;
}

const LEAST_OF_RING = 4;

/** The first thing that is wrong with a line is told: a shifted column would fill a page. */
function readLine(value: unknown, at: string, isRing: boolean, find: Find): Line | undefined {
  if (!Array.isArray(value) || value.length < (isRing ? LEAST_OF_RING : 2)) {
    find('short_ring', at, String(Array.isArray(value) ? value.length : 0));
    return undefined;
  }
  for (const [index, position] of value.entries()) {
    const reason = faultOf(position);
    if (!reason) continue;
    find(reason, `${at}[${index}]`, JSON.stringify(position) ?? '');
    return undefined;
  }
  const line = value as unknown as Line;
  const [first, last] = [line[0], line.at(-1)];
  if (isRing && (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])) {
    find('open_ring', at, `${JSON.stringify(first)} … ${JSON.stringify(last)}`);
    return undefined;
  }
  return line;
}

function faultOf(position: unknown): Reason | undefined {
  if (!Array.isArray(position)) return 'not_position';
  const [longitude, latitude] = position;
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return 'not_position';
  if (Math.abs(longitude) > 180) return 'not_longitude';
  return Math.abs(latitude) > 90 ? 'not_latitude' : undefined;
}
