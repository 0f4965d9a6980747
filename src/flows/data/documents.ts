import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type BytesBody,
  type BytesReply,
  decodeCursor,
  limits,
  pageOf,
  recordFact,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { bodyOf } from './incoming.ts';
import { type ReadDocument, readDocument } from './reader.ts';
import type { Document, DocumentQuery, DocumentRow, DocumentState } from './schema.ts';
import type { SheetKind } from './sheets/kinds.ts';
import { MOST_PROBLEMS, type Problem } from './ubl/problem.ts';
import type { XmlElement } from './ubl/tree.ts';
import { writeXml } from './ubl/write-xml.ts';

export type NewDocument = BytesBody & {
  /** The kind of a sheet, where its headings leave it open. */
  sheet_kind?: SheetKind;
  /** The refused document that this one mends. */
  replaces_id?: string;
};

/** `is_new` is false when this sender had sent the same bytes before. */
export type Received = { document: Document; incoming: ReadDocument; is_new: boolean };

/** What a list shows: the tree and the body may have megabytes and stay where they are. */
const rowColumns = [
  'id',
  'owner_id',
  'receiver_id',
  'kind',
  'format',
  'number',
  'state',
  'media_type',
  'file_name',
  'size_bytes',
  'received_at',
  'changed_at',
  'error_count',
  'subject_id',
  'replaces_id',
  'replaced_by_id',
] as const;

/** @throws data.document_unknown when there is none, or it is not the actor's to see. */
export async function getDocument(tx: Tx, id: string): Promise<Document> {
  const row = await tx.db
    .selectFrom('document')
    .select([...rowColumns, 'errors', 'warnings', 'body'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('data.document_unknown');
  return row as unknown as Document;
}

/** The actor's documents, newest first: sent, received, or both. */
export async function listDocuments(tx: Tx, query: DocumentQuery) {
  const me = tx.actor.party;
  let rows = tx.db.selectFrom('document').select(rowColumns).where('chain_id', '=', tx.chain);
  if (query.direction === 'sent') rows = rows.where('owner_id', '=', me);
  if (query.direction === 'received') rows = rows.where('receiver_id', '=', me);
  if (query.state) rows = rows.where('state', '=', query.state);
  if (query.kind) rows = rows.where('kind', '=', query.kind);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('id', '<', id);
  }
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found as DocumentRow[], query.limit, (row) => [row.id]);
}

