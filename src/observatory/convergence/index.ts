import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { measureConcentration, readParts } from './concentration.ts';
export { measureCoupling, readLevels, recogniseForm, withoutPublished } from './coupling.ts';
export { formOf } from './coupling-forms.ts';
export { measureGreyRelation, readSeries } from './grey-relation.ts';
export { measureGrowth } from './growth.ts';
export { readGrowth } from './growth-reading.ts';
export { readInputOutputTable } from './input-output-table.ts';
export { inputCoefficients, leontiefInverse } from './leontief.ts';
export type { Measure } from './measure.ts';
export { sectorGroups } from './sector-groups.ts';
export { breakOf, measureServiceInputs } from './service-inputs.ts';
export type { Square } from './square.ts';
export { measureStructure, readStructure } from './structure.ts';

/** 融合测度: how far services have merged with industry. It owns no table and keeps nothing. */
export const convergence: Module = {
  name: 'convergence',
  migrations: null,
  routes,
  faults: fault.table,
};
