import { readFileSync } from 'node:fs';
import { type Crosswalk, readCrosswalk } from './crosswalk.ts';
import { getEdition } from './editions.ts';
import { getIndustry, type Industries, industriesOn } from './industry.ts';

/** 第一产业, 第二产业, 第三产业 (the services). */
export type Sector = '1' | '2' | '3';

const kept = new Map<string, Crosswalk>();

function divisionOf(base: Industries): Crosswalk {
  const known = kept.get(base.edition.id);
  if (known) return known;
  const text = readFileSync(new URL('./data/three-sectors-2018.csv', import.meta.url), 'utf8');
  const edition = getEdition('three-sectors-2018');
  const made = readCrosswalk(text, { edition, kind: 'partition', base });
  kept.set(base.edition.id, made);
  return made;
}

/**
 * The sector of a class by the 三次产业划分规定 (2018). The letter of a section does not tell it:
 * support of farming (division 05), support of mining (11), and repair of metal products, machinery
 * and equipment (43) stand in A, B and C and are services.
 * @throws classification.class_unknown where the code is none of the lowest level
 */
export function sectorOf(code: string, base: Industries = industriesOn()): Sector {
  const [target] = divisionOf(base).targets.get(code) ?? [];
  if (target) return target.to as Sector;
  getIndustry(base, code);
  throw new RangeError(`${code} is no class of the lowest level`);
}

/** What the letter alone would say: shown beside the rule, because many computations use it. */
export function sectorByLetter(code: string, base: Industries = industriesOn()): Sector {
  const { section } = getIndustry(base, code);
  return section === 'A' ? '1' : 'BCDE'.includes(section) ? '2' : '3';
}
