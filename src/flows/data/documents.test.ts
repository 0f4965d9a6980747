import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equalInMeaning, Fault, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import {
  acceptDocument,
  applyDocument,
  getDocument,
  getDocumentSource,
  getDocumentXml,
  listDocuments,
  receiveDocument,
  refuseDocument,
} from './documents.ts';
import { exchangedBetween } from './exchanged-between.ts';
import { data } from './index.ts';
import { documentQuery } from './schema.ts';
import { INVOICE, ORDER } from './testing.ts';
import type { TradeDocument } from './trade/document.ts';
import { writeTradeDocument } from './ubl/out/document.ts';
import { readXml } from './ubl/read-xml.ts';
import { writeXml } from './ubl/write-xml.ts';
import { ublOf } from './ubl-of.ts';

type Who = 'buyer' | 'seller' | 'other';
let test: TestStore;
let chain: Awaited<ReturnType<typeof openTestChain<Who>>>;

beforeAll(async () => {
  test = await openTestStore([data]);
  chain = await openTestChain(test.store, { buyer: 'core', seller: 'supplier', other: 'dealer' });
});
afterAll(() => test.close());

function given(bytes: Uint8Array, file_name = 'order.xml') {
  return { bytes, media_type: 'application/xml', file_name };
}

function numbered(number: string, change: (xml: string) => string = (xml) => xml): Uint8Array {
  const document: TradeDocument = { ...ORDER, number };
  return new TextEncoder().encode(change(writeXml(writeTradeDocument(document, 'peppol'))));
}

const as = <T>(who: Who, work: (tx: Tx) => Promise<T>) => chain.as(who, work);

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
}

