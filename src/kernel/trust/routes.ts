import { z } from 'zod';
import { route } from '../http/route.ts';
import { page, pageQuery } from '../paging.ts';
import { uuid } from '../schema.ts';
import { fact, getFact, listFacts } from './facts.ts';
import {
  consistency,
  consistencyQuery,
  factProofs,
  getSeal,
  latestSeal,
  proveConsistency,
  proveFact,
  proveFacts,
  seal,
  sealKey,
  treeSize,
} from './seals.ts';

const byId = z.object({ id: uuid });

const factRoutes = [
  route({
    id: 'fact.list',
    method: 'GET',
    path: '/api/v1/facts',
    permission: 'kernel.fact.read',
    summary: { zh: '事实，新的在前', en: 'Facts, newest first' },
    query: pageQuery.extend({ subject: uuid.optional() }),
    reply: page(fact),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listFacts(tx, query),
  }),
  route({
    id: 'fact.get',
    method: 'GET',
    path: '/api/v1/facts/{id}',
    permission: 'kernel.fact.read',
    summary: { zh: '一件事实', en: 'One fact' },
    params: byId,
    reply: fact,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getFact(tx, params.id),
  }),
  route({
    id: 'fact.prove',
    method: 'GET',
    path: '/api/v1/facts/{id}/proof',
    permission: 'kernel.fact.read',
    summary: { zh: '一件事实及其封存证明', en: 'One fact with the proof of its seal' },
    params: byId,
    reply: factProofs,
    faults: ['kernel.not_found', 'kernel.seal_pending'],
    run: (tx, { params }) => proveFact(tx, params.id),
  }),
];

const sealRoutes = [
  route({
    id: 'seal.latest',
    method: 'GET',
    path: '/api/v1/seals/latest',
    permission: 'kernel.seal.read',
    summary: { zh: '最新的检查点', en: 'The newest checkpoint' },
    reply: seal,
    faults: ['kernel.seal_pending'],
    run: (tx) => latestSeal(tx),
  }),
  route({
    id: 'seal.key',
    method: 'GET',
    path: '/api/v1/seals/key',
    permission: 'kernel.seal.read',
    summary: { zh: '验证封存所用的公钥', en: 'The public key that verifies the seals' },
    reply: sealKey,
    faults: ['kernel.seal_pending'],
    run: async (tx) => ({ key: (await latestSeal(tx)).key }),
  }),
  route({
    id: 'seal.consistency',
    method: 'GET',
    path: '/api/v1/seals/consistency',
    permission: 'kernel.seal.read',
    summary: {
      zh: '两个检查点前后一致的证明',
      en: 'That a later checkpoint only adds to an earlier',
    },
    query: consistencyQuery,
    reply: consistency,
    faults: ['kernel.seal_pending', 'kernel.not_found'],
    run: (tx, { query }) => proveConsistency(tx, query),
  }),
  route({
    id: 'seal.facts',
    method: 'GET',
    path: '/api/v1/seals/facts',
    permission: 'kernel.fact.read',
    summary: { zh: '我方事实及其封存证明', en: 'Own facts with the proofs of their seals' },
    query: pageQuery,
    reply: factProofs,
    faults: ['kernel.malformed', 'kernel.seal_pending', 'kernel.not_found'],
    run: (tx, { query }) => proveFacts(tx, query),
  }),
  route({
    id: 'seal.get',
    method: 'GET',
    path: '/api/v1/seals/{size}',
    permission: 'kernel.seal.read',
    summary: { zh: '某一大小的检查点', en: 'The checkpoint of one size' },
    params: z.object({ size: z.coerce.number().pipe(treeSize) }),
    reply: seal,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getSeal(tx, params.size),
  }),
];

export const trustRoutes = [...factRoutes, ...sealRoutes];
