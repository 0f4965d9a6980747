import type * as part from '../../trade/parts.ts';
import type { XmlElement } from '../tree.ts';
import { aggregate, basic } from './element.ts';

type Built = XmlElement | undefined;

/** An attribute that names an ISO 6523 scheme; our own schemes have no place in UBL. */
function scheme(id: part.Identifier): { schemeID?: string } {
  return id.scheme !== null && /^(\d{4}|EM)$/.test(id.scheme) ? { schemeID: id.scheme } : {};
}

/** An identifier with its scheme, where ISO 6523 has one. */
export function identifier(name: string, id: part.Identifier | null): Built {
  return id === null ? undefined : basic(name, id.value, scheme(id));
}

/**
 * Where documents for a party go. Peppol wants one of everybody: a GLN serves, and so does the
 * organisation code inside a 统一社会信用代码 (places 9 to 17), which is ISO 6523 scheme 0131.
 */
function endpointOf(party: part.TradeParty): part.Identifier | null {
  const gln = party.ids.find((id) => id.scheme === '0088');
  const uscc = party.ids.find((id) => /^[0-9A-Z]{18}$/.test(id.value));
  const code = uscc && { scheme: '0131', value: uscc.value.slice(8, 17) };
  return party.endpoint ?? gln ?? code ?? null;
}

function countryOf(code: string | null): Built {
  return aggregate('Country', basic('IdentificationCode', code));
}

/** The children of an address, without a wrapper: each place wraps them under its own name. */
export function addressParts(address: part.Address | null): Built[] {
  if (address === null) return [];
  return [
    basic('StreetName', address.street),
    basic('AdditionalStreetName', address.additional_street),
    basic('CityName', address.city),
    basic('PostalZone', address.postal_zone),
    basic('CountrySubentity', address.subdivision),
    aggregate('AddressLine', basic('Line', address.line)),
    countryOf(address.country),
  ];
}

/** The parts of a `cac:Party`, all of them: the structure of the transaction narrows them. */
export function partyParts(party: part.TradeParty): Built[] {
  // The identifier that others look the party up by goes first: some structures take only one.
  const ids = party.ids.toSorted(
    (a, b) => Number(b.scheme === '0088') - Number(a.scheme === '0088'),
  );
  const legalName = party.legal_name ?? party.name;
  const company = party.ids.find((id) => id.scheme !== '0088') ?? null;
  return [
    identifier('EndpointID', endpointOf(party)),
    ...ids.map((id) => aggregate('PartyIdentification', identifier('ID', id))),
    aggregate('PartyName', basic('Name', party.name)),
    aggregate('PostalAddress', addressParts(party.address)),
    party.tax_id === null
      ? undefined
      : aggregate('PartyTaxScheme', basic('CompanyID', party.tax_id), vat()),
    aggregate(
      'PartyLegalEntity',
      basic('RegistrationName', legalName),
      legalName === null ? undefined : identifier('CompanyID', company),
    ),
    aggregate(
      'Contact',
      basic('Name', party.contact?.name),
      basic('Telephone', party.contact?.phone),
      basic('ElectronicMail', party.contact?.email),
    ),
  ];
}

/** A party in a role: `BuyerCustomerParty` and the like, which all wrap a `cac:Party`. */
export function partyAs(role: string, party: part.TradeParty | null): Built {
  return party === null ? undefined : aggregate(role, aggregate('Party', partyParts(party)));
}

/** The only tax scheme that these documents know; China's 增值税 is a VAT to everybody else. */
function vat(): Built {
  return aggregate('TaxScheme', basic('ID', 'VAT'));
}

export function taxCategory(name: string, tax: part.Tax | null): Built {
  if (tax === null) return undefined;
  return aggregate(name, basic('ID', tax.category), basic('Percent', tax.percent), vat());
}

