import type { TradeDocument, TradeDocumentKind } from '../../trade/document.ts';
import { type ElementRule, structureOf } from '../peppol-structure.ts';
import { isElement, type XmlElement, type XmlNode } from '../tree.ts';
import { basic } from './element.ts';
import { writeDespatch, writeReceipt } from './goods.ts';
import { writeInvoice } from './invoice.ts';
import {
  writeOrder,
  writeOrderCancellation,
  writeOrderChange,
  writeOrderResponse,
} from './order.ts';

/** Peppol BIS 3 where it has the document, plain UBL 2.1 where it has not or is not wanted. */
export type Dialect = 'peppol' | 'ubl';

type PeppolName = { structure: string; customization: string; profile: string };

const POACC = 'urn:fdc:peppol.eu:poacc';
const BILLING = {
  customization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  profile: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
};

function ordering(structure: string, transaction: string, profile: string): PeppolName {
  return {
    structure,
    customization: `${POACC}:trns:${transaction}:3`,
    profile: `${POACC}:bis:${profile}:3`,
  };
}

const PEPPOL: Readonly<Partial<Record<TradeDocumentKind, PeppolName>>> = {
  order: ordering('T01', 'order', 'ordering'),
  order_response: ordering('T76', 'order_response', 'ordering'),
  order_change: ordering('T114', 'order_change', 'advanced_ordering'),
  order_cancellation: ordering('T115', 'order_cancellation', 'advanced_ordering'),
  despatch: ordering('T16', 'despatch_advice', 'despatch_advice'),
  invoice: { structure: 'invoice', ...BILLING },
  credit_note: { structure: 'credit-note', ...BILLING },
};

/**
 * Leaves out what a transaction does not define or not so often. The writers say all they know;
 * each transaction takes its part of it (an order response, say, knows no address).
 */
function narrow(element: XmlElement, rules: readonly ElementRule[]): XmlElement {
  const taken = new Map<string, number>();
  const children = element.children.flatMap((child): XmlNode[] => {
    if (!isElement(child)) return [child];
    const rule = rules.find(({ name }) => name === child.name);
    const count = (taken.get(child.name) ?? 0) + 1;
    if (rule === undefined || (rule.max !== null && count > (rule.max ?? 1))) return [];
    taken.set(child.name, count);
    if (rule.children === undefined) return [child];
    const inner = narrow(child, rule.children);
    return inner.children.length > 0 ? [inner] : [];
  });
  return { ...element, children };
}

function write(
  document: TradeDocument,
  names: readonly [XmlElement | undefined, XmlElement | undefined],
): XmlElement {
  switch (document.kind) {
    case 'order':
      return writeOrder(document, names);
    case 'order_response':
      return writeOrderResponse(document, names);
    case 'order_change':
      return writeOrderChange(document, names);
    case 'order_cancellation':
      return writeOrderCancellation(document, names);
    case 'despatch':
      return writeDespatch(document, names);
    case 'receipt':
      return writeReceipt(document, names);
    default:
      return writeInvoice(document, names);
  }
}

/**
 * A trade document as UBL. In Peppol's dialect it says what the transaction has room for; a
 * document that lacks what Peppol demands (a country, a tax category) is told so by `validate`.
 */
export function writeTradeDocument(document: TradeDocument, dialect: Dialect): XmlElement {
  const peppol = dialect === 'peppol' ? PEPPOL[document.kind] : undefined;
  if (peppol === undefined) return write(document, [undefined, undefined]);
  const names = [
    basic('CustomizationID', peppol.customization),
    basic('ProfileID', peppol.profile),
  ] as const;
  return narrow(write(document, names), structureOf(peppol.structure));
}
