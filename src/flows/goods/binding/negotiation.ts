import { type BindingRequest, limits } from '../../../kernel/index.ts';
import type { EpcFormat } from '../epcis/identity/identity.ts';
import type { CbvFormat } from '../epcis/vocabulary.ts';
import { fault } from '../faults.ts';

/** The releases that this server speaks; XML of release 1.2 is taken and given as well. */
export const EPCIS_VERSION = '2.0.0';
export const CBV_VERSION = '2.0.0';

export type MediaType = 'json' | 'xml';

/** How a client wants its answer. */
export type Wish = {
  media: MediaType;
  /** The release of XML: 1.2 where the client takes no later one. */
  release: '2.0' | '1.2';
  epcFormat: EpcFormat;
  cbvFormat: CbvFormat;
  /** The client's own prefixes for extensions (GS1-Extensions). */
  prefixes: Readonly<Record<string, string>>;
};

const JSON_TYPES = ['application/json', 'application/ld+json', 'application/*', '*/*'];
const XML_TYPES = ['application/xml', 'text/xml'];

/**
 * How much of either `Accept` wants, by its weights (RFC 9110, 12.5.1): 0 is not at all. JSON where
 * it is silent.
 */
function weightsOf(accept: string | undefined): Readonly<Record<MediaType, number>> {
  if (accept === undefined || accept.trim() === '') return { json: 1, xml: 0 };
  const ranges = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { type, weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = (types: readonly string[]) =>
    Math.max(0, ...ranges.filter(({ type }) => types.includes(type)).map(({ weight }) => weight));
  return { json: best(JSON_TYPES), xml: best(XML_TYPES) };
}

/** The better of the two; undefined where neither is taken. */
export function mediaOf(accept: string | undefined): MediaType | undefined {
  const { json, xml } = weightsOf(accept);
  if (json === 0 && xml === 0) return undefined;
  return xml > json ? 'xml' : 'json';
}

/** For what the binding has in JSON alone. @throws goods.not_acceptable, goods.uri_too_long */
export function jsonWishOf(request: BindingRequest): Wish {
  const { accept: _, ...headers } = request.headers;
  if (weightsOf(request.headers.accept).json > 0) return wishOf({ ...request, headers });
  throw fault('goods.not_acceptable', { header: 'Accept', have: 'application/json' });
}

const VERSION = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/;

/** A version as one number that compares; undefined for what is none. */
function versionNumber(text: string): number | undefined {
  const found = VERSION.exec(text.trim());
  return found ? Number(found[1]) * 1_000 + Number(found[2]) : undefined;
}

/** The versions that a client takes. @throws goods.not_acceptable */
function range(request: BindingRequest, name: 'epcis' | 'cbv'): [from: number, to: number] {
  const [from, to] = (['min', 'max'] as const).map((end) => {
    const header = `gs1-${name}-${end}`;
    const written = request.headers[header];
    if (written === undefined) return end === 'min' ? 0 : Number.POSITIVE_INFINITY;
    const number = versionNumber(written);
    if (number === undefined) throw fault('goods.not_acceptable', { header, have: '2.0.0' });
    return number;
  });
  return [from ?? 0, to ?? 0];
}

/** @throws goods.not_acceptable where no version of ours lies within what the client takes */
function releaseOf(request: BindingRequest, media: MediaType): '2.0' | '1.2' {
  const [cbvFrom, cbvTo] = range(request, 'cbv');
  const isOlderCbv = cbvTo < 2_000 && cbvFrom <= 1_002;
  const [from, to] = range(request, 'epcis');
  if (from <= 2_000 && to >= 2_000 && cbvFrom <= 2_000 && cbvTo >= 2_000) return '2.0';
  // Release 1.2 is XML alone.
  const isOlder = media === 'xml' && from <= 1_002 && to >= 1_002 && (isOlderCbv || cbvTo >= 2_000);
  if (isOlder) return '1.2';
  const have = media === 'xml' ? '2.0.0, 1.2.0' : '2.0.0';
  throw fault('goods.not_acceptable', { header: 'GS1-EPCIS-Min/-Max, GS1-CBV-Min/-Max', have });
}

function oneOf<Value extends string>(
  request: BindingRequest,
  header: string,
  values: readonly Value[],
  absent: Value,
): Value {
  const written = request.headers[header.toLowerCase()]?.trim();
  if (written === undefined || written === '') return absent;
  const found = values.find((value) => value.toLowerCase() === written.toLowerCase());
  if (!found) throw fault('goods.not_acceptable', { header, have: values.join(', ') });
  return found;
}

export const EPC_FORMATS = [
  'No_Preference',
  'Always_GS1_Digital_Link',
  'Always_EPC_URN',
  'Never_Translates',
] as const;
export const CBV_FORMATS = [
  'No_Preference',
  'Always_Web_URI',
  'Always_URN',
  'Never_Translates',
] as const;

/** `GS1-Extensions: prefix=namespace, prefix2=namespace2`. */
export function extensionPrefixes(header: string | undefined): Record<string, string> {
  const pairs = (header ?? '').split(',').flatMap((part) => {
    const at = part.indexOf('=');
    const [name, uri] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    const isPair = at > 0 && /^[A-Za-z_][\w.-]*$/.test(name) && /^[A-Za-z][\w+.-]*:\S+$/.test(uri);
    return isPair ? [[name, uri] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** @throws goods.not_acceptable, goods.uri_too_long */
export function wishOf(request: BindingRequest): Wish {
  const asked = request.query.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (asked > limits.epcis_url_chars) {
    throw fault('goods.uri_too_long', { most: limits.epcis_url_chars });
  }
  const media = mediaOf(request.headers.accept);
  if (media === undefined) {
    throw fault('goods.not_acceptable', {
      header: 'Accept',
      have: 'application/json, application/xml',
    });
  }
  return {
    media,
    release: releaseOf(request, media),
    // Absent means Digital Links (REST binding, GS1-EPC-Format).
    epcFormat: oneOf(request, 'GS1-EPC-Format', EPC_FORMATS, 'Always_GS1_Digital_Link'),
    cbvFormat: oneOf(request, 'GS1-CBV-XML-Format', CBV_FORMATS, 'No_Preference'),
    prefixes: extensionPrefixes(request.headers['gs1-extensions']),
  };
}

/** The version of a document that is sent; ours, or 1.2 in XML. @throws goods.not_acceptable */
export function checkSentVersion(request: BindingRequest): void {
  for (const [header, known] of [
    ['gs1-epcis-version', [2_000, 1_002, 1_001]],
    ['gs1-cbv-version', [2_000, 1_002, 1_001]],
  ] as const) {
    const written = request.headers[header];
    if (written === undefined) continue;
    const number = versionNumber(written);
    if (number === undefined || !(known as readonly number[]).includes(number)) {
      throw fault('goods.not_acceptable', { header, have: '2.0.0, 1.2.0' });
    }
  }
}
