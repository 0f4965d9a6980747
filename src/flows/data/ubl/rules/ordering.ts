import { isInList } from '../codes.ts';
import { all, first, text, type XmlElement } from '../tree.ts';
import { amountsOf, everywhere, totalsOf } from './amounts.ts';
import * as is from './rule.ts';
import { adjustments, fatal, number, type Rulebook, sum, unless, warning } from './rule.ts';

/** Order (T01), OrderChange (T114) and OrderCancellation (T115) of Peppol BIS Ordering 3. */
const TOTAL = 'cac:AnticipatedMonetaryTotal';
const TRANSACTION = 'urn:fdc:peppol.eu:poacc:trns:';
const PROFILE = 'urn:fdc:peppol.eu:poacc:bis:';

/** The lines of an order, or of an order change. */
function lines(root: XmlElement): XmlElement[] {
  return all(root, 'cac:OrderLine/cac:LineItem');
}

/** The unit prices of all lines. */
function prices(root: XmlElement): XmlElement[] {
  return lines(root).flatMap((line) => all(line, 'cac:Price'));
}

/** Allowances and charges of the document and its lines, not those of a unit price. */
function allAdjustments(root: XmlElement): XmlElement[] {
  return [root, ...lines(root)].flatMap((parent) => all(parent, 'cac:AllowanceCharge'));
}

/** Tax categories of adjustments and of items. */
function taxCategories(root: XmlElement): XmlElement[] {
  return everywhere(root, 'cac:TaxCategory', 'cac:ClassifiedTaxCategory');
}

/** The two sides of an equation of totals agree, or one of them was not stated. */
function totalIs(
  root: XmlElement,
  name: string,
  expected: (total: XmlElement) => ReturnType<typeof number>,
): XmlElement[] {
  const total = first(root, TOTAL);
  if (total === undefined) return [];
  const stated = number(total, name);
  const right = expected(total);
  return unless(
    stated === undefined || right === undefined || stated.eq(right),
    first(total, name),
  );
}

/** A total of allowances or charges, which may be left out only when there are none. */
function adjustmentTotal(root: XmlElement, name: string, charge: boolean): XmlElement[] {
  const expected = sum(adjustments(root, charge), 'cbc:Amount');
  const total = first(root, TOTAL);
  if (total === undefined || (first(total, name) === undefined && expected.isZero())) return [];
  return unless(number(total, name)?.eq(expected) === true, first(total, name) ?? total);
}

/** A document names the transaction and the process that it follows. */
function identification(profiles: readonly string[], transaction: string): Rulebook {
  return {
    R031: fatal(
      '流程标识(ProfileID)与此单据不符。',
      'The profile does not fit this document.',
      (root) =>
        unless(
          profiles.some((profile) => text(root, 'cbc:ProfileID') === `${PROFILE}${profile}:3`),
          first(root, 'cbc:ProfileID') ?? root,
        ),
    ),
    R034: fatal(
      `规范标识(CustomizationID)应以 ${TRANSACTION}${transaction}:3 开头。`,
      `The CustomizationID should start with ${TRANSACTION}${transaction}:3.`,
      (root) =>
        unless(
          text(root, 'cbc:CustomizationID')?.startsWith(`${TRANSACTION}${transaction}:3`) === true,
          first(root, 'cbc:CustomizationID') ?? root,
        ),
    ),
  };
}

/** Currency, decimals, validity, originator and tax numbers. */
const PARTIES_AND_TERMS: Rulebook = {
  R003: fatal('一张订单只能用一种货币。', 'An order uses one currency.', (root) => {
    const currency = text(root, 'cbc:DocumentCurrencyCode');
    return amountsOf(root).filter((amount) => !is.isIn(currency)(amount));
  }),
  R028: fatal(
    '除单价外，金额最多两位小数。',
    'Amounts other than prices have two decimals at most.',
    (root) => totalsOf(root).filter(is.hasTooManyDecimals),
  ),
  R002: warning('建议写明订单有效期的截止日。', 'Say until when the order is valid.', (root) =>
    unless(first(root, 'cac:ValidityPeriod/cbc:EndDate') !== undefined, root),
  ),
  R014: fatal('需求方应有名称或标识。', 'The originator needs a name or an identifier.', (root) =>
    all(root, 'cac:OriginatorCustomerParty').filter(
      (party) =>
        text(party, 'cac:Party/cac:PartyName/cbc:Name') === undefined &&
        text(party, 'cac:Party/cac:PartyIdentification/cbc:ID') === undefined,
    ),
  ),
  R026: fatal(
    '增值税号应以签发国的 ISO 3166-1 代码开头（希腊可用 EL）。',
    'A VAT number starts with the ISO 3166-1 code of its country (EL for Greece).',
    (root) =>
      everywhere(root, 'cac:PartyTaxScheme').filter((scheme) => {
        const id = text(scheme, 'cbc:CompanyID');
        if (text(scheme, 'cac:TaxScheme/cbc:ID') !== 'VAT' || id === undefined) return false;
        const country = id.slice(0, 2).toUpperCase();
        return country !== 'EL' && !isInList('ISO3166', country);
      }),
  ),
};