function lotParts(lot: part.Lot): Built {
  return aggregate(
    'ItemInstance',
    basic('ManufactureDate', lot.produced_on),
    basic('BestBeforeDate', lot.best_before),
    basic('SerialID', lot.serial),
    aggregate(
      'LotIdentification',
      basic('LotNumberID', lot.lot),
      basic('ExpiryDate', lot.expires_on),
    ),
  );
}

/** An item with every identifier it has; a standard one without a scheme is taken for a GTIN. */
export function item(of: part.TradeItem): Built {
  const standard = of.standard_id && { ...of.standard_id, scheme: of.standard_id.scheme ?? '0160' };
  return aggregate(
    'Item',
    basic('Description', of.description),
    basic('Name', of.name),
    aggregate('BuyersItemIdentification', basic('ID', of.buyer_id)),
    aggregate('SellersItemIdentification', basic('ID', of.seller_id)),
    aggregate('StandardItemIdentification', identifier('ID', standard)),
    taxCategory('ClassifiedTaxCategory', of.tax),
    of.lots.map(lotParts),
  );
}

/** An amount always says its currency. */
export function amount(name: string, value: string | null, currency: string | null): Built {
  return basic(name, value, { currencyID: currency });
}

/** A quantity says its unit where it has one. */
export function quantity(name: string, value: string | null, unit: string | null): Built {
  return basic(name, value, { unitCode: unit });
}

/** Net price, per base quantity where that is not one. */
export function price(
  of: { price: string | null; base_quantity: string | null; unit: string | null },
  currency: string | null,
): Built {
  if (of.price === null || currency === null) return undefined;
  return aggregate(
    'Price',
    amount('PriceAmount', of.price, currency),
    quantity('BaseQuantity', of.base_quantity, of.unit),
  );
}

export function adjustments(of: readonly part.Adjustment[], currency: string): Built[] {
  return of.map((each) =>
    aggregate(
      'AllowanceCharge',
      basic('ChargeIndicator', String(each.charge)),
      basic('AllowanceChargeReasonCode', each.reason_code),
      basic('AllowanceChargeReason', each.reason),
      basic('MultiplierFactorNumeric', each.percent),
      amount('Amount', each.amount, currency),
      amount('BaseAmount', each.base, currency),
      taxCategory('TaxCategory', each.tax),
    ),
  );
}

/** The totals of a document; `name` is Anticipated… for an order, Legal… for an invoice. */
export function totals(name: string, of: part.Totals | null, currency: string): Built {
  if (of === null) return undefined;
  return aggregate(
    name,
    amount('LineExtensionAmount', of.lines, currency),
    amount('TaxExclusiveAmount', of.without_tax, currency),
    amount('TaxInclusiveAmount', of.with_tax, currency),
    amount('AllowanceTotalAmount', of.allowances, currency),
    amount('ChargeTotalAmount', of.charges, currency),
    amount('PrepaidAmount', of.prepaid, currency),
    amount('PayableRoundingAmount', of.rounding, currency),
    amount('PayableAmount', of.payable, currency),
  );
}

/** A period of days; absent when neither end is known. */
export function period(name: string, of: part.Period | null): Built {
  return aggregate(name, basic('StartDate', of?.from), basic('EndDate', of?.until));
}

/** Where and when goods should come or came. */
export function delivery(of: part.Delivery | null): Built {
  if (of === null) return undefined;
  return aggregate(
    'Delivery',
    basic('ActualDeliveryDate', of.delivered_on),
    aggregate(
      'DeliveryLocation',
      identifier('ID', of.place),
      aggregate('Address', addressParts(of.address)),
    ),
    period('RequestedDeliveryPeriod', of.requested),
    aggregate('DeliveryParty', aggregate('PartyName', basic('Name', of.party_name))),
  );
}

/** `cac:OrderReference`, `cac:DespatchDocumentReference` …: another document by its number. */
export function reference(name: string, number: string | null): Built {
  return aggregate(name, basic('ID', number));
}
