import { Decimal } from '../../../../kernel/index.ts';
import { isInList } from '../codes.ts';
import { all, attribute, first, text, type XmlElement } from '../tree.ts';
import { everywhere, totalsOf } from './amounts.ts';
import * as is from './rule.ts';
import { adjustments, fatal, number, type Rule, type Rulebook, sum, unless } from './rule.ts';

/**
 * The arithmetic of EN 16931-1 §6.4 and of Peppol BIS Billing 3 for Invoice and CreditNote, under
 * the ids of their published rules. Exemption texts and national rules are not judged here.
 */
const TOTAL = 'cac:LegalMonetaryTotal';

/** The lines of an invoice or of a credit note. */
function lines(root: XmlElement): XmlElement[] {
  return [...all(root, 'cac:InvoiceLine'), ...all(root, 'cac:CreditNoteLine')];
}

function quantityOf(line: XmlElement): string {
  return line.name === 'cac:InvoiceLine' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity';
}

function currencyOf(root: XmlElement): string | undefined {
  return text(root, 'cbc:DocumentCurrencyCode');
}

/** The tax total in the currency of the document; a second one may state the tax currency. */
function taxAmount(root: XmlElement): Decimal | undefined {
  const stated = all(root, 'cac:TaxTotal/cbc:TaxAmount').find(is.isIn(currencyOf(root)));
  return number(stated);
}

/** `expected` undefined means that the equation cannot be judged. */
function totalIs(
  root: XmlElement,
  name: string,
  expected: (total: XmlElement) => Decimal | undefined,
): XmlElement[] {
  const total = first(root, TOTAL);
  if (total === undefined) return [];
  const right = expected(total);
  const stated = number(total, name) ?? new Decimal(0);
  return unless(right === undefined || stated.eq(right), first(total, name) ?? total);
}

/** BG-22: the totals of the document. */
const TOTALS: Rulebook = {
  'BR-CO-10': fatal(
    '行净额合计应等于各行净额之和。',
    'The sum of lines is not their sum.',
    (root) =>
      totalIs(root, 'cbc:LineExtensionAmount', () => sum(lines(root), 'cbc:LineExtensionAmount')),
  ),
  'BR-CO-11': fatal('折让合计应等于单据级折让之和。', 'Allowances do not add up.', (root) =>
    totalIs(root, 'cbc:AllowanceTotalAmount', () => sum(adjustments(root, false), 'cbc:Amount')),
  ),
  'BR-CO-12': fatal('附加费合计应等于单据级附加费之和。', 'Charges do not add up.', (root) =>
    totalIs(root, 'cbc:ChargeTotalAmount', () => sum(adjustments(root, true), 'cbc:Amount')),
  ),
  'BR-CO-13': fatal(
    '不含税总额应为：行净额合计 − 折让合计 + 附加费合计。',
    'The total without tax is the sum of lines − allowances + charges.',
    (root) =>
      totalIs(root, 'cbc:TaxExclusiveAmount', (total) =>
        number(total, 'cbc:LineExtensionAmount')
          ?.minus(number(total, 'cbc:AllowanceTotalAmount') ?? 0)
          .plus(number(total, 'cbc:ChargeTotalAmount') ?? 0),
      ),
  ),
  'BR-CO-15': fatal(
    '含税总额应为：不含税总额 + 税额。',
    'The total with tax is total + tax.',
    (root) =>
      totalIs(root, 'cbc:TaxInclusiveAmount', (total) => {
        const tax = taxAmount(root);
        return tax && number(total, 'cbc:TaxExclusiveAmount')?.plus(tax);
      }),
  ),
  'BR-CO-16': fatal(
    '应付金额应为：含税总额 − 已付金额 + 舍入。',
    'The amount due is the total with tax − prepaid + rounding.',
    (root) =>
      totalIs(root, 'cbc:PayableAmount', (total) =>
        number(total, 'cbc:TaxInclusiveAmount')
          ?.minus(number(total, 'cbc:PrepaidAmount') ?? 0)
          .plus(number(total, 'cbc:PayableRoundingAmount') ?? 0),
      ),
  ),
};