/** What the totals of an order are made of. */
const TOTALS: Rulebook = {
  R006: fatal('应付总额不能为负。', 'The amount to pay may not be negative.', (root) =>
    all(root, `${TOTAL}/cbc:PayableAmount`).filter((amount) => is.isNegative(amount)),
  ),
  R007: fatal('行金额合计不能为负。', 'The sum of lines may not be negative.', (root) =>
    all(root, `${TOTAL}/cbc:LineExtensionAmount`).filter((amount) => is.isNegative(amount)),
  ),
  R008: fatal('行金额合计应等于各行金额之和。', 'The sum of lines is not their sum.', (root) =>
    totalIs(root, 'cbc:LineExtensionAmount', () => {
      const known = lines(root).every((line) => number(line, 'cbc:LineExtensionAmount'));
      return known ? sum(lines(root), 'cbc:LineExtensionAmount') : undefined;
    }),
  ),
  R009: fatal(
    '折让合计应等于单据级折让之和。',
    'The total of allowances is not their sum.',
    (root) => adjustmentTotal(root, 'cbc:AllowanceTotalAmount', false),
  ),
  R010: fatal(
    '附加费合计应等于单据级附加费之和。',
    'The total of charges is not their sum.',
    (root) => adjustmentTotal(root, 'cbc:ChargeTotalAmount', true),
  ),
  R011: fatal(
    '不含税总额应为：行金额合计 − 折让合计 + 附加费合计。',
    'The total without tax is the sum of lines − allowances + charges.',
    (root) =>
      totalIs(root, 'cbc:TaxExclusiveAmount', (total) =>
        number(total, 'cbc:LineExtensionAmount')
          ?.minus(number(total, 'cbc:AllowanceTotalAmount') ?? 0)
          .plus(number(total, 'cbc:ChargeTotalAmount') ?? 0),
      ),
  ),
  R016: fatal(
    '应付金额应为：含税总额 − 已付金额 + 舍入。',
    'The amount to pay is the total with tax − prepaid + rounding.',
    (root) =>
      totalIs(root, 'cbc:PayableAmount', (total) =>
        number(total, 'cbc:TaxInclusiveAmount')
          ?.minus(number(total, 'cbc:PrepaidAmount') ?? 0)
          .plus(number(total, 'cbc:PayableRoundingAmount') ?? 0),
      ),
  ),
  R017: fatal(
    '含税总额应为：不含税总额 + 税额。',
    'The total with tax is the total + tax.',
    (root) =>
      totalIs(root, 'cbc:TaxInclusiveAmount', (total) => {
        const tax = number(root, 'cac:TaxTotal/cbc:TaxAmount');
        return tax && number(total, 'cbc:TaxExclusiveAmount')?.plus(tax);
      }),
  ),
};

