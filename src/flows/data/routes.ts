import { z } from 'zod';
import { page, route, uuid } from '../../kernel/index.ts';
import { getDocument, getDocumentSource, getDocumentXml, listDocuments } from './documents.ts';
import { fault } from './faults.ts';
import { bodyOf } from './incoming.ts';
import { readDocument } from './reader.ts';
import {
  checkedDocument,
  document,
  documentQuery,
  documentRow,
  documentTypes,
  sheetKind,
} from './schema.ts';
import { mediaTypeOf, writeTemplate } from './sheets/write-sheet.ts';

const byId = z.object({ id: uuid });
const xmlTypes = ['application/xml', 'text/xml'] as const;
const template = z.object({
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
  language: z.enum(['zh', 'en']).default('zh'),
});

/** Reading the inbox; sending in is trade's, because a document becomes trade. */
export const routes = [
  route({
    id: 'document.list',
    method: 'GET',
    path: '/api/v1/documents',
    permission: 'data.document.read',
    summary: { zh: '单据收件箱，新的在前', en: 'The inbox of documents, newest first' },
    query: documentQuery,
    reply: page(documentRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listDocuments(tx, query),
  }),
  route({
    id: 'document.get',
    method: 'GET',
    path: '/api/v1/documents/{id}',
    permission: 'data.document.read',
    summary: { zh: '一份单据（可要 XML）', en: 'One document, as JSON or as UBL' },
    params: byId,
    gives: xmlTypes,
    reply: document,
    faults: ['data.document_unknown', 'data.document_has_no_xml'],
    run: (tx, { params, accept }) => {
      const wanted = accept.find((type) =>
        [...xmlTypes, 'application/json'].includes(type as never),
      );
      const isXml = xmlTypes.some((type) => type === wanted);
      return isXml ? getDocumentXml(tx, params.id) : getDocument(tx, params.id);
    },
  }),
  route({
    id: 'document.original',
    method: 'GET',
    path: '/api/v1/documents/{id}/original',
    permission: 'data.document.read',
    summary: { zh: '单据原件', en: 'The bytes as they came' },
    params: byId,
    gives: ['application/octet-stream'],
    reply: z.never(),
    faults: ['data.document_unknown'],
    run: (tx, { params }) => getDocumentSource(tx, params.id),
  }),
  route({
    id: 'document.check',
    method: 'POST',
    path: '/api/v1/document-checks',
    permission: 'data.document.check',
    summary: { zh: '检查单据，不写入', en: 'Check a document without writing anything' },
    query: z.object({ sheet: sheetKind.optional() }),
    takes: documentTypes,
    reply: checkedDocument,
    faults: [
      'kernel.media_type',
      'kernel.too_large',
      'data.document_size',
      'data.reader_busy',
      'data.document_heavy',
    ],
    run: async (_tx, { document: given, query }) => {
      if (given === null) throw fault('data.document_size');
      const incoming = await readDocument(given.bytes, query.sheet);
      return { ...incoming, body: bodyOf(incoming) };
    },
  }),
  route({
    id: 'document.template',
    method: 'GET',
    path: '/api/v1/document-templates/{kind}',
    permission: 'data.document.read',
    summary: { zh: '表格模板', en: 'A template sheet' },
    params: z.object({ kind: sheetKind }),
    query: template,
    gives: [mediaTypeOf('csv'), mediaTypeOf('xlsx')],
    reply: z.never(),
    faults: [],
    run: async (_tx, { params, query }) => ({
      bytes: await writeTemplate(params.kind, query.format, query.language),
      media_type: mediaTypeOf(query.format),
      file_name: `${params.kind}.${query.format}`,
    }),
  }),
];
