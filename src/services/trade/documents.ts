import {
  acceptDocument,
  applyDocument,
  type Document,
  isSettled,
  type ReadDocument,
  receiveDocument,
  refusalOf,
  refuseDocument,
  type SheetKind,
  type TradeDocument,
} from '../../flows/data/index.ts';
import {
  type BytesBody,
  type Fault,
  inSavepoint,
  type NewFact,
  recordFacts,
  type Tx,
} from '../../kernel/index.ts';
import type { Effect } from './effects.ts';
import { takeOrderResponse } from './incoming-answers.ts';
import { takeCreditNote, takeInvoice } from './incoming-bills.ts';
import { takeDespatch, takeReceipt } from './incoming-goods.ts';
import { takeOrder, takeOrderCancellation, takeOrderChange } from './incoming-orders.ts';
import { takeSheet } from './incoming-sheets.ts';
import { problemsOf } from './problems.ts';
import { type Sides, sidesOf } from './sides.ts';

export type SentDocument = {
  document: BytesBody;
  sheet?: SheetKind | undefined;
  /** Of a sheet with bad rows, take the others. */
  take_good_rows: boolean;
  replaces_id?: string | undefined;
};

/** A document by what it is; what turns into no trade is kept. */
function effectOf(tx: Tx, document: TradeDocument, sides: Sides): Promise<Effect> {
  switch (document.kind) {
    case 'order':
      return takeOrder(tx, document, sides);
    case 'order_response':
      return takeOrderResponse(tx, document, sides);
    case 'order_change':
      return takeOrderChange(tx, document, sides);
    case 'order_cancellation':
      return takeOrderCancellation(tx, document, sides);
    case 'despatch':
      return takeDespatch(tx, document, sides);
    case 'receipt':
      return takeReceipt(tx, document, sides);
    case 'invoice':
      return takeInvoice(tx, document, sides);
    case 'credit_note':
      return takeCreditNote(tx, document, sides);
  }
}

const KEPT: Effect = {
  state: 'kept',
  subject_id: null,
  receiver_id: null,
  orders: [],
  notes: [],
};

async function act(tx: Tx, incoming: ReadDocument, goodRowsOnly: boolean): Promise<Effect> {
  const { document, preview } = incoming;
  if (preview) return takeSheet(tx, preview, goodRowsOnly);
  if (!document) return KEPT;
  return effectOf(tx, document, await sidesOf(tx, document));
}

/**
 * Two documents at once may both bring the same new partner. Whoever comes second meets its unique
 * key, or, where the first has just committed, a member that it had looked for in vain.
 */
const cameSecond = (error: unknown) =>
  ['23505', 'identity.already_member'].includes((error as { code?: string }).code ?? '');

/** Acts; whoever came second acts once more, and then finds what the first one brought. */
async function actOnce(tx: Tx, incoming: ReadDocument, goodRowsOnly: boolean): Promise<Effect> {
  const attempt = () => inSavepoint(tx, () => act(tx, incoming, goodRowsOnly));
  try {
    return await attempt();
  } catch (error) {
    if (!cameSecond(error)) throw error;
    return attempt();
  }
}

const TITLES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  order: ['订单', 'Order'],
  order_response: ['订单答复', 'Order response'],
  order_change: ['订单变更', 'Order change'],
  order_cancellation: ['订单取消', 'Order cancellation'],
  despatch: ['发货通知', 'Despatch advice'],
  receipt: ['收货通知', 'Receipt advice'],
  invoice: ['发票', 'Invoice'],
  credit_note: ['红字发票', 'Credit note'],
  sheet_orders: ['订单表', 'Order sheet'],
};

/** A knot on the data thread of each order that the document is about. */
function exchanges(document: Document, { orders }: Effect): NewFact[] {
  const [title_zh, title_en] = TITLES[document.kind] ?? ['单据', 'Document'];
  return orders.map(({ id, buyer_id, seller_id, number }) => ({
    type: 'trade.document.exchanged',
    subject: id,
    parties: [buyer_id, seller_id],
    body: {
      document_id: document.id,
      kind: document.kind,
      number: number ?? document.number,
      title_zh,
      title_en,
    },
  }));
}

async function settle(tx: Tx, document: Document, effect: Effect): Promise<Document> {
  const { id } = document;
  const { state, receiver_id, subject_id, notes } = effect;
  await recordFacts(tx, exchanges(document, effect));
  if (state === 'kept' || subject_id === null) return acceptDocument(tx, id, receiver_id, notes);
  return applyDocument(tx, id, { receiver_id, subject_id }, notes);
}

/**
 * A document comes in and becomes trade, in one transaction: kept in its sender's inbox, judged,
 * acted on. What trade refuses is undone and refused with its reason, and stays to be mended; the
 * same bytes again have no second effect and get the first answer.
 *
 * @returns the document, or (given back, not thrown, so that the inbox is kept) its refusal.
 * @throws data.document_size, data.document_unknown, data.document_settled
 */
export async function takeDocument(tx: Tx, sent: SentDocument): Promise<Document | Fault> {
  const { bytes, media_type, file_name } = sent.document;
  const { document, incoming } = await receiveDocument(tx, {
    bytes,
    media_type,
    file_name,
    ...(sent.sheet ? { sheet_kind: sent.sheet } : {}),
    ...(sent.replaces_id ? { replaces_id: sent.replaces_id } : {}),
  });
  if (document.state === 'refused') return refusalOf(document);
  if (isSettled(document)) return document;
  try {
    return await settle(tx, document, await actOnce(tx, incoming, sent.take_good_rows));
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    return refusalOf(await refuseDocument(tx, document.id, problems));
  }
}
