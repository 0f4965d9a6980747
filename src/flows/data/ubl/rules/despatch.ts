import { all, first, text, type XmlElement } from '../tree.ts';
import { fatal, isNegative, type Rule, type Rulebook, unless, warning } from './rule.ts';

/** DespatchAdvice (T16) of Peppol BIS Despatch Advice 3. */
const TRANSACTION = 'urn:fdc:peppol.eu:poacc:trns:despatch_advice:3';

function lines(root: XmlElement): XmlElement[] {
  return all(root, 'cac:DespatchLine');
}

/** A party in a role needs a name or an identifier. */
function named(role: string, zh: string, en: string): Rule {
  return fatal(`${zh}应有名称或标识。`, `The ${en} needs a name or an identifier.`, (root) =>
    all(root, role).filter(
      (party) =>
        text(party, 'cac:Party/cac:PartyName/cbc:Name') === undefined &&
        text(party, 'cac:Party/cac:PartyIdentification/cbc:ID') === undefined,
    ),
  );
}

export const DESPATCH_RULES: Rulebook = {
  'PEPPOL-T16-R011': fatal(
    `规范标识(CustomizationID)应以 ${TRANSACTION} 开头。`,
    `The CustomizationID should start with ${TRANSACTION}.`,
    (root) =>
      unless(
        text(root, 'cbc:CustomizationID')?.startsWith(TRANSACTION) === true,
        first(root, 'cbc:CustomizationID') ?? root,
      ),
  ),
  'PEPPOL-T16-R008': named('cac:BuyerCustomerParty', '买方', 'buyer'),
  'PEPPOL-T16-R009': named('cac:SellerSupplierParty', '卖方', 'seller'),
  'PEPPOL-T16-R010': named('cac:OriginatorCustomerParty', '需求方', 'originator'),
  'PEPPOL-T16-R003': fatal(
    '每行货品应有卖方货号或标准货号。',
    'An item needs the identifier of its seller or a standard one.',
    (root) =>
      lines(root).filter(
        (line) =>
          text(line, 'cac:Item/cac:SellersItemIdentification/cbc:ID') === undefined &&
          text(line, 'cac:Item/cac:StandardItemIdentification/cbc:ID') === undefined,
      ),
  ),
  'PEPPOL-T16-R004': fatal('每行货品应有名称。', 'An item needs a name.', (root) =>
    lines(root).filter((line) => text(line, 'cac:Item/cbc:Name') === undefined),
  ),
  'PEPPOL-T16-R005': warning('每行应有发货数量。', 'A line should have a quantity.', (root) =>
    lines(root).filter((line) => text(line, 'cbc:DeliveredQuantity') === undefined),
  ),
  'PEPPOL-T16-R006': fatal('发货数量不能为负。', 'A quantity may not be negative.', (root) =>
    lines(root).filter((line) => isNegative(line, 'cbc:DeliveredQuantity')),
  ),
  'PEPPOL-T16-R007': warning('有未发数量时应说明原因。', 'Say why goods are outstanding.', (root) =>
    lines(root).filter(
      (line) =>
        text(line, 'cbc:OutstandingQuantity') !== undefined &&
        text(line, 'cbc:OutstandingReason') === undefined,
    ),
  ),
};
