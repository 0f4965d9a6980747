import { z } from 'zod';
import { page, pageQuery, route } from '../../kernel/index.ts';
import { decideSale, describeBundle, listDecisions } from './decisions.ts';
import { listEvidence, listQueue, viewSplit } from './own-split.ts';
import {
  bundle,
  evidenceLine,
  newBundle,
  newDecision,
  periodQuery,
  queued,
  revenueSplit,
  saleDecision,
  splitQuery,
} from './schema.ts';

const reading = [
  'statistics.period_backwards',
  'statistics.too_many_lines',
  'statistics.too_large',
];

export const routes = [
  route({
    id: 'revenue_split.get',
    method: 'GET',
    path: '/api/v1/observatory/revenue-split',
    permission: 'statistics.split.read',
    summary: {
      zh: '本单位收入中服务、制造、农业各占多少',
      en: 'Service, making, farming in own revenue',
    },
    query: splitQuery,
    reply: revenueSplit,
    faults: reading,
    run: (tx, { query }) => viewSplit(tx, query),
  }),
  route({
    id: 'revenue_split.lines',
    method: 'GET',
    path: '/api/v1/observatory/revenue-split/lines',
    permission: 'statistics.split.read',
    summary: { zh: '收入划分所依据的发票行', en: 'The invoice lines behind a split' },
    query: splitQuery.extend(pageQuery.shape),
    reply: page(evidenceLine),
    faults: [...reading, 'kernel.malformed'],
    run: (tx, { query }) => listEvidence(tx, query),
  }),
  route({
    id: 'revenue_split.queue',
    method: 'GET',
    path: '/api/v1/observatory/unclassified',
    permission: 'statistics.split.read',
    summary: { zh: '待归类的销售', en: 'Sales that nothing classifies yet' },
    query: periodQuery,
    reply: z.object({ items: z.array(queued) }),
    faults: reading,
    run: (tx, { query }) => listQueue(tx, query),
  }),
  route({
    id: 'sale_decision.list',
    method: 'GET',
    path: '/api/v1/observatory/decisions',
    permission: 'statistics.decision.read',
    summary: { zh: '本单位的归类决定', en: 'Own decisions on kinds of sale' },
    query: pageQuery,
    reply: page(saleDecision),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listDecisions(tx, query),
  }),
  route({
    id: 'sale_decision.set',
    method: 'POST',
    path: '/api/v1/observatory/decisions',
    permission: 'statistics.decision.set',
    summary: { zh: '决定一类销售归入哪个行业', en: 'Decide where a kind of sale belongs' },
    body: newDecision,
    reply: saleDecision,
    status: 201,
    faults: ['classification.class_unknown', 'statistics.too_large'],
    run: (tx, { body }) => decideSale(tx, body),
  }),
  route({
    id: 'product_bundle.describe',
    method: 'POST',
    path: '/api/v1/observatory/bundles',
    permission: 'statistics.bundle.describe',
    summary: {
      zh: '说明打包商品的履约义务和单独售价',
      en: 'Describe what a bundle promises, at stand-alone prices',
    },
    body: newBundle,
    reply: bundle,
    status: 201,
    faults: ['statistics.too_large'],
    run: (tx, { body }) => describeBundle(tx, body),
  }),
];
