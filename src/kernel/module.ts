import { z } from 'zod';
import { fault } from './faults.ts';
import { eraseFile, file, fileTypes, getFile, keepFile } from './files/files.ts';
import { type Module, route } from './http/route.ts';
import { identityRoutes } from './identity/routes.ts';
import { rightsRoutes } from './rights/routes.ts';
import { uuid } from './schema.ts';
import { trustRoutes } from './trust/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';

const byId = z.object({ id: uuid });

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
    faults: ['kernel.not_found', 'kernel.file_erased'],
    run: (tx, { params }) => getFile(tx, params.id),
  }),
  route({
    id: 'file.erase',
    method: 'DELETE',
    path: '/api/v1/files/{id}',
    permission: 'kernel.file.erase',
    summary: { zh: '删除本单位文件的内容', en: 'Delete what an own file shows' },
    params: byId,
    reply: z.object({ done: z.literal(true) }),
    faults: ['kernel.not_found', 'kernel.file_erased'],
    run: async (tx, { params }) => {
      await eraseFile(tx, params.id);
      return { done: true as const };
    },
  }),
];

/** The ground floor as a module: its tables come first, its routes know no business. */
export const kernel: Module = {
  name: 'kernel',
  migrations: new URL('./db/migrations/', import.meta.url),
  routes: [...identityRoutes, ...trustRoutes, ...webhookRoutes, ...rightsRoutes, ...fileRoutes],
  faults: fault.table,
};
