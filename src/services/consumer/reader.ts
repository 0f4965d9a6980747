import { type BindingRequest, languageOf } from '../../kernel/index.ts';
import type { Language } from './links.ts';

/** In which form a client wants to hear: a page, a list of links, or a problem in JSON. */
export type Form = 'html' | 'linkset' | 'json';

/** The last value of a name in the query. */
export const asked = ({ query }: BindingRequest, name: string): string | undefined =>
  query.findLast(([given]) => given === name)?.[1];

/**
 * The language that the address asks for, else the reader's; Chinese unless English comes first.
 */
export function readerLanguage(request: BindingRequest): Language {
  const wanted = asked(request, 'lang');
  if (wanted === 'zh' || wanted === 'en') return wanted;
  return languageOf(request.headers['accept-language']);
}

const LINKSETS = ['application/linkset+json', 'application/linkset'];
const JSONS = ['application/json', 'application/ld+json', 'application/problem+json'];
const PAGES = ['text/html', 'application/xhtml+xml', 'text/*', '*/*'];

/** By the weights of `Accept` (RFC 9110, 12.5.1); a page where it is silent or takes anything. */
export function readerForm({ headers }: Pick<BindingRequest, 'headers'>): Form {
  const { accept = '' } = headers;
  if (accept.trim() === '') return 'html';
  const ranges = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  const best = (types: readonly string[]) =>
    Math.max(0, ...ranges.filter(({ type }) => types.includes(type)).map(({ weight }) => weight));
  const [linkset, json, page] = [best(LINKSETS), best(JSONS), best(PAGES)];
  if (linkset > 0 && linkset >= page && linkset >= json) return 'linkset';
  return json > page ? 'json' : 'html';
}