/** Lines, allowances and charges that fall under a tax category (and a rate, for S). */
function taxable(root: XmlElement, category: XmlElement, byRate: boolean): Decimal {
  const code = text(category, 'cbc:ID');
  const rate = number(category, 'cbc:Percent');
  const falls = (path: string) => (element: XmlElement) => {
    const own = first(element, path);
    if (text(own, 'cbc:ID') !== code) return false;
    return !byRate || number(own, 'cbc:Percent')?.eq(rate ?? Number.NaN) === true;
  };
  const tax = falls('cac:TaxCategory');
  return sum(
    lines(root).filter(falls('cac:Item/cac:ClassifiedTaxCategory')),
    'cbc:LineExtensionAmount',
  )
    .plus(sum(adjustments(root, true).filter(tax), 'cbc:Amount'))
    .minus(sum(adjustments(root, false).filter(tax), 'cbc:Amount'));
}

/** BR-S-08 and its sisters: the taxable amount of a category is what falls under it. */
function taxableRule(code: string): Rule {
  return fatal(
    `税种 ${code} 的计税金额应等于该税种各行与折让、附加费之和。`,
    `The taxable amount of ${code} is not the sum of what falls under it.`,
    (root) =>
      all(root, 'cac:TaxTotal/cac:TaxSubtotal').filter((subtotal) => {
        const category = first(subtotal, 'cac:TaxCategory');
        const stated = number(subtotal, 'cbc:TaxableAmount');
        if (category === undefined || text(category, 'cbc:ID') !== code || !stated) return false;
        if (!is.isIn(currencyOf(root))(first(subtotal, 'cbc:TaxableAmount') ?? subtotal))
          return false;
        // EN 16931 allows for the rounding of the lines: less than one unit.
        return taxable(root, category, code === 'S')
          .minus(stated)
          .abs()
          .gte(1);
      }),
  );
}

/** BG-23: the tax by category and rate, and what it is computed from. */
const TAXES: Rulebook = {
  'BR-CO-14': fatal('税额合计应等于各税种税额之和。', 'The tax total is not its sum.', (root) =>
    all(root, 'cac:TaxTotal').filter((total) => {
      const parts = all(total, 'cac:TaxSubtotal');
      const stated = number(total, 'cbc:TaxAmount');
      return parts.length > 0 && stated?.eq(sum(parts, 'cbc:TaxAmount')) === false;
    }),
  ),
  'BR-CO-17': fatal('税额应为：计税金额 × 税率 ÷ 100。', 'Tax is taxable × rate ÷ 100.', (root) =>
    all(root, 'cac:TaxTotal/cac:TaxSubtotal').filter((subtotal) => {
      const base = number(subtotal, 'cbc:TaxableAmount');
      const rate = number(subtotal, 'cac:TaxCategory/cbc:Percent') ?? new Decimal(0);
      const stated = number(subtotal, 'cbc:TaxAmount');
      if (base === undefined || stated === undefined) return false;
      return base.times(rate).div(100).minus(stated).abs().gte(1);
    }),
  ),
  'BR-CO-18': fatal('发票应至少有一个税种明细。', 'An invoice needs a tax breakdown.', (root) =>
    unless(first(root, 'cac:TaxTotal/cac:TaxSubtotal') !== undefined, root),
  ),
  'BR-CO-04': fatal('每行应有税种。', 'Each line needs its tax category.', (root) =>
    lines(root).filter(
      (line) => text(line, 'cac:Item/cac:ClassifiedTaxCategory/cbc:ID') === undefined,
    ),
  ),
  'BR-S-08': taxableRule('S'),
  'BR-Z-08': taxableRule('Z'),
  'BR-E-08': taxableRule('E'),
  'BR-AE-08': taxableRule('AE'),
  'BR-IC-08': taxableRule('K'),
  'BR-G-08': taxableRule('G'),
  'BR-O-08': taxableRule('O'),
};

