import { type ExactJson, type ExactObject, WrittenNumber } from '../../../kernel/index.ts';
import { complain, type Reading, standardPrefixes } from './reading.ts';

/** The `@context` of JSON-LD, taken apart; XML declares the prefixes as namespaces. */
export type Context = {
  /** Contexts by address beside the standard one. None is ever fetched. */
  urls: string[];
  prefixes: Record<string, string>;
  /** Definitions of terms, which say how members are typed; kept as they are. */
  terms: ExactObject;
};

export const STANDARD_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const STANDARD = /^https:\/\/ref\.gs1\.org\/standards\/epcis\/(?:2\.0\.0\/)?epcis-context\.jsonld$/;

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;

export const emptyContext = (): Context => ({ urls: [], prefixes: {}, terms: {} });

export function isObject(value: ExactJson | undefined): value is ExactObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WrittenNumber)
  );
}

/** Adds what an `@context` declares; the prefixes of the standard stay as they are. */
export function readContext(
  written: ExactJson | undefined,
  context: Context,
  reading: Reading,
  path: string,
): void {
  if (written === undefined) return;
  for (const entry of Array.isArray(written) ? written : [written]) {
    if (typeof entry === 'string' && ABSOLUTE.test(entry)) {
      if (!STANDARD.test(entry)) addUrl(entry, context, reading, path);
    } else if (isObject(entry)) {
      addTerms(entry, context);
    } else {
      const en = 'A context is the address of one, or an object of prefixes.';
      complain(reading, 'EPCIS-CONTEXT', path, '@context 应为地址或前缀对象。', en);
    }
  }
}

const MOST_URLS = 100;

export function addUrl(url: string, { urls }: Context, reading: Reading, path: string): void {
  if (urls.includes(url)) return;
  if (urls.length < MOST_URLS) urls.push(url);
  else {
    const en = `More than ${MOST_URLS} contexts by address.`;
    complain(reading, 'EPCIS-CONTEXT', path, `@context 的地址超过 ${MOST_URLS} 个。`, en);
  }
}

function addTerms(entry: ExactObject, context: Context): void {
  for (const [name, value] of Object.entries(entry)) {
    if (typeof value === 'string' && /^[A-Za-z_][\w.-]*$/.test(name) && ABSOLUTE.test(value)) {
      if (standardPrefixes.get(name) !== value) context.prefixes[name] = value;
    } else {
      context.terms[name] = value;
    }
  }
}

export function prefixesOf(context: Context): ReadonlyMap<string, string> {
  return new Map([...standardPrefixes, ...Object.entries(context.prefixes)]);
}

/** The `@context` of a document, from the parts. */
export function writeContext(context: Context): ExactJson[] {
  const { prefixes, terms, urls } = context;
  const own = { ...prefixes, ...terms };
  return [STANDARD_CONTEXT, ...urls, ...(Object.keys(own).length > 0 ? [own] : [])];
}
