import { z } from 'zod';
import { page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { defineForm, getForm, listForms, reviseForm } from './forms.ts';
import { describeFirm, findProfile, newProfile, profile } from './profile.ts';
import { form, formRow, newForm, newFormVersion } from './schema.ts';

const byId = z.object({ id: uuid });
const version = (reply: { newest_version: number }) => String(reply.newest_version);

export const formRoutes = [
  route({
    id: 'statistical_form.list',
    method: 'GET',
    path: '/api/v1/collections/forms',
    permission: 'collections.form.read',
    summary: { zh: '本链的调查表', en: 'The chain’s statistical forms' },
    query: pageQuery,
    reply: page(formRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listForms(tx, query),
  }),
  route({
    id: 'statistical_form.get',
    method: 'GET',
    path: '/api/v1/collections/forms/{id}',
    permission: 'collections.form.read',
    summary: { zh: '一份调查表（可指定版本）', en: 'One form, in a version of it' },
    params: byId,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    reply: form,
    etag: version,
    faults: ['collections.form_unknown'],
    run: (tx, { params, query }) => getForm(tx, params.id, query.version),
  }),
  route({
    id: 'statistical_form.define',
    method: 'POST',
    path: '/api/v1/collections/forms',
    permission: 'collections.form.define',
    summary: { zh: '制定调查表', en: 'Define a form' },
    body: newForm,
    reply: form,
    status: 201,
    etag: version,
    faults: [
      'collections.not_a_statistician',
      'collections.form_invalid',
      'collections.form_code_taken',
    ],
    run: (tx, { body }) => defineForm(tx, body),
  }),
  route({
    id: 'statistical_form.revise',
    method: 'POST',
    path: '/api/v1/collections/forms/{id}/versions',
    permission: 'collections.form.define',
    summary: { zh: '修订调查表（新版本）', en: 'Write a new version of a form' },
    params: byId,
    body: newFormVersion,
    reply: form,
    status: 201,
    etag: version,
    faults: [
      'collections.not_a_statistician',
      'collections.form_unknown',
      'collections.form_invalid',
      'kernel.stale',
    ],
    run: (tx, { params, body, if_match }) => reviseForm(tx, params.id, body, if_match),
  }),
  route({
    id: 'firm_profile.get',
    method: 'GET',
    path: '/api/v1/collections/firm-profile',
    permission: 'collections.firm.read',
    summary: { zh: '本单位基本情况', en: 'What the own firm says of itself' },
    reply: z.object({ profile: profile.nullable() }),
    faults: [],
    run: async (tx) => ({ profile: (await findProfile(tx)) ?? null }),
  }),
  route({
    id: 'firm_profile.describe',
    method: 'POST',
    path: '/api/v1/collections/firm-profile',
    permission: 'collections.firm.describe',
    summary: { zh: '填写本单位基本情况', en: 'Describe the own firm' },
    body: newProfile,
    reply: profile,
    status: 201,
    faults: ['classification.class_unknown'],
    run: (tx, { body }) => describeFirm(tx, body),
  }),
];
