export { type Audit, audit, type Interval } from './audit.ts';
export {
  auditRelease,
  cellKey,
  checkDerived,
  type DerivedNumber,
  type Earlier,
  nameOf,
  type ProtectedRelease,
  protectRelease,
  type ReleaseCell,
  revealing,
} from './protected-release.ts';
export { pseudonyms } from './pseudonyms.ts';
export { dimensionsOf, type Material, readCodes, readContributions } from './reading.ts';
export {
  findReidentifications,
  type PublishedRow,
  type Reidentification,
} from './reidentification.ts';
export { type RuleCode, type Rules, ruleCodes } from './rules.ts';
export { suppress } from './suppression.ts';
export { type System, systemOf } from './system.ts';
export {
  type Code,
  type Contribution,
  type Dimension,
  flatDimension,
  type Layout,
  TOTAL,
  type Vintage,
} from './table.ts';
