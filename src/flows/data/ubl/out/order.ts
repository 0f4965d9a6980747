import type * as order from '../../trade/order.ts';
import type { XmlElement } from '../tree.ts';
import { aggregate, basic, documentOf } from './element.ts';
import * as to from './parts.ts';

type Built = XmlElement | undefined;
type Names = readonly [customization: Built, profile: Built];
type OrderBody = Omit<order.OrderDocument, 'kind'>;

/** The buyer stands first in what a buyer sends, the seller first in an answer. */
const PARTY = { buyer: 'BuyerCustomerParty', seller: 'SellerSupplierParty' } as const;

/** A line with its net price; a gross price and its discount are not kept. */
function orderLine(line: order.OrderLine, currency: string): Built {
  return aggregate(
    'OrderLine',
    basic('Note', line.note),
    aggregate(
      'LineItem',
      basic('ID', line.line_id),
      basic('LineStatusCode', line.status),
      to.quantity('Quantity', line.quantity, line.unit),
      to.amount('LineExtensionAmount', line.amount, currency),
      aggregate('Delivery', to.period('RequestedDeliveryPeriod', line.requested)),
      to.adjustments(line.adjustments, currency),
      to.price(line, currency),
      to.item(line.item),
    ),
  );
}

/** What follows the delivery in the order of UBL: terms, adjustments, tax, totals, lines. */
function money(of: OrderBody): Built[] {
  return [
    aggregate('PaymentTerms', basic('Note', of.payment_terms)),
    ...to.adjustments(of.adjustments, of.currency),
    aggregate('TaxTotal', to.amount('TaxAmount', of.tax_amount, of.currency)),
    to.totals('AnticipatedMonetaryTotal', of.totals, of.currency),
    ...of.lines.map((line) => orderLine(line, of.currency)),
  ];
}

/** Parties and the place of delivery, in the order of UBL. */
function parties(of: OrderBody): Built[] {
  return [
    to.partyAs(PARTY.buyer, of.buyer),
    to.partyAs(PARTY.seller, of.seller),
    to.partyAs('OriginatorCustomerParty', of.originator),
    to.delivery(of.delivery),
  ];
}

/** An Order of UBL 2.1; `names` are its CustomizationID and ProfileID, or nothing. */
export function writeOrder(of: order.OrderDocument, names: Names): XmlElement {
  return documentOf(
    'Order',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    basic('IssueTime', of.issue_time),
    basic('Note', of.note),
    basic('DocumentCurrencyCode', of.currency),
    basic('CustomerReference', of.customer_reference),
    aggregate('ValidityPeriod', basic('EndDate', of.valid_until)),
    to.reference('Contract', of.contract_number),
    parties(of),
    money(of),
  );
}

/**
 * An OrderChange: the whole order as it should be, each line with what happened to it (UNCL 1229).
 * UBL demands a sequence number; the first change is 1.
 */
export function writeOrderChange(of: order.OrderChangeDocument, names: Names): XmlElement {
  return documentOf(
    'OrderChange',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    basic('IssueTime', of.issue_time),
    basic('SequenceNumberID', of.sequence ?? '1'),
    basic('Note', of.note),
    basic('DocumentCurrencyCode', of.currency),
    basic('CustomerReference', of.customer_reference),
    aggregate('ValidityPeriod', basic('EndDate', of.valid_until)),
    to.reference('OrderReference', of.order_number),
    to.reference('Contract', of.contract_number),
    parties(of),
    money(of),
  );
}

/** An OrderCancellation: which order, and why. */
export function writeOrderCancellation(
  of: order.OrderCancellationDocument,
  names: Names,
): XmlElement {
  return documentOf(
    'OrderCancellation',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    basic('IssueTime', of.issue_time),
    basic('Note', of.note),
    basic('CancellationNote', of.reason),
    to.reference('OrderReference', of.order_number),
    to.partyAs(PARTY.buyer, of.buyer),
    to.partyAs(PARTY.seller, of.seller),
  );
}

/**
 * A line answers a line of the order. A substitute stands beside the line that it replaces,
 * under the same number, because nobody has ordered it yet.
 */
function responseLine(line: order.OrderResponseLine, currency: string | null): Built {
  return aggregate(
    'OrderLine',
    aggregate(
      'LineItem',
      basic('ID', line.line_id),
      basic('Note', line.note),
      basic('LineStatusCode', line.status),
      to.quantity('Quantity', line.quantity, line.unit),
      to.quantity('MaximumBackorderQuantity', line.backorder_quantity, line.unit),
      aggregate('Delivery', to.period('PromisedDeliveryPeriod', line.promised)),
      to.price(line, currency),
      to.item(line.item),
    ),
    line.substitute === null
      ? undefined
      : aggregate('SellerSubstitutedLineItem', basic('ID', line.line_id), to.item(line.substitute)),
    aggregate('OrderLineReference', basic('LineID', line.order_line_id)),
  );
}

/** An OrderResponse. Peppol lets only a conditional acceptance (CA) have lines. */
export function writeOrderResponse(of: order.OrderResponseDocument, names: Names): XmlElement {
  return documentOf(
    'OrderResponse',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    basic('IssueTime', of.issue_time),
    basic('OrderResponseCode', of.answer),
    basic('Note', of.note),
    basic('DocumentCurrencyCode', of.currency),
    basic('CustomerReference', of.customer_reference),
    to.reference('OrderReference', of.order_number),
    to.partyAs(PARTY.seller, of.seller),
    to.partyAs(PARTY.buyer, of.buyer),
    aggregate('Delivery', to.period('PromisedDeliveryPeriod', of.promised)),
    of.lines.map((line) => responseLine(line, of.currency)),
  );
}
