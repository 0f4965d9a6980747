import type * as order from '../../trade/order.ts';
import { all, attribute, everyElement, first, text, type XmlElement } from '../tree.ts';
import * as from from './parts.ts';

const BUYER = 'cac:BuyerCustomerParty';
const SELLER = 'cac:SellerSupplierParty';

/** The currency of the document; some leave it to the amounts. */
export function currencyOf(root: XmlElement): string | undefined {
  const stated = text(root, 'cbc:DocumentCurrencyCode');
  if (stated !== undefined) return stated;
  for (const element of everyElement(root)) {
    const currency = attribute(element, 'currencyID');
    if (currency !== undefined) return currency;
  }
  return undefined;
}

/** In UBL the note may stand on the line or on the item line inside it. */
function lineOf(wrapper: XmlElement): order.OrderLine {
  const line = first(wrapper, 'cac:LineItem') ?? wrapper;
  const requested = first(line, 'cac:Delivery/cac:RequestedDeliveryPeriod');
  return {
    line_id: text(line, 'cbc:ID') ?? '',
    item: from.itemOf(first(line, 'cac:Item')),
    ...from.pricedOf(line, 'cbc:Quantity'),
    amount: from.plain(line, 'cbc:LineExtensionAmount'),
    requested: from.periodOf(requested),
    note: from.notes(wrapper) ?? from.notes(line),
    adjustments: from.adjustmentsOf(line),
    status: from.word(line, 'cbc:LineStatusCode'),
  };
}

/** Order and order change say the same things under the same names. */
function bodyOf(root: XmlElement) {
  return {
    ...from.headOf(root, BUYER, SELLER),
    currency: currencyOf(root) ?? '',
    customer_reference: from.word(root, 'cbc:CustomerReference'),
    valid_until: from.day(root, 'cac:ValidityPeriod/cbc:EndDate'),
    contract_number: from.word(root, 'cac:Contract/cbc:ID'),
    originator: from.partyOf(first(root, 'cac:OriginatorCustomerParty')),
    delivery: from.deliveryOf(first(root, 'cac:Delivery')),
    payment_terms: from.word(root, 'cac:PaymentTerms/cbc:Note'),
    adjustments: from.adjustmentsOf(root),
    tax_amount: from.plain(root, 'cac:TaxTotal/cbc:TaxAmount'),
    totals: from.totalsOf(first(root, 'cac:AnticipatedMonetaryTotal')),
    lines: all(root, 'cac:OrderLine').map(lineOf),
  };
}

/** What an Order says; the first delivery counts, later ones stay in the tree. */
export function readOrder(root: XmlElement): order.OrderDocument {
  return { kind: 'order', ...bodyOf(root) };
}

export function readOrderChange(root: XmlElement): order.OrderChangeDocument {
  const orderNumber = text(root, 'cac:OrderReference/cbc:ID') ?? '';
  const sequence = from.word(root, 'cbc:SequenceNumberID');
  const body = bodyOf(root);
  // UBL lets a change go without a number of its own: it is then known by its order and sequence.
  const number = body.number === '' ? `${orderNumber}-${sequence ?? '1'}` : body.number;
  return { kind: 'order_change', ...body, number, order_number: orderNumber, sequence };
}

/** What an OrderCancellation says; several reasons become one text. */
export function readOrderCancellation(root: XmlElement): order.OrderCancellationDocument {
  return {
    kind: 'order_cancellation',
    ...from.headOf(root, BUYER, SELLER),
    order_number: text(root, 'cac:OrderReference/cbc:ID') ?? '',
    reason: from.notes(root, 'cbc:CancellationNote') ?? '',
  };
}

/** A substitute is what the seller offers instead of the item of the line. */
function responseLineOf(wrapper: XmlElement): order.OrderResponseLine {
  const line = first(wrapper, 'cac:LineItem') ?? wrapper;
  const substitute = first(wrapper, 'cac:SellerSubstitutedLineItem/cac:Item');
  return {
    line_id: text(line, 'cbc:ID') ?? '',
    order_line_id: from.word(wrapper, 'cac:OrderLineReference/cbc:LineID'),
    status: from.word(line, 'cbc:LineStatusCode'),
    item: from.itemOf(first(line, 'cac:Item')),
    substitute: substitute === undefined ? null : from.itemOf(substitute),
    ...from.pricedOf(line, 'cbc:Quantity'),
    backorder_quantity: from.plain(line, 'cbc:MaximumBackorderQuantity'),
    promised: from.periodOf(first(line, 'cac:Delivery/cac:PromisedDeliveryPeriod')),
    note: from.notes(line),
  };
}

/** What an OrderResponse says; without a code of its own its lines decide. */
export function readOrderResponse(root: XmlElement): order.OrderResponseDocument {
  return {
    kind: 'order_response',
    ...from.headOf(root, BUYER, SELLER),
    currency: currencyOf(root) ?? null,
    order_number: text(root, 'cac:OrderReference/cbc:ID') ?? '',
    answer: from.word(root, 'cbc:OrderResponseCode'),
    customer_reference: from.word(root, 'cbc:CustomerReference'),
    promised: from.periodOf(first(root, 'cac:Delivery/cac:PromisedDeliveryPeriod')),
    lines: all(root, 'cac:OrderLine').map(responseLineOf),
  };
}
