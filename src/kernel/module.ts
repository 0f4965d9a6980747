import { z } from 'zod';
import { fault } from './faults.ts';
import { file, fileTypes, getFile, keepFile } from './files/files.ts';
import { type Module, route } from './http/route.ts';
import { identityRoutes } from './identity/routes.ts';
import { page, pageQuery } from './paging.ts';
import { uuid } from './schema.ts';
import { fact, getFact, listFacts } from './trust/facts.ts';

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
];

const fileRoutes = [
  route({
    id: 'file.create',
    method: 'POST',
    path: '/api/v1/files',
    permission: 'kernel.file.create',
    summary: { zh: '上传照片或凭证', en: 'Keep a photo or a document' },
    query: z.object({ share_with: uuid.optional() }),
    takes: fileTypes,
    reply: file,
    status: 201,
    faults: ['kernel.too_large', 'kernel.media_type'],
    run: (tx, { document, query }) => {
      if (!document) throw fault('kernel.media_type', { type: '—', allowed: fileTypes.join(', ') });
      return keepFile(tx, document, query.share_with ? [query.share_with] : []);
    },
  }),
  route({
    id: 'file.get',
    method: 'GET',
    path: '/api/v1/files/{id}',
    permission: 'kernel.file.read',
    summary: { zh: '读取文件', en: 'Read a file' },
    params: byId,
    gives: fileTypes,
    reply: file,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getFile(tx, params.id),
  }),
];

/** The ground floor as a module: its tables come first, its routes know no business. */
export const kernel: Module = {
  name: 'kernel',
  migrations: new URL('./db/migrations/', import.meta.url),
  routes: [...identityRoutes, ...factRoutes, ...fileRoutes],
  faults: fault.table,
};