describe('the inbox of documents', () => {
  it('takes a document and gives it back equal in meaning', async () => {
    const bytes = numbered('PO-A');
    const { document, is_new } = await as('buyer', (tx) => receiveDocument(tx, given(bytes)));
    expect(document).toMatchObject({ kind: 'order', format: 'peppol', number: 'PO-A' });
    expect(document).toMatchObject({ state: 'received', errors: [], body: { number: 'PO-A' } });
    expect(is_new).toBe(true);
    const xml = await as('buyer', (tx) => getDocumentXml(tx, document.id));
    const before = readXml(bytes).root;
    const after = readXml(xml.bytes).root;
    expect(before && after && equalInMeaning(before, after)).toBe(true);
    const source = await as('buyer', (tx) => getDocumentSource(tx, document.id));
    expect(Buffer.from(source.bytes).equals(Buffer.from(bytes))).toBe(true);
  });

  it('the same content twice is one document, also at once', async () => {
    const bytes = numbered('PO-B');
    const both = await Promise.all(
      [1, 2].map(() => as('buyer', (tx) => receiveDocument(tx, given(bytes)))),
    );
    expect(new Set(both.map(({ document }) => document.id)).size).toBe(1);
    expect(both.filter(({ is_new }) => is_new)).toHaveLength(1);
    const other = await as('other', (tx) => receiveDocument(tx, given(bytes)));
    expect(other.is_new).toBe(true);
  });

  it('keeps a refused document, which can be mended and sent again', async () => {
    const wrong = numbered('PO-C', (xml) => xml.replace('>4460.00<', '>4461.00<'));
    const { document } = await as('buyer', (tx) => receiveDocument(tx, given(wrong)));
    expect(document.state).toBe('refused');
    expect(document.errors.map(({ rule }) => rule)).toContain('PEPPOL-T01-R008');
    const mended = { ...given(numbered('PO-C')), replaces_id: document.id };
    const next = await as('buyer', (tx) => receiveDocument(tx, mended));
    expect(next.document).toMatchObject({ state: 'received', replaces_id: document.id });
    const old = await as('buyer', (tx) => getDocument(tx, document.id));
    expect(old.replaced_by_id).toBe(next.document.id);
  });

  it('refuses what trade refuses, and hears the same content again', async () => {
    const bytes = numbered('PO-D');
    const { document } = await as('buyer', (tx) => receiveDocument(tx, given(bytes)));
    const why = { rule: 'TRADE-PARTNER', path: '/seller', zh: '未知卖方。', en: 'Unknown seller.' };
    const refused = await as('buyer', (tx) => refuseDocument(tx, document.id, [why]));
    expect(refused).toMatchObject({ state: 'refused', error_count: 1, errors: [why] });
    const again = await as('buyer', (tx) => receiveDocument(tx, given(bytes)));
    expect(again).toMatchObject({ is_new: false, document: { id: document.id, errors: [] } });
    expect(again.document.state).toBe('received');
  });

  it('shows a document to its receiver once it was accepted, to nobody else ever', async () => {
    const { document } = await as('seller', (tx) => {
      return receiveDocument(tx, given(ublOf(INVOICE).bytes));
    });
    const { id } = document;
    expect(await codeOf(as('buyer', (tx) => getDocument(tx, id)))).toBe('data.document_unknown');
    const buyer = chain.parties.buyer.id;
    await as('seller', (tx) => acceptDocument(tx, id, buyer));
    const subject = test.store.newId();
    const seen = await as('seller', (tx) =>
      applyDocument(tx, id, { receiver_id: buyer, subject_id: subject }),
    );
    expect(seen).toMatchObject({ state: 'applied', subject_id: subject });
    expect((await as('buyer', (tx) => getDocument(tx, id))).state).toBe('applied');
    expect(await codeOf(as('buyer', (tx) => getDocumentSource(tx, id)))).toBe(
      'data.document_unknown',
    );
    expect(await codeOf(as('other', (tx) => getDocument(tx, id)))).toBe('data.document_unknown');
    const received = documentQuery.parse({ direction: 'received' });
    const { items } = await as('buyer', (tx) => listDocuments(tx, received));
    expect(items.map((item) => item.id)).toEqual([id]);
    const since = '2020-01-01T00:00:00.000Z';
    const pairs = await as('buyer', (tx) => exchangedBetween(tx, since));
    expect(pairs).toEqual([
      { owner_id: chain.parties.seller.id, receiver_id: buyer, documents: 1 },
    ]);
    expect(await as('other', (tx) => exchangedBetween(tx, since))).toEqual([]);
  });

  it('applies a document once', async () => {
    const bytes = numbered('PO-E');
    const { document } = await as('buyer', (tx) => receiveDocument(tx, given(bytes)));
    const apply = () =>
      as('buyer', (tx) =>
        applyDocument(tx, document.id, { receiver_id: null, subject_id: tx.newId() }),
      );
    await apply();
    expect(await codeOf(apply())).toBe('data.document_settled');
    expect(await codeOf(as('buyer', (tx) => refuseDocument(tx, document.id, [])))).toBe(
      'data.document_settled',
    );
    const again = await as('buyer', (tx) => receiveDocument(tx, given(bytes)));
    expect(again.document.state).toBe('applied');
  });

  it('keeps sheets with their preview, and what nobody can read with the reason', async () => {
    const sheet = new TextEncoder().encode('订单号,商品编码,数量,单位\nPO-1,A,5,箱\nPO-1,B,x,箱\n');
    const received = await as('buyer', (tx) => receiveDocument(tx, given(sheet, 'orders.csv')));
    expect(received.document).toMatchObject({ kind: 'sheet_orders', state: 'received' });
    expect(received.document.body).toMatchObject({ bad_rows: [3], errors: [{ cell: 'C3' }] });
    const id = received.document.id;
    expect(await codeOf(as('buyer', (tx) => getDocumentXml(tx, id)))).toBe(
      'data.document_has_no_xml',
    );
    const junk = await as('buyer', (tx) => receiveDocument(tx, given(Buffer.from('<a'))));
    expect(junk.document).toMatchObject({ kind: 'unreadable', state: 'refused' });
    expect(await codeOf(as('buyer', (tx) => receiveDocument(tx, given(Buffer.from('')))))).toBe(
      'data.document_size',
    );
  });

  it('lists the newest first, page by page', async () => {
    const query = documentQuery.parse({ limit: 2, direction: 'sent' });
    const first = await as('buyer', (tx) => listDocuments(tx, query));
    expect(first.items).toHaveLength(2);
    const after = first.next ?? undefined;
    const second = await as('buyer', (tx) => listDocuments(tx, { ...query, after }));
    const ids = [...first.items, ...second.items].map((item) => item.id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(ids.length);
    const refused = documentQuery.parse({ state: 'refused' });
    const { items } = await as('buyer', (tx) => listDocuments(tx, refused));
    expect(items.every((item) => item.error_count > 0)).toBe(true);
  });
});
