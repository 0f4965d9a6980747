import { Decimal } from '../../../../kernel/index.ts';
import type * as part from '../../trade/parts.ts';
import { all, attribute, first, text, type XmlElement } from '../tree.ts';
import { isDecimal } from '../values.ts';

/** Reads the aggregates of UBL that all documents share. What is absent is null. */

/** Text, trimmed; null when there is none. */
export function word(element: XmlElement | undefined, path?: string): string | null {
  return text(element, path) ?? null;
}

/** A number in plain notation, without a plus or idle zeros; null when it is none. */
export function plain(element: XmlElement | undefined, path?: string): string | null {
  const value = text(element, path);
  if (value === undefined || !isDecimal(value)) return null;
  return new Decimal(value).toString();
}

/** A day without the zone that XML Schema lets it carry. */
export function day(element: XmlElement | undefined, path?: string): string | null {
  return text(element, path)?.slice(0, 10) ?? null;
}

/** The texts at a path below each of several elements, absent ones left out. */
export function words(elements: readonly XmlElement[], path: string): string[] {
  return elements.map((element) => text(element, path)).filter((value) => value !== undefined);
}

/** All notes as one text, a line each: UBL lets them repeat, people read one. */
export function notes(element: XmlElement, name = 'cbc:Note'): string | null {
  const found = all(element, name)
    .map((note) => text(note))
    .filter(Boolean);
  return found.length > 0 ? found.join('\n') : null;
}

export function unitOf(element: XmlElement | undefined): string | null {
  return attribute(element, 'unitCode') ?? null;
}

/** An identifier with its scheme. */
export function identifierOf(element: XmlElement | undefined): part.Identifier | null {
  const value = text(element);
  if (value === undefined) return null;
  const scheme = attribute(element, 'schemeID') ?? null;
  // Documents before Peppol write the name of the scheme where Peppol writes its ISO 6523 code.
  return { scheme: scheme === 'GLN' ? '0088' : scheme === 'GTIN' ? '0160' : scheme, value };
}

/** An address by its parts; building, floor and box of plain UBL stay in the tree. */
export function addressOf(element: XmlElement | undefined): part.Address | null {
  if (element === undefined) return null;
  return {
    street: word(element, 'cbc:StreetName'),
    additional_street: word(element, 'cbc:AdditionalStreetName'),
    city: word(element, 'cbc:CityName'),
    postal_zone: word(element, 'cbc:PostalZone'),
    subdivision: word(element, 'cbc:CountrySubentity'),
    line: word(element, 'cac:AddressLine/cbc:Line'),
    country: word(element, 'cac:Country/cbc:IdentificationCode'),
  };
}

/** The person to ask. */
function contactOf(element: XmlElement | undefined): part.Contact | null {
  if (element === undefined) return null;
  return {
    name: word(element, 'cbc:Name'),
    phone: word(element, 'cbc:Telephone'),
    email: word(element, 'cbc:ElectronicMail'),
  };
}

/** The legal identifier is often one of the others again: each is kept once. */
function distinct(ids: readonly (part.Identifier | null)[]): part.Identifier[] {
  const found: part.Identifier[] = [];
  for (const id of ids) {
    const isKnown = found.some((each) => each.scheme === id?.scheme && each.value === id.value);
    if (id !== null && !isKnown) found.push(id);
  }
  return found;
}

/** A `cac:Party`, or a role that wraps one. */
export function partyOf(element: XmlElement | undefined): part.TradeParty | null {
  const party = first(element, 'cac:Party') ?? element;
  if (party === undefined) return null;
  const legal = first(party, 'cac:PartyLegalEntity');
  const ids = all(party, 'cac:PartyIdentification/cbc:ID').map(identifierOf);
  const company = identifierOf(first(legal, 'cbc:CompanyID'));
  const legalName = word(legal, 'cbc:RegistrationName');
  return {
    ids: distinct([...ids, company]),
    endpoint: identifierOf(first(party, 'cbc:EndpointID')),
    name: word(party, 'cac:PartyName/cbc:Name') ?? legalName,
    legal_name: legalName,
    tax_id: word(party, 'cac:PartyTaxScheme/cbc:CompanyID'),
    address: addressOf(first(party, 'cac:PostalAddress')),
    contact: contactOf(first(party, 'cac:Contact')),
  };
}

