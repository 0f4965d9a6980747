import { z } from 'zod';
import { page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { askQuery, getAsk, listOwnAsks } from './asks.ts';
import { burden, burdenQuery, viewOwnBurden } from './burden.ts';
import { checkDraft, editDraft, getDraft, startDraft, submitDraft } from './drafts.ts';
import { fault } from './faults.ts';
import { draft, draftCheck, draftEdit, draftStart, report, returning } from './report-schema.ts';
import { getReport, listReports, ruleOn } from './reports.ts';
import { ask } from './schema.ts';
import { draftSheet, importSheet, sheetQuery, sheetTypes } from './sheet.ts';

const byId = z.object({ id: uuid });
const version = (reply: { version: number }) => String(reply.version);

const answering = ['collections.ask_unknown', 'collections.collection_state'];
const drafting = [
  ...answering,
  'collections.draft_unknown',
  'collections.draft_state',
  'collections.answers_invalid',
  'kernel.stale',
];
const submitting = [...drafting, 'collections.ask_state', 'collections.rules_broken'];
const ruling = [
  'collections.report_unknown',
  'collections.report_settled',
  'collections.collection_state',
];

const askRoutes = [
  route({
    id: 'collection_ask.list',
    method: 'GET',
    path: '/api/v1/collections/asks',
    permission: 'collections.ask.read',
    summary: { zh: '本单位的填报任务', en: 'What the own firm is asked for' },
    query: askQuery,
    reply: page(ask),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listOwnAsks(tx, query),
  }),
  route({
    id: 'collection_ask.get',
    method: 'GET',
    path: '/api/v1/collections/asks/{id}',
    permission: 'collections.ask.read',
    summary: { zh: '一项填报任务', en: 'One request for figures' },
    params: byId,
    reply: ask,
    faults: ['collections.ask_unknown'],
    run: (tx, { params }) => getAsk(tx, params.id),
  }),
  route({
    id: 'collection_ask.burden',
    method: 'GET',
    path: '/api/v1/collections/asks/burden',
    permission: 'collections.burden.read',
    summary: { zh: '本单位一年的填报负担', en: 'What the own firm was asked in a year' },
    query: burdenQuery,
    reply: burden,
    faults: [],
    run: (tx, { query }) => viewOwnBurden(tx, query),
  }),
];

const draftRoutes = [
  route({
    id: 'report_draft.start',
    method: 'POST',
    path: '/api/v1/collections/asks/{id}/draft',
    permission: 'collections.draft.write',
    summary: {
      zh: '开始填报（自动预填）或更正',
      en: 'Begin an answer, filled in, or a correction',
    },
    params: byId,
    body: draftStart,
    reply: draft,
    status: 201,
    etag: version,
    faults: [
      ...answering,
      'collections.ask_state',
      'collections.draft_state',
      'collections.reason_needed',
    ],
    run: (tx, { params, body }) => startDraft(tx, params.id, body.reason ?? null),
  }),
  route({
    id: 'report_draft.get',
    method: 'GET',
    path: '/api/v1/collections/asks/{id}/draft',
    permission: 'collections.draft.read',
    summary: { zh: '报表草稿及审核结果', en: 'The own draft, held against its rules' },
    params: byId,
    reply: draft,
    etag: version,
    faults: ['collections.ask_unknown', 'collections.draft_unknown'],
    run: (tx, { params }) => getDraft(tx, params.id),
  }),
  route({
    id: 'report_draft.edit',
    method: 'PUT',
    path: '/api/v1/collections/asks/{id}/draft',
    permission: 'collections.draft.write',
    summary: { zh: '填写草稿', en: 'Write the answers of a draft' },
    params: byId,
    body: draftEdit,
    reply: draft,
    etag: version,
    faults: drafting,
    run: (tx, { params, body, if_match }) => editDraft(tx, params.id, body, if_match),
  }),
  route({
    id: 'report_draft.sheet',
    method: 'GET',
    path: '/api/v1/collections/asks/{id}/draft/sheet',
    permission: 'collections.draft.read',
    summary: { zh: '草稿表格', en: 'The draft as a sheet' },
    params: byId,
    query: sheetQuery,
    gives: sheetTypes,
    reply: z.never(),
    faults: ['collections.ask_unknown', 'collections.draft_unknown'],
    run: (tx, { params, query }) => draftSheet(tx, params.id, query),
  }),
  route({
    id: 'report_draft.import',
    method: 'POST',
    path: '/api/v1/collections/asks/{id}/draft/sheet',
    permission: 'collections.draft.write',
    summary: { zh: '从表格导入', en: 'Take a sheet into the draft' },
    params: byId,
    takes: sheetTypes,
    reply: draft,
    etag: version,
    faults: [
      ...drafting,
      'collections.sheet_refused',
      'kernel.media_type',
      'kernel.too_large',
      'data.reader_busy',
      'data.document_heavy',
    ],
    run: (tx, { params, document, if_match }) => {
      if (!document) throw fault('collections.sheet_refused', { count: 0 });
      return importSheet(tx, params.id, document.bytes, if_match);
    },
  }),
  route({
    id: 'report_draft.submit',
    method: 'POST',
    path: '/api/v1/collections/asks/{id}/draft/submit',
    permission: 'collections.draft.write',
    summary: { zh: '报送，或交复核人', en: 'Submit it, or hand it to the second person' },
    params: byId,
    reply: draft,
    etag: version,
    faults: submitting,
    run: (tx, { params, if_match }) => submitDraft(tx, params.id, if_match),
  }),
  route({
    id: 'report_draft.check',
    method: 'POST',
    path: '/api/v1/collections/asks/{id}/draft/check',
    permission: 'collections.draft.check',
    summary: { zh: '复核：通过并报送，或退给填报人', en: 'Check it: submit it, or hand it back' },
    params: byId,
    body: draftCheck,
    reply: draft,
    etag: version,
    faults: [...submitting, 'collections.same_person'],
    run: (tx, { params, body, if_match }) => checkDraft(tx, params.id, body.decision, if_match),
  }),
];

export const reportRoutes = [
  ...askRoutes,
  ...draftRoutes,
  route({
    id: 'report.list',
    method: 'GET',
    path: '/api/v1/collections/asks/{id}/reports',
    permission: 'collections.report.read',
    summary: { zh: '报表的各个版本', en: 'The versions of a report' },
    params: byId,
    query: pageQuery,
    reply: page(report),
    faults: ['collections.ask_unknown', 'kernel.malformed'],
    run: (tx, { params, query }) => listReports(tx, params.id, query),
  }),
  route({
    id: 'report.get',
    method: 'GET',
    path: '/api/v1/collections/reports/{id}',
    permission: 'collections.report.read',
    summary: { zh: '一份报表', en: 'One report' },
    params: byId,
    reply: report,
    faults: ['collections.report_unknown'],
    run: (tx, { params }) => getReport(tx, params.id),
  }),
  route({
    id: 'report.accept',
    method: 'POST',
    path: '/api/v1/collections/reports/{id}/accept',
    permission: 'collections.report.rule',
    summary: { zh: '验收报表', en: 'Accept a report' },
    params: byId,
    reply: report,
    faults: ruling,
    run: (tx, { params }) => ruleOn(tx, params.id, { ruling: 'accepted' }),
  }),
  route({
    id: 'report.return',
    method: 'POST',
    path: '/api/v1/collections/reports/{id}/return',
    permission: 'collections.report.rule',
    summary: { zh: '退回报表，要写明原因', en: 'Return a report, with the reason' },
    params: byId,
    body: returning,
    reply: report,
    faults: ruling,
    run: (tx, { params, body }) =>
      ruleOn(tx, params.id, { ruling: 'returned', reason: body.reason }),
  }),
];
