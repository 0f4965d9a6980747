import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { type Concept, concepts } from './concepts.ts';
export {
  type Crosswalk,
  type Part,
  readCrosswalk,
  type Target,
  UNKNOWN,
  WHOLE,
} from './crosswalk.ts';
export {
  type Amounts,
  addDerived,
  type DerivedAmount,
  digitalEconomy,
  type Interval,
  measureDerived,
  partsOf,
  uniteDerived,
} from './derived.ts';
export type { Coverage, Edition, Provenance, Status } from './edition.ts';
export { editionOn, editions, getEdition, missingParts } from './editions.ts';
export {
  type Declaration,
  type EnterpriseSize,
  type Size,
  sizeFixedOn,
  sizeOf,
} from './enterprise-size.ts';
export {
  classesUnder,
  getIndustry,
  type Industries,
  type Industry,
  industries,
  industriesOn,
  lineage,
  recode,
} from './industry.ts';
export { readIndustryList } from './industry-list.ts';
export { provinces, type Region, readRegions, regionOf, regionOfFirm } from './regions.ts';
export { type Found, findIndustry, type Match } from './search.ts';
export {
  candidatesOfTaxCode,
  knownTaxClasses,
  readTaxClasses,
  type TaxClass,
  type TaxClasses,
  taxLineage,
} from './tax-classes.ts';
export { type Sector, sectorByLetter, sectorOf } from './three-sectors.ts';
export {
  type Classified,
  classify,
  isUndecided,
  type Precedent,
  precedentsOf,
  queueOf,
  readPrecedents,
  type Undecided,
} from './undecided.ts';

/** 分类登记: what things are called in the standards. It owns no table. */
export const classification: Module = {
  name: 'classification',
  migrations: null,
  routes,
  faults: fault.table,
};
