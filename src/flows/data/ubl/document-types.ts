/**
 * The documents of UBL 2 that take part in a trade, with the order and the number of their
 * children after OASIS UBL 2.4 (the newest, and by its own promise a superset of 2.0 to 2.3):
 * `?` is 0..1, `*` is 0..n, `+` is 1..n, nothing is 1..1; lower names are left to the aggregates.
 */
const HEAD = 'ext:UBLExtensions? UBLVersionID? CustomizationID? ProfileID? ProfileExecutionID?';
const DATED = 'CopyIndicator? UUID? IssueDate IssueTime?';
const CURRENCIES = 'DocumentCurrencyCode? PricingCurrencyCode? TaxCurrencyCode?';
const ACCOUNTING = 'AccountingCostCode? AccountingCost?';
const RATES = 'cac:TaxExchangeRate? cac:PricingExchangeRate? cac:PaymentExchangeRate?';
const BILL_CURRENCIES = `DocumentCurrencyCode? TaxCurrencyCode? PricingCurrencyCode?
  PaymentCurrencyCode? PaymentAlternativeCurrencyCode? ${ACCOUNTING} LineCountNumeric?
  BuyerReference? cac:InvoicePeriod*`;
const BILL_PARTIES = `cac:ProjectReference* cac:Signature* cac:AccountingSupplierParty
  cac:AccountingCustomerParty? cac:PayeeParty? cac:BuyerCustomerParty? cac:SellerSupplierParty?
  cac:TaxRepresentativeParty? cac:Delivery*`;

const SEQUENCES = {
  Order: `${HEAD} ID SalesOrderID? ${DATED} OrderTypeCode? Note* RequestedInvoiceCurrencyCode?
    ${CURRENCIES} CustomerReference? ${ACCOUNTING} LineCountNumeric? cac:ValidityPeriod*
    cac:QuotationDocumentReference? cac:OrderDocumentReference* cac:OriginatorDocumentReference?
    cac:CatalogueReference? cac:AdditionalDocumentReference* cac:Contract* cac:ProjectReference*
    cac:Signature* cac:BuyerCustomerParty cac:SellerSupplierParty cac:OriginatorCustomerParty?
    cac:FreightForwarderParty? cac:AccountingCustomerParty? cac:Delivery* cac:DeliveryTerms*
    cac:PaymentMeans* cac:PaymentTerms* cac:TransactionConditions? cac:AllowanceCharge* ${RATES}
    cac:DestinationCountry? cac:TaxTotal* cac:AnticipatedMonetaryTotal? cac:OrderLine+`,
  OrderResponse: `${HEAD} ID SalesOrderID? ${DATED} OrderResponseCode? Note* ${CURRENCIES}
    TotalPackagesQuantity? GrossWeightMeasure? NetWeightMeasure? NetNetWeightMeasure?
    GrossVolumeMeasure? NetVolumeMeasure? CustomerReference? ${ACCOUNTING} LineCountNumeric?
    cac:ValidityPeriod* cac:OrderReference+ cac:OrderDocumentReference*
    cac:OrderChangeDocumentReference* cac:OriginatorDocumentReference?
    cac:AdditionalDocumentReference* cac:Contract* cac:Signature* cac:SellerSupplierParty
    cac:BuyerCustomerParty cac:OriginatorCustomerParty? cac:FreightForwarderParty?
    cac:AccountingSupplierParty? cac:AccountingCustomerParty? cac:Delivery* cac:DeliveryTerms?
    cac:PaymentMeans* cac:PaymentTerms* cac:AllowanceCharge* cac:TransactionConditions? ${RATES}
    cac:DestinationCountry? cac:TaxTotal* cac:LegalMonetaryTotal? cac:OrderLine*`,
  OrderChange: `${HEAD} ID? SalesOrderID? ${DATED} SequenceNumberID Note*
    RequestedInvoiceCurrencyCode? ${CURRENCIES} CustomerReference? ${ACCOUNTING} LineCountNumeric?
    cac:ValidityPeriod* cac:OrderReference cac:QuotationDocumentReference?
    cac:OriginatorDocumentReference? cac:AdditionalDocumentReference* cac:Contract* cac:Signature*
    cac:BuyerCustomerParty cac:SellerSupplierParty cac:OriginatorCustomerParty?
    cac:FreightForwarderParty? cac:AccountingCustomerParty? cac:AccountingSupplierParty?
    cac:Delivery* cac:DeliveryTerms? cac:PaymentMeans* cac:PaymentTerms*
    cac:TransactionConditions? cac:AllowanceCharge* ${RATES} cac:DestinationCountry? cac:TaxTotal*
    cac:AnticipatedMonetaryTotal? cac:OrderLine+`,
  OrderCancellation: `${HEAD} ID ${DATED} Note* CancellationNote+ cac:OrderReference+
    cac:OriginatorDocumentReference? cac:AdditionalDocumentReference* cac:Contract* cac:Signature*
    cac:BuyerCustomerParty cac:SellerSupplierParty cac:OriginatorCustomerParty?`,
  DespatchAdvice: `${HEAD} ID ${DATED} DocumentStatusCode? DespatchAdviceTypeCode? Note*
    ${ACCOUNTING} LineCountNumeric? cac:OrderReference* cac:ProjectReference*
    cac:AdditionalDocumentReference* cac:Signature* cac:DespatchSupplierParty
    cac:DeliveryCustomerParty cac:BuyerCustomerParty? cac:SellerSupplierParty?
    cac:OriginatorCustomerParty? cac:Shipment? cac:DespatchLine+`,
  ReceiptAdvice: `${HEAD} ID ${DATED} DocumentStatusCode? ReceiptAdviceTypeCode?
    DeliveryAcceptanceCode? RejectReasonCode? RejectReason* RejectActionCode? Note*
    LineCountNumeric? cac:OrderReference* cac:DespatchDocumentReference*
    cac:AdditionalDocumentReference* cac:Signature* cac:DeliveryCustomerParty
    cac:DespatchSupplierParty cac:BuyerCustomerParty? cac:SellerSupplierParty? cac:Shipment?
    cac:ReceiptLine*`,
  Invoice: `${HEAD} ID ${DATED} DueDate? InvoiceTypeCode? Note* TaxPointDate? ${BILL_CURRENCIES}
    cac:OrderReference? cac:BillingReference* cac:DespatchDocumentReference*
    cac:ReceiptDocumentReference* cac:StatementDocumentReference* cac:OriginatorDocumentReference*
    cac:ContractDocumentReference* cac:AdditionalDocumentReference* ${BILL_PARTIES}
    cac:DeliveryTerms? cac:PaymentMeans* cac:PaymentTerms* cac:PrepaidPayment*
    cac:AllowanceCharge* ${RATES} cac:PaymentAlternativeExchangeRate? cac:TaxTotal*
    cac:WithholdingTaxTotal* cac:LegalMonetaryTotal cac:InvoiceLine+`,
  CreditNote: `${HEAD} ID ${DATED} DueDate? TaxPointDate? CreditNoteTypeCode? Note*
    ${BILL_CURRENCIES} cac:DiscrepancyResponse* cac:OrderReference? cac:BillingReference*
    cac:DespatchDocumentReference* cac:ReceiptDocumentReference* cac:ContractDocumentReference*
    cac:AdditionalDocumentReference* cac:StatementDocumentReference*
    cac:OriginatorDocumentReference* ${BILL_PARTIES} cac:DeliveryTerms* cac:PaymentMeans*
    cac:PaymentTerms* ${RATES} cac:PaymentAlternativeExchangeRate? cac:AllowanceCharge*
    cac:TaxTotal* cac:WithholdingTaxTotal* cac:LegalMonetaryTotal cac:CreditNoteLine+`,
} as const;