/** The document as UBL, equal in meaning to what came in. @throws data.document_has_no_xml */
export async function getDocumentXml(tx: Tx, id: string): Promise<BytesReply> {
  const row = await tx.db
    .selectFrom('document')
    .select(['tree', 'number'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('data.document_unknown');
  if (row.tree === null) throw fault('data.document_has_no_xml');
  const xml = writeXml(row.tree as unknown as XmlElement);
  return {
    bytes: new TextEncoder().encode(xml),
    media_type: 'application/xml; charset=utf-8',
    file_name: `${row.number ?? id}.xml`,
  };
}

/** The bytes as they came, to their sender. @throws data.document_unknown */
export async function getDocumentSource(tx: Tx, id: string): Promise<BytesReply> {
  const row = await tx.db
    .selectFrom('document_source')
    .innerJoin('document', (join) =>
      join
        .onRef('document.chain_id', '=', 'document_source.chain_id')
        .onRef('document.id', '=', 'document_source.document_id'),
    )
    .select(['document_source.bytes', 'document.file_name'])
    .where('document_source.chain_id', '=', tx.chain)
    .where('document.chain_id', '=', tx.chain)
    .where('document_source.document_id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('data.document_unknown');
  // Never the type it came under: a browser must not run somebody's file as a page of ours.
  return {
    bytes: row.bytes,
    media_type: 'application/octet-stream',
    file_name: row.file_name ?? id,
  };
}

/** The document of these bytes, if this sender sent them before. */
async function findSame(tx: Tx, hash: Uint8Array): Promise<Document | undefined> {
  const row = await tx.db
    .selectFrom('document')
    .select([...rowColumns, 'errors', 'warnings', 'body'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('content_hash', '=', hash)
    .executeTakeFirst();
  return row as unknown as Document | undefined;
}

/** Writes the row; undefined when the same bytes were there already. */
async function insertDocument(
  tx: Tx,
  given: NewDocument,
  incoming: ReadDocument,
  hash: Uint8Array,
): Promise<string | undefined> {
  const body = bodyOf(incoming);
  const row = await tx.db
    .insertInto('document')
    .values({
      chain_id: tx.chain,
      id: tx.newId(),
      owner_id: tx.actor.party,
      receiver_id: null,
      kind: incoming.kind,
      format: incoming.format,
      number: incoming.number,
      state: incoming.errors.length > 0 ? 'refused' : 'received',
      content_hash: hash,
      media_type: given.media_type.slice(0, 200),
      file_name: given.file_name?.slice(0, 200) ?? null,
      size_bytes: given.bytes.byteLength,
      received_at: tx.now,
      changed_at: tx.now,
      tree: incoming.tree_json,
      body: body === null ? null : toJson(body),
      errors: toJson(incoming.errors),
      warnings: toJson(incoming.warnings),
      error_count: incoming.errors.length,
      subject_id: null,
      replaces_id: given.replaces_id ?? null,
      replaced_by_id: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['chain_id', 'owner_id', 'content_hash']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** What may change about a document after it came in. */
type Change = {
  state: DocumentState;
  receiver_id?: string | null;
  subject_id?: string | null;
  errors?: readonly Problem[];
  warnings?: readonly Problem[];
  replaced_by_id?: string;
};

/** Settled documents change no more: two answers to one document cannot both hold. */
const SETTLED: readonly DocumentState[] = ['accepted', 'applied'];

/**
 * Changes a document in one of the states named, in one statement: of two commands at once the
 * second finds nothing to change.
 * @throws data.document_unknown, data.document_settled
 */
async function changeDocument(
  tx: Tx,
  id: string,
  from: readonly DocumentState[],
  { errors, warnings, ...change }: Change,
): Promise<void> {
  const row = await tx.db
    .updateTable('document')
    .set({
      ...change,
      changed_at: tx.now,
      ...(errors ? { errors: toJson(errors), error_count: errors.length } : {}),
      ...(warnings ? { warnings: toJson(warnings) } : {}),
    })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .where('state', 'in', [...from])
    .returning('id')
    .executeTakeFirst();
  if (row) return;
  const { state } = await getDocument(tx, id);
  throw fault('data.document_settled', { state });
}

/** A fact for all who may see the document, without its content. */
async function recordChange(tx: Tx, document: Document, change: string): Promise<void> {
  const { id, kind, format, number, receiver_id, subject_id, error_count } = document;
  await recordFact(tx, {
    type: `data.document.${change}`,
    subject: id,
    parties: [document.owner_id, ...(receiver_id === null ? [] : [receiver_id])],
    body: { kind, format, number, subject_id, error_count },
  });
}

/** Refused bytes that come again get a new hearing: the partner they lacked may be here now. */
async function hearAgain(tx: Tx, before: Document, incoming: ReadDocument): Promise<Document> {
  if (before.state !== 'refused' || incoming.errors.length > 0) return before;
  await changeDocument(tx, before.id, ['refused'], { state: 'received', errors: [] });
  return { ...before, state: 'received', errors: [], error_count: 0 };
}

/**
 * Takes a document into its sender's inbox: `refused` with its errors, or `received` to be acted
 * on. The same bytes from the same sender give the first document again, with its state. It never
 * throws for what is in the document; whoever answers the sender says 422 when it is refused, and
 * must let the transaction commit, for the inbox keeps it.
 *
 * @throws data.document_size, data.document_unknown (for `replaces_id`), data.document_settled,
 *   data.reader_busy, data.document_heavy
 */
export async function receiveDocument(tx: Tx, given: NewDocument): Promise<Received> {
  const size = given.bytes.byteLength;
  if (size === 0 || size > limits.document_bytes) {
    throw fault('data.document_size', { limit: limits.document_bytes });
  }
  const incoming = await readDocument(given.bytes, given.sheet_kind);
  const hash = createHash('sha256').update(given.bytes).digest();
  const before = await findSame(tx, hash);
  if (before) return { document: await hearAgain(tx, before, incoming), incoming, is_new: false };
  const id = await insertDocument(tx, given, incoming, hash);
  if (id === undefined) {
    // The same bytes were committed between the look and the insert: those count.
    const first = await findSame(tx, hash);
    if (first) return { document: first, incoming, is_new: false };
    throw fault('data.document_unknown');
  }
  tx.append('document_source', [
    {
      chain_id: tx.chain,
      document_id: id,
      owner_id: tx.actor.party,
      bytes: given.bytes,
    },
  ]);
  if (given.replaces_id !== undefined) {
    const open: DocumentState[] = ['received', 'refused'];
    await changeDocument(tx, given.replaces_id, open, { state: 'refused', replaced_by_id: id });
  }
  const document = await getDocument(tx, id);
  await recordChange(tx, document, document.state);
  return { document, incoming, is_new: true };
}

/**
 * Sends a document back to its sender with what is wrong with it: trade found that it cannot be
 * (an order that nobody knows, a quantity that was never sent). It stays in the inbox.
 *
 * @throws data.document_unknown, data.document_settled
 */
export async function refuseDocument(
  tx: Tx,
  id: string,
  errors: readonly Problem[],
): Promise<Document> {
  await changeDocument(tx, id, ['received', 'refused'], { state: 'refused', errors });
  const document = await getDocument(tx, id);
  await recordChange(tx, document, 'refused');
  return document;
}

/** What reading found worth a word, and what acting on it did, in that order. */
async function withNotes(tx: Tx, id: string, notes: readonly Problem[]) {
  if (notes.length === 0) return {};
  const { warnings } = await getDocument(tx, id);
  return { warnings: [...warnings, ...notes].slice(0, MOST_PROBLEMS) };
}

/** Hands a document over: from now on its receiver sees it too, with the notes of its effect. */
export async function acceptDocument(
  tx: Tx,
  id: string,
  receiver: string | null,
  notes: readonly Problem[] = [],
): Promise<Document> {
  const noted = await withNotes(tx, id, notes);
  await changeDocument(tx, id, ['received'], {
    state: 'accepted',
    receiver_id: receiver,
    ...noted,
  });
  const document = await getDocument(tx, id);
  await recordChange(tx, document, 'accepted');
  return document;
}

/**
 * Says what a document became (the id of an order, a despatch, an invoice) in the transaction
 * that made it so. Applied once: a second time is `data.document_settled`.
 */
export async function applyDocument(
  tx: Tx,
  id: string,
  became: { receiver_id: string | null; subject_id: string },
  notes: readonly Problem[] = [],
): Promise<Document> {
  const noted = await withNotes(tx, id, notes);
  const { receiver_id, subject_id } = became;
  await changeDocument(tx, id, ['received', 'accepted'], {
    state: 'applied',
    receiver_id,
    subject_id,
    ...noted,
  });
  const document = await getDocument(tx, id);
  await recordChange(tx, document, 'applied');
  return document;
}

/** Whether a document has had its effect, so that the same content again has none. */
export function isSettled(document: Pick<DocumentRow, 'state'>): boolean {
  return SETTLED.includes(document.state);
}

/** The refusal as an answer to the sender: every rule, path and message, and where it is kept. */
export function refusalOf(document: Document) {
  const refusal = fault('data.document_refused', { count: document.error_count }, document.errors);
  refusal.instance = `/api/v1/documents/${document.id}`;
  return refusal;
}
