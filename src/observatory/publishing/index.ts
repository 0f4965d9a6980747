import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { releaseRoutes } from './routes.ts';

export { publishDue, startPublishing } from './clock.ts';
export * from './disclosure/index.ts';
export { draftRelease, reviseRelease } from './drafts.ts';
export { fault as publishingFault } from './faults.ts';
export { loadReleaser } from './making.ts';
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
export { getRelease, listReleases, publishRelease, revisionsOf, verifyStored } from './releases.ts';
export { newRelease, newRevision } from './schema.ts';

/** 统计发布: releases that give nobody's figures away, and that can be made again. */
export const publishing: Module = {
  name: 'publishing',
  migrations: new URL('./migrations/', import.meta.url),
  routes: releaseRoutes,
  faults: fault.table,
};