/** The eight documents that this product turns into trade. */
export type TradeDocumentType = keyof typeof SEQUENCES;

/** Other documents of UBL are read, stored and given back, but turn into nothing here. */
export const STORED_TYPES = ['RemittanceAdvice', 'ApplicationResponse', 'Statement'] as const;
export type DocumentType = TradeDocumentType | (typeof STORED_TYPES)[number];

export type Occurrence = { name: string; min: number; max: number };

const MARKS: Readonly<Record<string, [min: number, max: number]>> = {
  '?': [0, 1],
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
};

function occurrence(word: string): Occurrence {
  const mark = MARKS[word.slice(-1)];
  const name = mark === undefined ? word : word.slice(0, -1);
  const [min, max] = mark ?? [1, 1];
  return { name: name.includes(':') ? name : `cbc:${name}`, min, max };
}

const OCCURRENCES = new Map<string, Occurrence[]>(
  Object.entries(SEQUENCES).map(([type, words]) => [type, words.split(/\s+/).map(occurrence)]),
);

export function isTradeDocumentType(type: string): type is TradeDocumentType {
  return Object.hasOwn(SEQUENCES, type);
}

export function isDocumentType(type: string): type is DocumentType {
  return isTradeDocumentType(type) || (STORED_TYPES as readonly string[]).includes(type);
}

/** The children of a document, in order; undefined for the types that are only stored. */
export function childrenOf(type: DocumentType): readonly Occurrence[] | undefined {
  return OCCURRENCES.get(type);
}

/** Children without which an aggregate says nothing (OASIS UBL 2.0 to 2.4, minOccurs 1). */
export const MANDATORY: Readonly<Record<string, string>> = {
  'cac:AddressLine': 'cbc:Line',
  'cac:AllowanceCharge': 'cbc:ChargeIndicator cbc:Amount',
  'cac:AdditionalDocumentReference': 'cbc:ID',
  'cac:AdditionalItemProperty': 'cbc:Name',
  'cac:AnticipatedMonetaryTotal': 'cbc:PayableAmount',
  'cac:ClassifiedTaxCategory': 'cac:TaxScheme',
  'cac:CreditNoteLine': 'cbc:ID',
  'cac:DespatchDocumentReference': 'cbc:ID',
  'cac:DespatchLine': 'cbc:ID cac:OrderLineReference cac:Item',
  'cac:InvoiceLine': 'cbc:ID cbc:LineExtensionAmount cac:Item',
  'cac:LegalMonetaryTotal': 'cbc:PayableAmount',
  'cac:LineItem': 'cbc:ID cac:Item',
  'cac:OrderLine': 'cac:LineItem',
  'cac:OrderLineReference': 'cbc:LineID',
  'cac:OrderReference': 'cbc:ID',
  'cac:PartyIdentification': 'cbc:ID',
  'cac:PartyName': 'cbc:Name',
  'cac:PartyTaxScheme': 'cac:TaxScheme',
  'cac:PaymentMeans': 'cbc:PaymentMeansCode',
  'cac:Price': 'cbc:PriceAmount',
  'cac:ReceiptLine': 'cbc:ID',
  'cac:Shipment': 'cbc:ID',
  'cac:TaxCategory': 'cac:TaxScheme',
  'cac:TaxSubtotal': 'cbc:TaxAmount cac:TaxCategory',
  'cac:TaxTotal': 'cbc:TaxAmount',
};