/** BG-25 to BG-29: lines and their prices. */
const LINES: Rulebook = {
  'PEPPOL-EN16931-R120': fatal(
    '行净额应为：数量 × 净单价 ÷ 计价数量 + 附加费 − 折让。',
    'A line is quantity × price ÷ base quantity + charges − allowances.',
    (root) => lines(root).filter((line) => !is.isLineRight(line, quantityOf(line))),
  ),
  'PEPPOL-EN16931-R121': fatal('计价数量应大于零。', 'A base quantity is more than zero.', (root) =>
    everywhere(root, 'cac:Price').filter(
      (price) => number(price, 'cbc:BaseQuantity')?.lte(0) === true,
    ),
  ),
  'PEPPOL-EN16931-R046': fatal('净单价应为：毛单价 − 折让。', 'Net is gross − discount.', (root) =>
    everywhere(root, 'cac:Price').filter((price) => !is.isNetPriceRight(price)),
  ),
  'PEPPOL-EN16931-R040': fatal(
    '折让或附加费应为：基数 × 百分比 ÷ 100。',
    'An allowance or charge is base × percentage ÷ 100.',
    (root) =>
      [root, ...lines(root)]
        .flatMap((parent) => all(parent, 'cac:AllowanceCharge'))
        .filter((each) => !is.isPercentageRight(each)),
  ),
  'BR-27': fatal('净单价不能为负。', 'A net price may not be negative.', (root) =>
    everywhere(root, 'cac:Price').filter((price) => is.isNegative(price, 'cbc:PriceAmount')),
  ),
  'BR-28': fatal('毛单价不能为负。', 'A gross price may not be negative.', (root) =>
    everywhere(root, 'cac:Price')
      .flatMap((price) => all(price, 'cac:AllowanceCharge'))
      .filter((discount) => is.isNegative(discount, 'cbc:BaseAmount')),
  ),
  'BR-21': fatal(
    '行号在一张发票内应唯一。',
    'A line identifier is unique in its invoice.',
    (root) => is.repeats(lines(root), 'cbc:ID'),
  ),
};

/** References, currency, attachments and the date of payment. */
const TERMS: Rulebook = {
  'BR-DEC': fatal('除单价外，金额最多两位小数。', 'Amounts have two decimals at most.', (root) =>
    totalsOf(root).filter(is.hasTooManyDecimals),
  ),
  'BR-CO-25': fatal(
    '应付金额为正时，应有到期日或付款条件。',
    'An amount due needs a due date or payment terms.',
    (root) => {
      const due = number(root, `${TOTAL}/cbc:PayableAmount`);
      if (due === undefined || due.lte(0) || root.name === 'ubl:CreditNote') return [];
      const said =
        text(root, 'cbc:DueDate') ??
        text(root, 'cac:PaymentMeans/cbc:PaymentDueDate') ??
        text(root, 'cac:PaymentTerms/cbc:Note');
      return unless(said !== undefined, root);
    },
  ),
  'PEPPOL-EN16931-R003': fatal(
    '应有买方参考号或订单号。',
    'A buyer reference or an order reference is needed.',
    (root) =>
      unless(
        (text(root, 'cbc:BuyerReference') ?? text(root, 'cac:OrderReference/cbc:ID')) !== undefined,
        root,
      ),
  ),
  'PEPPOL-EN16931-R005': fatal(
    '税务货币不应与单据货币相同。',
    'The tax currency differs.',
    (root) =>
      unless(
        text(root, 'cbc:TaxCurrencyCode') === undefined ||
          text(root, 'cbc:TaxCurrencyCode') !== currencyOf(root),
        first(root, 'cbc:TaxCurrencyCode'),
      ),
  ),
  'PEPPOL-EN16931-R007': fatal(
    '业务流程标识不正确。',
    'The business process has another form.',
    (root) =>
      unless(
        /^urn:fdc:peppol\.eu:2017:poacc:billing:\d{2}:1\.0$/.test(
          text(root, 'cbc:ProfileID') ?? '',
        ),
        first(root, 'cbc:ProfileID') ?? root,
      ),
  ),
  'PEPPOL-EN16931-R051': fatal(
    '金额应使用单据的货币。',
    'An amount is in another currency.',
    (root) => {
      const taxCurrency = text(root, 'cbc:TaxCurrencyCode');
      return totalsOf(root).filter(
        (amount) =>
          !is.isIn(currencyOf(root))(amount) &&
          !(amount.name === 'cbc:TaxAmount' && attribute(amount, 'currencyID') === taxCurrency),
      );
    },
  ),
  'PEPPOL-EN16931-CL001': fatal('附件类型不被接受。', 'The attachment has another type.', (root) =>
    everywhere(root, 'cbc:EmbeddedDocumentBinaryObject').filter(
      (object) => !isInList('MimeCode', attribute(object, 'mimeCode') ?? ''),
    ),
  ),
};

export const BILLING_RULES: Rulebook = { ...TOTALS, ...TAXES, ...LINES, ...TERMS };

/** What every invoice of UBL must hold, whatever its customization; the OASIS examples do. */
export const PLAIN_BILLING_RULES: Rulebook = Object.fromEntries(
  ['BR-CO-10', 'BR-21'].map((id) => [id, BILLING_RULES[id] as Rule]),
);
