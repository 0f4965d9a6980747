/**
 * Check digit of a GS1 key (GS1 General Specifications, 7.9.1): weights 3 and 1 from the right,
 * then up to the next ten. `digits` is the key without its check digit.
 */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const weight = (digits.length - at) % 2 === 1 ? 3 : 1;
    sum += Number(digits.charAt(at)) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

export function hasGs1CheckDigit(key: string): boolean {
  return gs1CheckDigit(key.slice(0, -1)) === key.slice(-1);
}
