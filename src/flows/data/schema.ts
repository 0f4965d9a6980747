import { z } from 'zod';
import { instant, pageQuery, uuid } from '../../kernel/index.ts';
import { sheetKinds } from './sheets/kinds.ts';

/** In the inbox; sent back; seen by its receiver; become trade. */
export const documentStates = ['received', 'refused', 'accepted', 'applied'] as const;
export const documentState = z.enum(documentStates);
export type DocumentState = z.output<typeof documentState>;

/** UBL that follows Peppol BIS 3, other UBL 2, sheets, and what nobody could read. */
export const documentFormats = ['peppol', 'ubl', 'csv', 'xlsx', 'unknown'] as const;
export const documentFormat = z.enum(documentFormats);
export type DocumentFormat = z.output<typeof documentFormat>;

/** Kinds of document: those of trade, sheets, UBL that is only kept, and the unreadable. */
export const documentKinds = [
  'order',
  'order_response',
  'order_change',
  'order_cancellation',
  'despatch',
  'receipt',
  'invoice',
  'credit_note',
  'sheet_orders',
  'sheet_catalogue',
  'sheet_stock',
  'kept',
  'unreadable',
] as const;
export const documentKind = z.enum(documentKinds);
export type DocumentKind = z.output<typeof documentKind>;

/** One broken rule: its id, where (XPath-like, or a cell such as B7), and both languages. */
export const problem = z
  .object({ rule: z.string(), path: z.string(), zh: z.string(), en: z.string() })
  .meta({ id: 'DocumentProblem' });

/** A document in a list. */
export const documentRow = z
  .object({
    id: uuid,
    owner_id: uuid,
    receiver_id: uuid.nullable(),
    kind: documentKind,
    format: documentFormat,
    number: z.string().nullable(),
    state: documentState,
    media_type: z.string(),
    file_name: z.string().nullable(),
    size_bytes: z.int(),
    received_at: instant,
    changed_at: instant,
    error_count: z.int(),
    subject_id: uuid.nullable(),
    replaces_id: uuid.nullable(),
    replaced_by_id: uuid.nullable(),
  })
  .meta({ id: 'DocumentRow' });
export type DocumentRow = z.output<typeof documentRow>;

export const document = documentRow
  .extend({
    errors: z.array(problem),
    warnings: z.array(problem),
    /** A trade document in neutral words, or the preview of a sheet; null when unreadable. */
    body: z.unknown(),
  })
  .meta({ id: 'Document' });
export type Document = z.output<typeof document>;

/** Which documents to list; without a direction both ways. */
export const documentQuery = pageQuery.extend({
  state: documentState.optional(),
  kind: documentKind.optional(),
  /** `sent` by the actor, or `received` by it from others. */
  direction: z.enum(['sent', 'received']).optional(),
});
export type DocumentQuery = z.output<typeof documentQuery>;

/** What checking a document says, with nothing written. */
export const checkedDocument = z
  .object({
    kind: documentKind,
    format: documentFormat,
    number: z.string().nullable(),
    errors: z.array(problem),
    warnings: z.array(problem),
    body: z.unknown(),
  })
  .meta({ id: 'CheckedDocument' });

export const sheetKind = z.enum(sheetKinds);

/** Media types under which documents come; their bytes decide what they are. */
export const documentTypes = [
  'application/xml',
  'text/xml',
  'text/csv',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;
