import { Decimal } from '../../../../kernel/index.ts';
import { all, attribute, first, text, type XmlElement } from '../tree.ts';
import { isDecimal } from '../values.ts';

/**
 * A published business rule. `check` gives the elements that break it; a rule that cannot be
 * judged because a value is missing or is no number stays silent: the structure says so already.
 */
export type Rule = {
  severity: 'fatal' | 'warning';
  zh: string;
  en: string;
  check: (root: XmlElement) => Iterable<XmlElement>;
};
export type Rulebook = Readonly<Record<string, Rule>>;

export function fatal(zh: string, en: string, check: Rule['check']): Rule {
  return { severity: 'fatal', zh, en, check };
}

export function warning(zh: string, en: string, check: Rule['check']): Rule {
  return { severity: 'warning', zh, en, check };
}

/** The number at a path; undefined when there is none. */
export function number(element: XmlElement | undefined, path?: string): Decimal | undefined {
  const value = text(element, path);
  return value !== undefined && isDecimal(value) ? new Decimal(value) : undefined;
}

export function sum(elements: readonly XmlElement[], path?: string): Decimal {
  return elements.reduce(
    (total, element) => total.plus(number(element, path) ?? 0),
    new Decimal(0),
  );
}

/** What a check gives: the element when the condition is broken, nothing otherwise. */
export function unless(condition: boolean, element: XmlElement | undefined): XmlElement[] {
  return condition || element === undefined ? [] : [element];
}

/** Allowances or charges that stand directly below an element. */
export function adjustments(parent: XmlElement | undefined, charge: boolean): XmlElement[] {
  return all(parent, 'cac:AllowanceCharge').filter(
    (each) => ['true', '1'].includes(text(each, 'cbc:ChargeIndicator') ?? '') === charge,
  );
}

/** Amounts may differ by the rounding of both sides: two hundredths, as Peppol's rules allow. */
export function isClose(a: Decimal, b: Decimal): boolean {
  return a.minus(b).abs().lte('0.02');
}

export function isNegative(element: XmlElement, path?: string): boolean {
  return number(element, path)?.isNegative() === true && !number(element, path)?.isZero();
}

/** Elements whose text at `path` an earlier one already had. */
export function repeats(elements: readonly XmlElement[], path: string): XmlElement[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const value = text(element, path);
    if (value === undefined) return false;
    if (seen.has(value)) return true;
    seen.add(value);
    return false;
  });
}

/**
 * Quantity × price ÷ base quantity + charges − allowances of a line. `quantity` is a path; the
 * rest is the same in order lines and invoice lines. Undefined when a part is missing.
 */
export function lineNet(line: XmlElement, quantity: string): Decimal | undefined {
  const count = number(line, quantity);
  const price = number(line, 'cac:Price/cbc:PriceAmount');
  if (count === undefined || price === undefined) return undefined;
  const base = number(line, 'cac:Price/cbc:BaseQuantity') ?? new Decimal(1);
  if (base.lte(0)) return undefined;
  return count
    .times(price)
    .div(base)
    .plus(sum(adjustments(line, true), 'cbc:Amount'))
    .minus(sum(adjustments(line, false), 'cbc:Amount'));
}

/** Whether a line says the amount that its quantity and price give. */
export function isLineRight(line: XmlElement, quantity: string): boolean {
  const net = lineNet(line, quantity);
  const stated = number(line, 'cbc:LineExtensionAmount');
  return net === undefined || stated === undefined || isClose(net, stated);
}

/** Allowance amount = base × percentage ÷ 100, where both are given. */
export function isPercentageRight(adjustment: XmlElement): boolean {
  const base = number(adjustment, 'cbc:BaseAmount');
  const percentage = number(adjustment, 'cbc:MultiplierFactorNumeric');
  const amount = number(adjustment, 'cbc:Amount');
  if (base === undefined || percentage === undefined || amount === undefined) return true;
  return isClose(base.times(percentage).div(100), amount);
}

/** Net price = gross price − discount, where a gross price is given. */
export function isNetPriceRight(price: XmlElement): boolean {
  const discount = first(price, 'cac:AllowanceCharge');
  const gross = number(discount, 'cbc:BaseAmount');
  const net = number(price, 'cbc:PriceAmount');
  if (gross === undefined || net === undefined) return true;
  return net.eq(gross.minus(number(discount, 'cbc:Amount') ?? 0));
}

export function hasTooManyDecimals(element: XmlElement): boolean {
  return (text(element)?.split('.')[1]?.replace(/0+$/, '').length ?? 0) > 2;
}

export function isIn(currency: string | undefined): (element: XmlElement) => boolean {
  return (element) => attribute(element, 'currencyID') === currency;
}
