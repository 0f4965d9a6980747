import type * as goods from '../../trade/goods.ts';
import { tradeParty } from '../../trade/parts.ts';
import { all, first, text, type XmlElement } from '../tree.ts';
import * as from from './parts.ts';

/** The parties of the trade; the parties of the transport are others and stand beside them. */
const HEAD = ['cac:BuyerCustomerParty', 'cac:SellerSupplierParty'] as const;

/** UBL demands both ends of a transport; a party without any field is still a party. */
function partyAt(root: XmlElement, role: string) {
  return from.partyOf(first(root, role)) ?? tradeParty.parse({});
}

/** Handling units with an identifier; one without cannot be scanned and says nothing. */
function unitsOf(line: XmlElement): goods.HandlingUnit[] {
  return all(line, 'cac:Shipment/cac:TransportHandlingUnit')
    .filter((each) => text(each, 'cbc:ID') !== undefined)
    .map((each) => ({
      sscc: text(each, 'cbc:ID') ?? '',
      kind: from.word(each, 'cbc:TransportHandlingUnitTypeCode'),
      marks: from.word(each, 'cbc:ShippingMarks'),
    }));
}

/** What is not yet sent is outstanding in UBL 2.1 and on backorder in UBL 2.0: here it is one. */
function despatchLineOf(line: XmlElement): goods.DespatchLine {
  const outstanding =
    first(line, 'cbc:OutstandingQuantity') ?? first(line, 'cbc:BackorderQuantity');
  const order = first(line, 'cac:OrderLineReference');
  return {
    line_id: text(line, 'cbc:ID') ?? '',
    order_number: from.word(order, 'cac:OrderReference/cbc:ID'),
    order_line_id: from.word(order, 'cbc:LineID'),
    item: from.itemOf(first(line, 'cac:Item')),
    quantity: from.plain(line, 'cbc:DeliveredQuantity'),
    unit: from.unitOf(first(line, 'cbc:DeliveredQuantity')),
    outstanding_quantity: from.plain(outstanding),
    outstanding_reason:
      from.notes(line, 'cbc:OutstandingReason') ?? from.notes(line, 'cbc:BackorderReason'),
    handling_units: unitsOf(line),
    note: from.notes(line),
  };
}

/**
 * What a DespatchAdvice says. A requested period serves where none is estimated: it is the best
 * that the receiver has. A weight in another unit than kilograms is left in the tree.
 */
export function readDespatch(root: XmlElement): goods.DespatchDocument {
  const shipment = first(root, 'cac:Shipment');
  const delivery = first(shipment, 'cac:Delivery');
  const despatch = first(delivery, 'cac:Despatch');
  const expected =
    first(delivery, 'cac:EstimatedDeliveryPeriod') ??
    first(delivery, 'cac:RequestedDeliveryPeriod');
  const carrier = first(shipment, 'cac:Consignment/cac:CarrierParty');
  const weight = first(shipment, 'cbc:GrossWeightMeasure');
  return {
    kind: 'despatch',
    ...from.headOf(root, ...HEAD),
    order_numbers: from.words(all(root, 'cac:OrderReference'), 'cbc:ID'),
    shipper: partyAt(root, 'cac:DespatchSupplierParty'),
    consignee: partyAt(root, 'cac:DeliveryCustomerParty'),
    carrier_name: from.partyOf(carrier)?.name ?? null,
    tracking_id: from.word(delivery, 'cbc:TrackingID'),
    gross_weight_kg: from.unitOf(weight) === 'KGM' ? from.plain(weight) : null,
    despatched_on: from.day(despatch, 'cbc:ActualDespatchDate'),
    despatched_at_time: from.word(despatch, 'cbc:ActualDespatchTime'),
    expected: from.periodOf(expected),
    lines: all(root, 'cac:DespatchLine').map(despatchLineOf),
  };
}

/** The unit is that of whichever quantity was counted: a refused line has received nothing. */
function receiptLineOf(line: XmlElement): goods.ReceiptLine {
  const counted = first(line, 'cbc:ReceivedQuantity') ?? first(line, 'cbc:RejectedQuantity');
  return {
    line_id: text(line, 'cbc:ID') ?? '',
    order_line_id: from.word(line, 'cac:OrderLineReference/cbc:LineID'),
    despatch_line_id: from.word(line, 'cac:DespatchLineReference/cbc:LineID'),
    item: from.itemOf(first(line, 'cac:Item')),
    received_quantity: from.plain(line, 'cbc:ReceivedQuantity'),
    short_quantity: from.plain(line, 'cbc:ShortQuantity'),
    rejected_quantity: from.plain(line, 'cbc:RejectedQuantity'),
    excess_quantity: from.plain(line, 'cbc:OversupplyQuantity'),
    unit: from.unitOf(counted) ?? from.unitOf(first(line, 'cbc:ShortQuantity')),
    reject_reason_code: from.word(line, 'cbc:RejectReasonCode'),
    reject_reason: from.notes(line, 'cbc:RejectReason'),
    note: from.notes(line),
  };
}

/** What a ReceiptAdvice says; the day is that of the delivery, or of its first line. */
export function readReceipt(root: XmlElement): goods.ReceiptDocument {
  const delivered = from.day(root, 'cac:Shipment/cac:Delivery/cbc:ActualDeliveryDate');
  return {
    kind: 'receipt',
    ...from.headOf(root, ...HEAD),
    order_numbers: from.words(all(root, 'cac:OrderReference'), 'cbc:ID'),
    despatch_numbers: from.words(all(root, 'cac:DespatchDocumentReference'), 'cbc:ID'),
    shipper: partyAt(root, 'cac:DespatchSupplierParty'),
    consignee: partyAt(root, 'cac:DeliveryCustomerParty'),
    received_on: delivered ?? from.day(first(root, 'cac:ReceiptLine'), 'cbc:ReceivedDate'),
    lines: all(root, 'cac:ReceiptLine').map(receiptLineOf),
  };
}