/** A lot or a piece of an item (`cac:ItemInstance`). */
function lotOf(instance: XmlElement): part.Lot {
  return {
    lot: word(instance, 'cac:LotIdentification/cbc:LotNumberID'),
    serial: word(instance, 'cbc:SerialID'),
    produced_on: day(instance, 'cbc:ManufactureDate'),
    best_before: day(instance, 'cbc:BestBeforeDate'),
    expires_on: day(instance, 'cac:LotIdentification/cbc:ExpiryDate'),
  };
}

/** Category and rate; null where no category is stated. */
function taxOf(element: XmlElement | undefined): part.Tax | null {
  const category = text(element, 'cbc:ID');
  return category === undefined ? null : { category, percent: plain(element, 'cbc:Percent') };
}

/** An item under every name and number it has. */
export function itemOf(item: XmlElement | undefined): part.TradeItem {
  return {
    name: word(item, 'cbc:Name'),
    description: word(item, 'cbc:Description'),
    seller_id: word(item, 'cac:SellersItemIdentification/cbc:ID'),
    buyer_id: word(item, 'cac:BuyersItemIdentification/cbc:ID'),
    standard_id: identifierOf(first(item, 'cac:StandardItemIdentification/cbc:ID')),
    tax: taxOf(first(item, 'cac:ClassifiedTaxCategory')),
    lots: all(item, 'cac:ItemInstance').map(lotOf),
  };
}

/** Allowances and charges that stand directly below an element. */
export function adjustmentsOf(parent: XmlElement): part.Adjustment[] {
  return all(parent, 'cac:AllowanceCharge').map((each) => ({
    charge: ['true', '1'].includes(text(each, 'cbc:ChargeIndicator') ?? ''),
    reason: word(each, 'cbc:AllowanceChargeReason'),
    reason_code: word(each, 'cbc:AllowanceChargeReasonCode'),
    amount: plain(each, 'cbc:Amount') ?? '0',
    base: plain(each, 'cbc:BaseAmount'),
    percent: plain(each, 'cbc:MultiplierFactorNumeric'),
    tax: taxOf(first(each, 'cac:TaxCategory')),
  }));
}

/** The totals of a document, each null when it is not stated. */
export function totalsOf(element: XmlElement | undefined): part.Totals | null {
  if (element === undefined) return null;
  return {
    lines: plain(element, 'cbc:LineExtensionAmount'),
    allowances: plain(element, 'cbc:AllowanceTotalAmount'),
    charges: plain(element, 'cbc:ChargeTotalAmount'),
    without_tax: plain(element, 'cbc:TaxExclusiveAmount'),
    with_tax: plain(element, 'cbc:TaxInclusiveAmount'),
    prepaid: plain(element, 'cbc:PrepaidAmount'),
    rounding: plain(element, 'cbc:PayableRoundingAmount'),
    payable: plain(element, 'cbc:PayableAmount'),
  };
}

/** The days of a period; times within them stay in the tree. */
export function periodOf(element: XmlElement | undefined): part.Period | null {
  if (element === undefined) return null;
  return { from: day(element, 'cbc:StartDate'), until: day(element, 'cbc:EndDate') };
}

/** Where and when: UBL 2.0 has the address on the delivery, later ones on its location. */
export function deliveryOf(element: XmlElement | undefined): part.Delivery | null {
  if (element === undefined) return null;
  const location = first(element, 'cac:DeliveryLocation');
  return {
    place: identifierOf(first(location, 'cbc:ID')),
    address: addressOf(first(location, 'cac:Address') ?? first(element, 'cac:DeliveryAddress')),
    party_name: word(element, 'cac:DeliveryParty/cac:PartyName/cbc:Name'),
    requested: periodOf(first(element, 'cac:RequestedDeliveryPeriod')),
    delivered_on: day(element, 'cbc:ActualDeliveryDate'),
  };
}

/** What every document says first. */
export function headOf(root: XmlElement, buyer: string, seller: string) {
  return {
    number: text(root, 'cbc:ID') ?? '',
    issue_date: day(root, 'cbc:IssueDate') ?? '',
    issue_time: word(root, 'cbc:IssueTime'),
    note: notes(root),
    buyer: partyOf(first(root, buyer)),
    seller: partyOf(first(root, seller)),
  };
}

/** Quantity, unit and price of a line; `path` is where its quantity stands. */
export function pricedOf(line: XmlElement, path: string) {
  return {
    quantity: plain(line, path),
    unit: unitOf(first(line, path)),
    price: plain(line, 'cac:Price/cbc:PriceAmount'),
    base_quantity: plain(line, 'cac:Price/cbc:BaseQuantity'),
  };
}
