import { all, first, text, type XmlElement } from '../tree.ts';
import { amountsOf, everywhere } from './amounts.ts';
import { fatal, isIn, type Rulebook, repeats, unless } from './rule.ts';

/** OrderResponse (T76) of Peppol BIS Ordering 3. */
const TRANSACTION = 'urn:fdc:peppol.eu:poacc:trns:order_response:3';

/** A registered name or an identifier, without which nobody knows who answers. */
function isNamed(root: XmlElement, role: string): boolean {
  const party = first(root, `${role}/cac:Party`);
  return (
    text(party, 'cac:PartyLegalEntity/cbc:RegistrationName') !== undefined ||
    text(party, 'cac:PartyIdentification/cbc:ID') !== undefined
  );
}

/** A response of this code breaks its rule when it has lines, or has none. */
function linesWith(code: string, wanted: boolean): (root: XmlElement) => XmlElement[] {
  return (root) => {
    if (text(root, 'cbc:OrderResponseCode') !== code) return [];
    const line = first(root, 'cac:OrderLine');
    return unless((line !== undefined) === wanted, line ?? root);
  };
}

export const ORDER_RESPONSE_RULES: Rulebook = {
  'PEPPOL-T76-R006': fatal(
    `规范标识(CustomizationID)应以 ${TRANSACTION} 开头。`,
    `The CustomizationID should start with ${TRANSACTION}.`,
    (root) =>
      unless(
        text(root, 'cbc:CustomizationID')?.startsWith(TRANSACTION) === true,
        first(root, 'cbc:CustomizationID') ?? root,
      ),
  ),
  'PEPPOL-T76-R005': fatal('一份回复只能用一种货币。', 'A response uses one currency.', (root) => {
    const currency = text(root, 'cbc:DocumentCurrencyCode');
    if (currency === undefined) return [];
    return amountsOf(root).filter((amount) => !isIn(currency)(amount));
  }),
  'PEPPOL-T76-R001': fatal('买方应有登记名称或标识。', 'The buyer needs a name or an id.', (root) =>
    unless(isNamed(root, 'cac:BuyerCustomerParty'), first(root, 'cac:BuyerCustomerParty')),
  ),
  'PEPPOL-T76-R002': fatal(
    '卖方应有登记名称或标识。',
    'The seller needs a name or an id.',
    (root) =>
      unless(isNamed(root, 'cac:SellerSupplierParty'), first(root, 'cac:SellerSupplierParty')),
  ),
  'PEPPOL-T76-R004': fatal(
    '交货期的结束日早于开始日。',
    'A period ends before it starts.',
    (root) =>
      everywhere(root, 'cac:PromisedDeliveryPeriod').filter((period) => {
        const start = text(period, 'cbc:StartDate');
        const end = text(period, 'cbc:EndDate');
        return start !== undefined && end !== undefined && end < start;
      }),
  ),
  'PEPPOL-T76-R003': fatal('行号在一份回复内应唯一。', 'A line identifier is unique.', (root) =>
    repeats(all(root, 'cac:OrderLine/cac:LineItem'), 'cbc:ID'),
  ),
  'PEPPOL-T76-R007': fatal(
    '有条件接受(CA)的回复应带订单行。',
    'A conditional acceptance (CA) needs order lines.',
    linesWith('CA', true),
  ),
  'PEPPOL-T76-R008': fatal(
    '接受(AP)的回复不应带订单行。',
    'An acceptance (AP) has no order lines.',
    linesWith('AP', false),
  ),
  'PEPPOL-T76-R009': fatal(
    '拒绝(RE)的回复不应带订单行。',
    'A rejection (RE) has no order lines.',
    linesWith('RE', false),
  ),
  'PEPPOL-T76-R010': fatal(
    '收悉(AB)的回复不能带订单行。',
    'An acknowledgement (AB) has no order lines.',
    linesWith('AB', false),
  ),
};
