import type { Problem } from '../../../kernel/index.ts';

/** A sender mends a few faults at a time; past this many a list helps nobody and costs memory. */
export const MOST_PROBLEMS = 200;
const MOST_CHARS = 400;

/** What the readers of both bindings pass along: the prefixes in scope, and what is wrong. */
export type Reading = {
  prefixes: { get(prefix: string): string | undefined };
  problems: Problem[];
};

export function complain(
  { problems }: Pick<Reading, 'problems'>,
  rule: string,
  path: string,
  zh: string,
  en: string,
): void {
  if (problems.length >= MOST_PROBLEMS) return;
  // What was written may be megabytes long, and is shown in part.
  const [shownPath = '', shownZh = '', shownEn = ''] = [path, zh, en].map(shown);
  problems.push({ rule, path: shownPath, zh: shownZh, en: shownEn });
}

/** As much of a text as is shown, without what no column holds: a name may be half a character. */
function shown(text: string): string {
  const part = text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}…` : text;
  return part.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** What the standard's own context declares (epcis-context.jsonld), and XML writers leave out. */
export const standardPrefixes: ReadonlyMap<string, string> = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['gs1', 'https://gs1.org/voc/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['rdf', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
]);

/** A compact URI written out where its prefix is declared; any other value as it is. */
export function expandUri({ prefixes }: Reading, value: string): string {
  const colon = value.indexOf(':');
  if (colon <= 0 || value.startsWith('//', colon + 1)) return value;
  const namespace = prefixes.get(value.slice(0, colon));
  return namespace === undefined ? value : namespace + value.slice(colon + 1);
}

// A name must do in XML too (NCName); the letters of other scripts are left to XML's own reader.
const LOCAL = /^[A-Za-z_\u00c0-\ufffd][\w.\u00b7-\ufffd-]*$/;

export function isLocalName(written: string): boolean {
  return LOCAL.test(written);
}

/**
 * The name of an extension, `{namespace}local`, from a compact or a full URI. Undefined where the
 * prefix is not declared, for a name that nobody can look up means nothing.
 */
export function extensionName({ prefixes }: Reading, written: string): string | undefined {
  const colon = written.indexOf(':');
  if (colon <= 0) return undefined;
  const namespace = prefixes.get(written.slice(0, colon));
  if (namespace !== undefined && !written.startsWith('//', colon + 1)) {
    return nameIn(namespace, written.slice(colon + 1));
  }
  if (!/^(https?|urn):/.test(written)) return undefined;
  const cut = Math.max(written.lastIndexOf('/'), written.lastIndexOf('#')) + 1;
  const end = cut === 0 ? written.lastIndexOf(':') + 1 : cut;
  return nameIn(written.slice(0, end), written.slice(end));
}

function nameIn(namespace: string, local: string): string | undefined {
  return LOCAL.test(local) && !/[{}]/.test(namespace) ? `{${namespace}}${local}` : undefined;
}
