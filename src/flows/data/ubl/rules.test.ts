import { describe, expect, it } from 'vitest';
import { CREDIT_NOTE, DESPATCH, INVOICE, ORDER, ORDER_RESPONSE } from '../testing.ts';
import type { TradeDocument } from '../trade/document.ts';
import { writeTradeDocument } from './out/document.ts';
import { all, first, type XmlElement } from './tree.ts';
import { validate } from './validate.ts';

/** A valid document with one thing changed, and the rules that then refuse it. */
function broken(document: TradeDocument, change: (root: XmlElement) => void): string[] {
  const root = writeTradeDocument(document, 'peppol');
  change(root);
  const { errors, warnings } = validate(root);
  return [...errors, ...warnings].map((problem) => problem.rule);
}

function put(path: string, value: string): (root: XmlElement) => void {
  return (root) => {
    const element = first(root, path);
    if (element === undefined) throw new Error(`no ${path}`);
    element.children = [value];
  };
}

function without(path: string, name: string): (root: XmlElement) => void {
  return (root) => {
    const parent = path === '' ? root : first(root, path);
    if (parent === undefined) throw new Error(`no ${path}`);
    parent.children = parent.children.filter((c) => typeof c === 'string' || c.name !== name);
  };
}

const LINE = 'cac:OrderLine/cac:LineItem';
const PARTY = 'cac:BuyerCustomerParty/cac:Party';

describe('rules of an order', () => {
  it.each<[string, (root: XmlElement) => void]>([
    ['PEPPOL-T01-R031', put('cbc:ProfileID', 'urn:fdc:peppol.eu:poacc:bis:billing:3')],
    ['PEPPOL-T01-R034', put('cbc:CustomizationID', 'urn:fdc:peppol.eu:poacc:trns:orders:3')],
    ['PEPPOL-T01-R003', put('cbc:DocumentCurrencyCode', 'EUR')],
    ['PEPPOL-T01-R028', put(`${LINE}/cbc:LineExtensionAmount`, '3300.001')],
    ['PEPPOL-T01-R002', without('', 'cac:ValidityPeriod')],
    ['PEPPOL-T01-R006', put('cac:AnticipatedMonetaryTotal/cbc:PayableAmount', '-1')],
    ['PEPPOL-T01-R007', put('cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount', '-1')],
    ['PEPPOL-T01-R008', put('cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount', '4460.01')],
    ['PEPPOL-T01-R010', put('cac:AnticipatedMonetaryTotal/cbc:ChargeTotalAmount', '81')],
    ['PEPPOL-T01-R011', put('cac:AnticipatedMonetaryTotal/cbc:TaxExclusiveAmount', '4541')],
    ['PEPPOL-T01-R016', put('cac:AnticipatedMonetaryTotal/cbc:PayableAmount', '5130.21')],
    ['PEPPOL-T01-R017', put('cac:AnticipatedMonetaryTotal/cbc:TaxInclusiveAmount', '5130.21')],
    ['PEPPOL-T01-R032', put('cac:AllowanceCharge/cbc:Amount', '-80')],
    ['PEPPOL-T01-CL002', put('cac:AllowanceCharge/cbc:AllowanceChargeReasonCode', 'QQQ')],
    ['PEPPOL-T01-R024', put(`${LINE}/cbc:Quantity`, '1001')],
    ['PEPPOL-T01-R025', put(`${LINE}/cac:Price/cbc:BaseQuantity`, '0')],
    ['PEPPOL-T01-R004', put(`${LINE}/cbc:Quantity`, '-1')],
    ['PEPPOL-T01-R005', put(`${LINE}/cac:Price/cbc:PriceAmount`, '-1')],
    ['PEPPOL-T01-R001', put(`${LINE}/cbc:ID`, '2')],
    ['PEPPOL-T01-R029', without(`${LINE}/cac:Item/cac:ClassifiedTaxCategory`, 'cbc:Percent')],
    ['PEPPOL-T01-R030', put(`${LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent`, '0')],
    ['PEPPOL-COMMON-R030', put('cbc:IssueDate', '2026-03-02Z')],
    ['PEPPOL-COMMON-R040', put(`${PARTY}/cbc:EndpointID`, '6901234567891')],
    ['PEPPOL-REQUIRED', without(PARTY, 'cbc:EndpointID')],
    ['PEPPOL-CODE', put(`${PARTY}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`, 'XX')],
    ['UBL-VALUE', put('cbc:IssueDate', '2026-02-30')],
    ['UBL-VALUE', put(`${LINE}/cbc:Quantity`, '1e3')],
    ['UBL-VALUE', put(`${LINE}/cbc:ID`, ' ')],
    ['UBL-REQUIRED', without('', 'cac:OrderLine')],
    ['UBL-SEQUENCE', (root) => root.children.reverse()],
    ['UBL-REPEATED', (root) => root.children.push(...all(root, 'cbc:IssueDate'))],
    ['UBL-EMPTY', (root) => root.children.push({ name: 'cac:OrderLine', children: [] })],
    ['UBL-UNKNOWN', (root) => root.children.push({ name: 'cbc:Colour', children: ['red'] })],
  ])('%s', (rule, change) => {
    expect(broken(ORDER, change)).toContain(rule);
  });

  it('gives a path that leads to the place', () => {
    const root = writeTradeDocument(ORDER, 'peppol');
    put('cbc:IssueTime', '25:00')(root);
    const second = all(root, LINE)[1];
    if (second !== undefined) put('cbc:Quantity', 'many')(second);
    expect(validate(root).errors.map((problem) => problem.path)).toEqual([
      '/Order/cbc:IssueTime',
      '/Order/cac:OrderLine[2]/cac:LineItem/cbc:Quantity',
    ]);
  });
});

