import { z } from 'zod';
import { page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { checkForm } from './form-check.ts';
import {
  checkedForm,
  formCheck,
  formDraft,
  formDraftContent,
  formDraftRow,
  formWeight,
  newFormDraft,
  prefills,
} from './form-draft-schema.ts';
import {
  beginFormDraft,
  dropFormDraft,
  editFormDraft,
  finishFormDraft,
  getFormDraft,
  listFormDrafts,
} from './form-drafts.ts';
import { prefillsOffered } from './prefill.ts';
import { form } from './schema.ts';
import { weighDraft, weighForm } from './weight.ts';

const byId = z.object({ id: uuid });
const version = (reply: { version: number }) => String(reply.version);
const newest = (reply: { newest_version: number }) => String(reply.newest_version);

export const formDraftRoutes = [
  route({
    id: 'form_draft.list',
    method: 'GET',
    path: '/api/v1/collections/form-drafts',
    permission: 'collections.form_draft.read',
    summary: { zh: '本单位正在编制的调查表', en: 'The forms that the actor is writing' },
    query: pageQuery,
    reply: page(formDraftRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listFormDrafts(tx, query),
  }),
  route({
    id: 'form_draft.get',
    method: 'GET',
    path: '/api/v1/collections/form-drafts/{id}',
    permission: 'collections.form_draft.read',
    summary: { zh: '一份编制中的调查表', en: 'One form as far as it is written' },
    params: byId,
    reply: formDraft,
    etag: version,
    faults: ['collections.form_draft_unknown'],
    run: (tx, { params }) => getFormDraft(tx, params.id),
  }),
  route({
    id: 'form_draft.begin',
    method: 'POST',
    path: '/api/v1/collections/form-drafts',
    permission: 'collections.form_draft.write',
    summary: {
      zh: '开始编制：新表、照抄一份，或修订本单位的表',
      en: 'Begin to write a form: anew, from a copy, or to revise an own one',
    },
    body: newFormDraft,
    reply: formDraft,
    status: 201,
    etag: version,
    faults: [
      'collections.not_a_statistician',
      'collections.form_unknown',
      'collections.too_many_drafts',
    ],
    run: (tx, { body }) => beginFormDraft(tx, body),
  }),
  route({
    id: 'form_draft.edit',
    method: 'PUT',
    path: '/api/v1/collections/form-drafts/{id}',
    permission: 'collections.form_draft.write',
    summary: { zh: '保存编制中的调查表，可以不完整', en: 'Keep a form as far as it is written' },
    params: byId,
    body: formDraftContent,
    reply: formDraft,
    etag: version,
    faults: ['collections.form_draft_unknown', 'kernel.stale'],
    run: (tx, { params, body, if_match }) => editFormDraft(tx, params.id, body, if_match),
  }),
  route({
    id: 'form_draft.drop',
    method: 'DELETE',
    path: '/api/v1/collections/form-drafts/{id}',
    permission: 'collections.form_draft.write',
    summary: { zh: '放弃编制中的调查表', en: 'Give up a form that is being written' },
    params: byId,
    reply: z.object({ id: uuid }),
    faults: ['collections.form_draft_unknown', 'kernel.stale'],
    run: async (tx, { params, if_match }) => {
      await dropFormDraft(tx, params.id, if_match);
      return params;
    },
  }),
  route({
    id: 'form_draft.finish',
    method: 'POST',
    path: '/api/v1/collections/form-drafts/{id}/finish',
    permission: 'collections.form.define',
    summary: {
      zh: '定稿：成为调查表，或成为所修订的表的新版本',
      en: 'Make it the form that it is, or the next version of the one it revises',
    },
    params: byId,
    reply: form,
    status: 201,
    etag: newest,
    faults: [
      'collections.not_a_statistician',
      'collections.form_draft_unknown',
      'collections.form_invalid',
      'collections.form_code_taken',
      'kernel.stale',
    ],
    run: (tx, { params, if_match }) => finishFormDraft(tx, params.id, if_match),
  }),
  route({
    id: 'form_draft.weight',
    method: 'GET',
    path: '/api/v1/collections/form-drafts/{id}/weight',
    permission: 'collections.form_draft.read',
    summary: {
      zh: '编制中的表要企业花多少时间，哪些已在别处问过',
      en: 'What a form that is being written would cost, and what is asked elsewhere',
    },
    params: byId,
    reply: formWeight,
    faults: ['collections.form_draft_unknown'],
    run: (tx, { params }) => weighDraft(tx, params.id),
  }),
  route({
    id: 'statistical_form.weight',
    method: 'GET',
    path: '/api/v1/collections/forms/{id}/weight',
    permission: 'collections.form.read',
    summary: {
      zh: '一份表要企业花多少时间，哪些已在别处问过',
      en: 'What a form costs who answers it, and what of it is asked elsewhere',
    },
    params: byId,
    reply: formWeight,
    faults: ['collections.form_unknown'],
    run: (tx, { params }) => weighForm(tx, params.id),
  }),
  route({
    id: 'statistical_form.check',
    method: 'POST',
    path: '/api/v1/collections/forms/check',
    permission: 'collections.form.read',
    summary: {
      zh: '检查一份表及其审核关系，不保存',
      en: 'What is wrong with a form, rule by rule, and nothing is kept',
    },
    body: checkedForm,
    reply: formCheck,
    faults: [],
    run: async (_, { body }) => checkForm(body),
  }),
  route({
    id: 'statistical_form.prefills',
    method: 'GET',
    path: '/api/v1/collections/prefills',
    permission: 'collections.form.read',
    summary: { zh: '平台能预填什么，按哪种口径', en: 'What can be filled in, and by which rules' },
    reply: prefills,
    faults: [],
    run: async () => prefillsOffered,
  }),
];
