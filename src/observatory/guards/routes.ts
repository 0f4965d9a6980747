import { route } from '../../kernel/index.ts';
import { lookForBunching, lookForDivergence, lookForHeaping } from './looks.ts';
import {
  bunching,
  bunchingQuery,
  divergence,
  divergenceQuery,
  heaping,
  heapingQuery,
} from './schema.ts';

const looking = ['guards.collection_unknown', 'guards.too_large'];

/** They read what was collected, and keep nothing. */
export const routes = [
  route({
    id: 'guard.heaping',
    method: 'GET',
    path: '/api/v1/observatory/guards/heaping',
    permission: 'guards.finding.read',
    summary: {
      zh: '本单位一次调查的数是不是取了整',
      en: 'Whether the figures of an own collection were rounded',
    },
    query: heapingQuery,
    reply: heaping,
    faults: looking,
    run: (tx, { query }) => lookForHeaping(tx, query.collection_id),
  }),
  route({
    id: 'guard.bunching',
    method: 'GET',
    path: '/api/v1/observatory/guards/bunching',
    permission: 'guards.finding.read',
    summary: {
      zh: '一个指标的数是不是挤在门槛刚好达标的一边',
      en: 'Whether figures crowd just on the good side of a threshold',
    },
    query: bunchingQuery,
    reply: bunching,
    faults: [...looking, 'guards.item_unusable', 'guards.threshold_unusable'],
    run: (tx, { query }) => lookForBunching(tx, query),
  }),
  route({
    id: 'guard.divergence',
    method: 'GET',
    path: '/api/v1/observatory/guards/divergence',
    permission: 'guards.finding.read',
    summary: {
      zh: '指标升了，它要带动的结果升没升',
      en: 'Whether an indicator rose while the outcome it stands for did not',
    },
    query: divergenceQuery,
    reply: divergence,
    faults: [...looking, 'guards.item_unusable'],
    run: (tx, { query }) => lookForDivergence(tx, query),
  }),
];
