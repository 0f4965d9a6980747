import { parseSscc } from '../../../../kernel/index.ts';
import type * as goods from '../../trade/goods.ts';
import type { XmlElement } from '../tree.ts';
import { aggregate, basic, documentOf } from './element.ts';
import * as to from './parts.ts';

type Built = XmlElement | undefined;
type Names = readonly [customization: Built, profile: Built];

/** A unit that carries a valid SSCC says so; other numbers go out without a scheme. */
function handlingUnit(unit: goods.HandlingUnit): Built {
  const scheme = parseSscc(unit.sscc).ok ? { schemeID: 'SSCC' } : {};
  return aggregate(
    'TransportHandlingUnit',
    basic('ID', unit.sscc, scheme),
    basic('TransportHandlingUnitTypeCode', unit.kind),
    basic('ShippingMarks', unit.marks),
  );
}

/**
 * UBL wants each despatch line to name the line of the order that it fulfils. A delivery without
 * an order names its own line, which is the least wrong thing to say.
 */
function despatchLine(line: goods.DespatchLine): Built {
  const units = line.handling_units.map(handlingUnit);
  return aggregate(
    'DespatchLine',
    basic('ID', line.line_id),
    basic('Note', line.note),
    to.quantity('DeliveredQuantity', line.quantity, line.unit),
    to.quantity('OutstandingQuantity', line.outstanding_quantity, line.unit),
    basic('OutstandingReason', line.outstanding_reason),
    aggregate(
      'OrderLineReference',
      basic('LineID', line.order_line_id ?? line.line_id),
      to.reference('OrderReference', line.order_number),
    ),
    to.item(line.item),
    // The shipment of a line has no identity of its own; Peppol fixes its number to NA.
    units.length > 0 ? aggregate('Shipment', basic('ID', 'NA'), units) : undefined,
  );
}

/** Carrier, weight, tracking and times of the whole delivery; absent when none is known. */
function shipment(of: goods.DespatchDocument): Built {
  const delivery = aggregate(
    'Delivery',
    basic('TrackingID', of.tracking_id),
    to.period('EstimatedDeliveryPeriod', of.expected),
    aggregate(
      'Despatch',
      basic('ActualDespatchDate', of.despatched_on),
      basic('ActualDespatchTime', of.despatched_at_time),
    ),
  );
  const carrier = aggregate('CarrierParty', aggregate('PartyName', basic('Name', of.carrier_name)));
  return aggregate(
    'Shipment',
    basic('ID', '1'),
    to.quantity('GrossWeightMeasure', of.gross_weight_kg, 'KGM'),
    carrier && aggregate('Consignment', basic('ID', '1'), carrier),
    delivery,
  );
}

/** A DespatchAdvice of UBL 2.1; lots travel with the item, handling units with the line. */
export function writeDespatch(of: goods.DespatchDocument, names: Names): XmlElement {
  return documentOf(
    'DespatchAdvice',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    basic('IssueTime', of.issue_time),
    basic('Note', of.note),
    of.order_numbers.map((number) => to.reference('OrderReference', number)),
    to.partyAs('DespatchSupplierParty', of.shipper),
    to.partyAs('DeliveryCustomerParty', of.consignee),
    to.partyAs('BuyerCustomerParty', of.buyer),
    to.partyAs('SellerSupplierParty', of.seller),
    shipment(of),
    of.lines.map(despatchLine),
  );
}

/** The line of another document by its number there. */
function lineReference(name: string, id: string | null): Built {
  return aggregate(name, basic('LineID', id));
}

/** What was counted: received, short, rejected and too much are four quantities of one unit. */
function receiptLine(line: goods.ReceiptLine): Built {
  return aggregate(
    'ReceiptLine',
    basic('ID', line.line_id),
    basic('Note', line.note),
    to.quantity('ReceivedQuantity', line.received_quantity, line.unit),
    to.quantity('ShortQuantity', line.short_quantity, line.unit),
    to.quantity('RejectedQuantity', line.rejected_quantity, line.unit),
    basic('RejectReasonCode', line.reject_reason_code),
    basic('RejectReason', line.reject_reason),
    to.quantity('OversupplyQuantity', line.excess_quantity, line.unit),
    lineReference('OrderLineReference', line.order_line_id),
    lineReference('DespatchLineReference', line.despatch_line_id),
    to.item(line.item),
  );
}

/** Peppol has no receipt advice: this is plain UBL 2.1. */
export function writeReceipt(of: goods.ReceiptDocument, names: Names): XmlElement {
  const delivery = aggregate('Delivery', basic('ActualDeliveryDate', of.received_on));
  return documentOf(
    'ReceiptAdvice',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    basic('IssueTime', of.issue_time),
    basic('Note', of.note),
    of.order_numbers.map((number) => to.reference('OrderReference', number)),
    of.despatch_numbers.map((number) => to.reference('DespatchDocumentReference', number)),
    to.partyAs('DeliveryCustomerParty', of.consignee),
    to.partyAs('DespatchSupplierParty', of.shipper),
    to.partyAs('BuyerCustomerParty', of.buyer),
    to.partyAs('SellerSupplierParty', of.seller),
    delivery && aggregate('Shipment', basic('ID', '1'), delivery),
    of.lines.map(receiptLine),
  );
}
