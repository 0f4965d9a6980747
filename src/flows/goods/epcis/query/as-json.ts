import { type ExactJson, WrittenNumber } from '../../../../kernel/index.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { queryOfJson, queryOfUrl } from './parse.ts';

/**
 * A query of a URL as a named query is written. JSON has a form for each name (a list of texts or
 * numbers, one of either, true or false, null): the one that asks the same.
 * What asks nothing in a URL (`EXISTS_…=false`) has none.
 * @param parameters that `queryOfUrl` takes
 */
export function queryAsJson(
  parameters: readonly (readonly [name: string, value: string])[],
): Record<string, ExactJson> {
  return Object.fromEntries(
    parameters.flatMap(([name, value]) => {
      const form = formsOf(value.split('|')).find((one) => asksTheSame(name, value, one));
      return form === undefined ? [] : [[name, form]];
    }),
  );
}

/** Beside an order, for a limit on the count is taken with one alone. */
function asksTheSame(name: string, value: string, form: ExactJson): boolean {
  const written = form === null ? value : [form].flat().map(textOf).join('|');
  const { query } = queryOfJson({ orderBy: 'eventTime', [name]: form });
  const asked = queryOfUrl(Object.entries({ orderBy: 'eventTime', [name]: written }));
  return query !== undefined && JSON.stringify(query) === JSON.stringify(asked.query);
}

const textOf = (form: ExactJson) => (form instanceof WrittenNumber ? form.digits : String(form));

/** A number of a URL may be written as JSON has none: `+5`, `.5`. */
function formsOf(values: readonly string[]): ExactJson[] {
  const numbers = values
    .flatMap((value) => plainDecimal(value) ?? [])
    .map((digits) => new WrittenNumber(digits));
  const isNumbers = numbers.length === values.length;
  const alone = values.length > 1 ? [] : [...values, ...numbers, values[0] === 'true'];
  return [[...values], ...(isNumbers ? [numbers] : []), ...alone, null];
}
