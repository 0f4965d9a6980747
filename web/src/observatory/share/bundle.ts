/** One obligation of a bundle as it is being typed. */
export type Promised = {
  id: number;
  name: string;
  low: string;
  high: string;
  industry_class: string;
};

export const LEAST_PROMISES = 2;
/** The API takes more; a form with more is a sheet, and no form. */
export const MOST_PROMISES = 20;

export const EMPTY_PROMISE = (id: number): Promised => ({
  id,
  name: '',
  low: '',
  high: '',
  industry_class: '',
});

const isPrice = (typed: string) => /^\d{1,12}(\.\d{1,6})?$/.test(typed.trim());

/** Bounds come in twos, the lower not above the upper; none at all says that nobody knows. */
export function isPriceWrong({ low, high }: Promised): boolean {
  if (low.trim() === '' && high.trim() === '') return false;
  return !isPrice(low) || !isPrice(high) || Number(low) > Number(high);
}

export const isClassWrong = ({ industry_class }: Promised): boolean =>
  !/^(\d{4})?$/.test(industry_class.trim());

export const isWhole = (promises: readonly Promised[]): boolean =>
  promises.every((one) => one.name.trim() !== '' && !isPriceWrong(one) && !isClassWrong(one));

/** As the API takes them. */
export const bodyOf = (promises: readonly Promised[]) =>
  promises.map(({ name, low, high, industry_class }) => ({
    name: name.trim(),
    low: low.trim() || null,
    high: high.trim() || null,
    industry_class: industry_class.trim() || null,
  }));
