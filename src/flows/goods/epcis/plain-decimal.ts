const DECIMAL = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?$/;

/** Digits that a decimal may have when written out; what is beyond is no quantity of anything. */
export const DECIMAL_DIGITS = 400;

/**
 * A decimal in its one plain writing: no exponent, no sign of zero, no zeros that say nothing.
 * `26.0` is `26`, `-1.50E-1` is `-0.15`. Undefined for what is no number, or one written out in
 * more than 400 digits. Works on the digits alone, so that nothing is ever rounded.
 */
export function plainDecimal(text: string): string | undefined {
  const found = DECIMAL.exec(text);
  if (found === null) return undefined;
  const [, sign = '', whole = '', part = '', exponent = '0'] = found;
  if (whole === '' && part === '') return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > DECIMAL_DIGITS || whole.length + part.length > DECIMAL_DIGITS) {
    return undefined;
  }
  let digits = whole + part;
  let point = whole.length + power;
  if (point < 0) {
    digits = '0'.repeat(-point) + digits;
    point = 0;
  }
  digits = digits.padEnd(point, '0');
  const integer = digits.slice(0, point).replace(/^0+/, '');
  const decimals = digits.slice(point).replace(/0+$/, '');
  const plain = `${integer === '' ? '0' : integer}${decimals === '' ? '' : `.${decimals}`}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}
