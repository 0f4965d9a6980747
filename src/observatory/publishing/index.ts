export * from './disclosure/index.ts';
export { fault as publishingFault } from './faults.ts';
export {
  makeRelease,
  nextSource,
  type Publication,
  publication,
  type ReleaseSource,
  readReleaseFile,
  releaseSource,
  type Verification,
  verifyRelease,
} from './release/release.ts';
export { type RevisionHistory, revisionHistory } from './release/revisions.ts';
export { sdmxMessage } from './release/sdmx.ts';
export { publicationCsv } from './release/sheet.ts';
