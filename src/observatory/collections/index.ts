import type { Module } from '../../kernel/index.ts';
import { collectionRoutes } from './collection-routes.ts';
import { fault } from './faults.ts';
import { formDraftRoutes } from './form-draft-routes.ts';
import { formRoutes } from './form-routes.ts';
import { reportRoutes } from './report-routes.ts';

export { listAsked, listOwnAsks } from './asks.ts';
export { moveCollection, openCollection } from './collections.ts';
export { editDraft, startDraft, submitDraft } from './drafts.ts';
export { defineForm } from './forms.ts';
export { describeFirm, newProfile } from './profile.ts';
export { ruleOn } from './reports.ts';
export { newForm } from './schema.ts';
export * from './views.ts';

/** 统计调查: a form defined once, asked many times, filled in from what the platform knows. */
export const collections: Module = {
  name: 'collections',
  migrations: new URL('./migrations/', import.meta.url),
  routes: [...formRoutes, ...formDraftRoutes, ...collectionRoutes, ...reportRoutes],
  faults: fault.table,
};