describe('rules of other documents', () => {
  it.each<[string, TradeDocument, (root: XmlElement) => void]>([
    ['PEPPOL-T76-R007', ORDER_RESPONSE, without('', 'cac:OrderLine')],
    ['PEPPOL-T76-R008', ORDER_RESPONSE, put('cbc:OrderResponseCode', 'AP')],
    ['PEPPOL-T76-R009', ORDER_RESPONSE, put('cbc:OrderResponseCode', 'RE')],
    ['PEPPOL-T76-R010', ORDER_RESPONSE, put('cbc:OrderResponseCode', 'AB')],
    ['PEPPOL-T16-R006', DESPATCH, put('cac:DespatchLine/cbc:DeliveredQuantity', '-1')],
    ['PEPPOL-T16-R007', DESPATCH, without('cac:DespatchLine', 'cbc:OutstandingReason')],
    [
      'PEPPOL-T16-R003',
      DESPATCH,
      without('cac:DespatchLine/cac:Item', 'cac:SellersItemIdentification'),
    ],
    ['BR-CO-10', INVOICE, put('cac:LegalMonetaryTotal/cbc:LineExtensionAmount', '2641')],
    ['BR-CO-13', INVOICE, put('cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount', '2641')],
    ['BR-CO-14', INVOICE, put('cac:TaxTotal/cbc:TaxAmount', '343.21')],
    ['BR-CO-15', INVOICE, put('cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount', '2983.21')],
    ['BR-CO-16', INVOICE, put('cac:LegalMonetaryTotal/cbc:PayableAmount', '2983')],
    ['BR-CO-17', INVOICE, put('cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount', '350')],
    ['BR-S-08', INVOICE, put('cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount', '2500')],
    ['BR-DEC', INVOICE, put('cac:InvoiceLine/cbc:LineExtensionAmount', '2640.005')],
    ['PEPPOL-EN16931-R120', CREDIT_NOTE, put('cac:CreditNoteLine/cbc:CreditedQuantity', '801')],
    ['PEPPOL-EN16931-R003', INVOICE, without('', 'cac:OrderReference')],
    ['BR-CO-25', INVOICE, without('', 'cbc:DueDate')],
  ])('%s', (rule, document, change) => {
    expect(broken(document, change)).toContain(rule);
  });

  it('refuses what UBL does not define', () => {
    const { errors } = validate({ name: 'ubl:Poem', children: [] });
    expect(errors[0]).toMatchObject({ rule: 'UBL-TYPE' });
  });
});
