/**
 * The parts that the Peppol BIS Billing 3 structure includes by name (syntax binding of EN 16931 to
 * UBL, CEN/TS 16931-3-2, as Peppol BIS Billing 3.0 narrows it), in a short notation of our own:
 * one element a line, indented by depth; `name min..max`, `@attribute list` (`?` = optional),
 * `=list` for the code list of the value. No cardinality is 1..1.
 */
const ADDRESS = `
cbc:StreetName 0..1
cbc:AdditionalStreetName 0..1
cbc:CityName 0..1
cbc:PostalZone 0..1
cbc:CountrySubentity 0..1
cac:AddressLine 0..1
  cbc:Line
cac:Country
  cbc:IdentificationCode =ISO3166`;

const TAX_CATEGORY = `
cbc:ID =UNCL5305
cbc:Percent 0..1
cac:TaxScheme
  cbc:ID`;

const ALLOWANCE = `
cbc:ChargeIndicator
cbc:AllowanceChargeReasonCode 0..1
cbc:AllowanceChargeReason 0..1
cbc:MultiplierFactorNumeric 0..1
cbc:Amount @currencyID=ISO4217
cbc:BaseAmount 0..1 @currencyID=ISO4217`;

const CONTACT = `
cac:Contact 0..1
  cbc:Name 0..1
  cbc:Telephone 0..1
  cbc:ElectronicMail 0..1`;

function indent(block: string, depth: number): string {
  return block
    .trim()
    .split('\n')
    .map((line) => `${'  '.repeat(depth)}${line}`)
    .join('\n');
}

function party(role: string, ids: string, taxSchemes: string, legalForm: string): string {
  return `
cac:${role}
  cac:Party
    cbc:EndpointID @schemeID=eas
    cac:PartyIdentification ${ids}
      cbc:ID @schemeID?=ICD
    cac:PartyName 0..1
      cbc:Name
    cac:PostalAddress
${indent(ADDRESS, 3)}
    cac:PartyTaxScheme ${taxSchemes}
      cbc:CompanyID
      cac:TaxScheme
        cbc:ID
    cac:PartyLegalEntity
      cbc:RegistrationName
      cbc:CompanyID 0..1 @schemeID?=ICD${legalForm}
${indent(CONTACT, 2)}`;
}

function monetaryTotal(): string {
  const amounts = `LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount
    AllowanceTotalAmount? ChargeTotalAmount? PrepaidAmount? PayableRoundingAmount? PayableAmount`;
  const lines = amounts.split(/\s+/).map((name) => {
    const count = name.endsWith('?') ? ' 0..1' : '';
    return `  cbc:${name.replace('?', '')}${count} @currencyID=ISO4217`;
  });
  return `cac:LegalMonetaryTotal\n${lines.join('\n')}`;
}

export const BILLING_PARTS: Readonly<Record<string, string>> = {
  'part/supplier-party.xml': party(
    'AccountingSupplierParty',
    '0..n',
    '0..2',
    '\n      cbc:CompanyLegalForm 0..1',
  ),
  'part/customer-party.xml': party('AccountingCustomerParty', '0..1', '0..1', ''),
  'part/payee-party.xml': `
cac:PayeeParty 0..1
  cac:PartyIdentification 0..1
    cbc:ID @schemeID?
  cac:PartyName
    cbc:Name
  cac:PartyLegalEntity 0..1
    cbc:CompanyID @schemeID?=ICD`,
  'part/taxrep-party.xml': `
cac:TaxRepresentativeParty 0..1
  cac:PartyName
    cbc:Name
  cac:PostalAddress
${indent(ADDRESS, 2)}
  cac:PartyTaxScheme
    cbc:CompanyID
    cac:TaxScheme
      cbc:ID`,
  'part/delivery.xml': `
cac:Delivery 0..1
  cbc:ActualDeliveryDate 0..1
  cac:DeliveryLocation 0..1
    cbc:ID 0..1 @schemeID?=ICD
    cac:Address 0..1
${indent(ADDRESS, 3)}
  cac:DeliveryParty 0..1
    cac:PartyName
      cbc:Name`,
  'part/card-payment.xml': `
cac:CardAccount 0..1
  cbc:PrimaryAccountNumberID
  cbc:NetworkID
  cbc:HolderName 0..1`,
  'part/credit-transfer.xml': `
cac:PayeeFinancialAccount 0..1
  cbc:ID
  cbc:Name 0..1
  cac:FinancialInstitutionBranch 0..1
    cbc:ID`,
  'part/payment-mandate.xml': `
cac:PaymentMandate 0..1
  cbc:ID 0..1
  cac:PayerFinancialAccount 0..1
    cbc:ID`,
  'part/allowance-charge.xml': `
cac:AllowanceCharge 0..n
${indent(ALLOWANCE, 1)}
  cac:TaxCategory
${indent(TAX_CATEGORY, 2)}`,
  'part/line-allowance-charge.xml': `
cac:AllowanceCharge 0..n
${indent(ALLOWANCE, 1)}`,
  'part/tax-total.xml': `
cac:TaxTotal 1..2
  cbc:TaxAmount @currencyID=ISO4217
  cac:TaxSubtotal 0..n
    cbc:TaxableAmount @currencyID=ISO4217
    cbc:TaxAmount @currencyID=ISO4217
    cac:TaxCategory
      cbc:ID =UNCL5305
      cbc:Percent 0..1
      cbc:TaxExemptionReasonCode 0..1
      cbc:TaxExemptionReason 0..1
      cac:TaxScheme
        cbc:ID`,
  'part/monetary-totals.xml': monetaryTotal(),
  'part/line-period.xml': `
cac:InvoicePeriod 0..1
  cbc:StartDate 0..1
  cbc:EndDate 0..1`,
  'part/item.xml': `
cac:Item
  cbc:Description 0..1
  cbc:Name
  cac:BuyersItemIdentification 0..1
    cbc:ID
  cac:SellersItemIdentification 0..1
    cbc:ID
  cac:StandardItemIdentification 0..1
    cbc:ID @schemeID=ICD
  cac:OriginCountry 0..1
    cbc:IdentificationCode =ISO3166
  cac:CommodityClassification 0..n
    cbc:ItemClassificationCode @listID=UNCL7143 @listVersionID?
  cac:ClassifiedTaxCategory
${indent(TAX_CATEGORY, 2)}
  cac:AdditionalItemProperty 0..n
    cbc:Name
    cbc:Value`,
  'part/price.xml': `
cac:Price
  cbc:PriceAmount @currencyID=ISO4217
  cbc:BaseQuantity 0..1 @unitCode?=UNECERec20
  cac:AllowanceCharge 0..1
    cbc:ChargeIndicator
    cbc:Amount @currencyID=ISO4217
    cbc:BaseAmount 0..1 @currencyID=ISO4217`,
  'part/additional-docs.xml': `
cac:AdditionalDocumentReference 0..n
  cbc:ID @schemeID?=UNCL1153
  cbc:DocumentTypeCode 0..1
  cbc:DocumentDescription 0..1
  cac:Attachment 0..1
    cbc:EmbeddedDocumentBinaryObject 0..1 @mimeCode=MimeCode @filename
    cac:ExternalReference 0..1
      cbc:URI`,
};
