import type { Areas } from './areas.ts';
import { type Matching, matchBy, matchings, type Named } from './matching.ts';
import { PROVINCE_NAMES, provinceTiles } from './tiles.ts';

/** A file of the reader's own; `credit` is its review number (审图号) or source. */
export type MapFile = Areas & { credit: string };

export type Source = Areas & {
  kind: 'file' | 'example' | 'provinces';
  credit: string;
  /** By every property that fits a unit, the best first; of a file there may be none. */
  matchings: readonly Matching[];
};

const PROVINCES: Areas = { areas: provinceTiles, lines: [] };

/**
 * What the units are drawn on: the reader's file; the example's own areas under the example; tiles
 * where at least half of the units are provinces; otherwise nothing.
 */
export function sourceFor(
  units: readonly Named[],
  file: MapFile | undefined,
  example: Areas | undefined,
): Source | undefined {
  if (file) return { ...file, kind: 'file', matchings: matchings(units, file.areas) };
  if (example) {
    return { ...example, kind: 'example', credit: '', matchings: matchings(units, example.areas) };
  }
  const byName = matchBy(PROVINCE_NAMES, units, provinceTiles);
  if (byName.areas.size * 2 < units.length) return undefined;
  return { kind: 'provinces', ...PROVINCES, credit: '', matchings: [byName] };
}