/** Allowances, charges and taxes, of the document and of its lines. */
const ADJUSTMENTS: Rulebook = {
  R020: fatal('给了百分比就要给基数。', 'A percentage needs its base amount.', (root) =>
    allAdjustments(root).filter(
      (each) =>
        first(each, 'cbc:MultiplierFactorNumeric') !== undefined &&
        first(each, 'cbc:BaseAmount') === undefined,
    ),
  ),
  R021: fatal('给了基数就要给百分比。', 'A base amount needs its percentage.', (root) =>
    allAdjustments(root).filter(
      (each) =>
        first(each, 'cbc:BaseAmount') !== undefined &&
        first(each, 'cbc:MultiplierFactorNumeric') === undefined,
    ),
  ),
  R022: fatal('折让或附加费应为：基数 × 百分比 ÷ 100。', 'It is base × percentage ÷ 100.', (root) =>
    allAdjustments(root).filter((each) => !is.isPercentageRight(each)),
  ),
  R023: fatal(
    '折让或附加费应有原因或原因代码。',
    'An allowance or charge needs a reason.',
    (root) =>
      allAdjustments(root).filter(
        (each) =>
          text(each, 'cbc:AllowanceChargeReason') === undefined &&
          text(each, 'cbc:AllowanceChargeReasonCode') === undefined,
      ),
  ),
  R032: fatal('折让或附加费不能为负。', 'An allowance or charge may not be negative.', (root) =>
    all(root, 'cac:AllowanceCharge').filter((each) => is.isNegative(each, 'cbc:Amount')),
  ),
  R033: fatal('行的折让或附加费不能为负。', 'One of a line may not be negative either.', (root) =>
    lines(root)
      .flatMap((line) => all(line, 'cac:AllowanceCharge'))
      .filter((each) => is.isNegative(each, 'cbc:Amount')),
  ),
  CL001: fatal('折让原因代码不在 UNCL 5189 子集中。', 'The reason is not in UNCL 5189.', (root) =>
    reasonsOutside(root, false, 'UNCL5189'),
  ),
  CL002: fatal('附加费原因代码不在 UNCL 7161 中。', 'The reason is not in UNCL 7161.', (root) =>
    reasonsOutside(root, true, 'UNCL7161'),
  ),
  R029: fatal('除不征税外，税种应有税率。', 'A tax category needs its rate, except O.', (root) =>
    taxCategories(root).filter(
      (tax) => text(tax, 'cbc:ID') !== 'O' && text(tax, 'cbc:Percent') === undefined,
    ),
  ),
  R030: fatal('标准税率(S)应大于零。', 'The standard rate (S) is more than zero.', (root) =>
    taxCategories(root).filter(
      (tax) => text(tax, 'cbc:ID') === 'S' && number(tax, 'cbc:Percent')?.lte(0) === true,
    ),
  ),
};

/** Reasons of allowances and of charges come from two lists. */
function reasonsOutside(root: XmlElement, charge: boolean, list: string): XmlElement[] {
  return [root, ...lines(root)]
    .flatMap((parent) => adjustments(parent, charge))
    .flatMap((each) => all(each, 'cbc:AllowanceChargeReasonCode'))
    .filter((code) => !isInList(list, text(code) ?? ''));
}

/** Lines, quantities and prices. */
const LINES: Rulebook = {
  R001: fatal('订单行号在一张订单内应唯一。', 'A line identifier is unique in its order.', (root) =>
    is.repeats(lines(root), 'cbc:ID'),
  ),
  R004: fatal('订购数量不能为负。', 'A quantity may not be negative.', (root) =>
    lines(root).filter((line) => is.isNegative(line, 'cbc:Quantity')),
  ),
  R013: warning('订单行应有订购数量。', 'A line should have a quantity.', (root) =>
    lines(root).filter((line) => text(line, 'cbc:Quantity') === undefined),
  ),
  R024: fatal(
    '行金额应为：数量 × 单价 ÷ 计价数量 + 附加费 − 折让。',
    'A line is quantity × price ÷ base quantity + charges − allowances.',
    (root) => lines(root).filter((line) => !is.isLineRight(line, 'cbc:Quantity')),
  ),
  R025: fatal('计价数量应大于零。', 'A base quantity is more than zero.', (root) =>
    prices(root).filter((price) => number(price, 'cbc:BaseQuantity')?.lte(0) === true),
  ),
  R019: fatal('净单价应为：毛单价 − 折让。', 'A net price is the gross price − discount.', (root) =>
    prices(root).filter((price) => !is.isNetPriceRight(price)),
  ),
  R005: fatal('净单价不能为负。', 'A net price may not be negative.', (root) =>
    prices(root).filter((price) => is.isNegative(price, 'cbc:PriceAmount')),
  ),
  R027: fatal('毛单价不能为负。', 'A gross price may not be negative.', (root) =>
    prices(root)
      .flatMap((price) => all(price, 'cac:AllowanceCharge'))
      .filter((discount) => is.isNegative(discount, 'cbc:BaseAmount')),
  ),
};

/** Puts the rules of a transaction under their published ids: T01 and T114 share most of them. */
function prefixed(transaction: string, ...books: Rulebook[]): Rulebook {
  return Object.fromEntries(
    books
      .flatMap((book) => Object.entries(book))
      .map(([id, rule]) => [`PEPPOL-${transaction}-${id}`, rule]),
  );
}

const SHARED = [PARTIES_AND_TERMS, TOTALS, ADJUSTMENTS, LINES];
export const ORDER_RULES = prefixed(
  'T01',
  identification(['order_only', 'ordering', 'advanced_ordering'], 'order'),
  ...SHARED,
);
export const ORDER_CHANGE_RULES = prefixed(
  'T114',
  identification(['advanced_ordering'], 'order_change'),
  ...SHARED,
);
export const ORDER_CANCELLATION_RULES = prefixed(
  'T115',
  identification(['advanced_ordering'], 'order_cancellation'),
);
