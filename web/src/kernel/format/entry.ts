const AMOUNT = /^\d+(\.\d+)?$/;

/** What a person typed as a quantity or a price, as a decimal; undefined if it is none. */
export function parseDecimal(typed: string): string | undefined {
  const text = typed.replace(/[,\s，]/g, '');
  return AMOUNT.test(text) ? text : undefined;
}

/** The same, and more than nothing. */
export function parsePositive(typed: string): string | undefined {
  const value = parseDecimal(typed);
  return value !== undefined && Number(value) > 0 ? value : undefined;
}
