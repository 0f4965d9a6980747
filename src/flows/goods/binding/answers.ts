import {
  type BindingAnswer,
  type BindingRequest,
  type Problem,
  type Tx,
  writeXmlTree,
  type XmlElement,
} from '../../../kernel/index.ts';
import { knownPrefixes } from '../company-prefixes.ts';
import { emptyContext, STANDARD_CONTEXT } from '../epcis/context.ts';
import type { EpcisDocument } from '../epcis/document.ts';
import { EPCIS } from '../epcis/namespaces.ts';
import { writeEpcisJson } from '../epcis/write-json.ts';
import { writeEpcisXml, writeOlderEpcisXml } from '../epcis/write-xml.ts';
import { eventInFormat } from '../epcis/writing.ts';
import { fault } from '../faults.ts';
import type { Capture } from '../repository/captures.ts';
import type { StoredRow } from '../repository/find-events.ts';
import type { PageToken } from '../repository/page-tokens.ts';
import { CBV_VERSION, EPCIS_VERSION, type Wish } from './negotiation.ts';

/** What every answer says of the server. */
export const standing = {
  'gs1-epcis-version': EPCIS_VERSION,
  'gs1-cbv-version': CBV_VERSION,
  vary: 'Accept, GS1-EPC-Format, GS1-CBV-XML-Format, GS1-EPCIS-Max, GS1-CBV-Max',
} as const;

const contentType = { json: 'application/json', xml: 'application/xml' } as const;

/** The page behind this one: the same address with another token. */
export function pageHeaders(
  request: BindingRequest,
  next: PageToken | null,
): Record<string, string> {
  if (next === null) return {};
  const rest = request.query.filter(([name]) => name !== 'nextPageToken');
  const query = [...rest, ['nextPageToken', next.text] as const]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return {
    link: `<${request.path}?${query}>; rel="next"`,
    'gs1-next-page-token-expires': next.expires_at,
  };
}

/** Prefixes of several events: of two meanings of one the first stays, others are made anew. */
function prefixesOf(
  rows: readonly StoredRow[],
  wish: Pick<Wish, 'prefixes'>,
): Record<string, string> {
  const all: Record<string, string> = { ...wish.prefixes };
  for (const { prefixes } of rows) {
    for (const [prefix, uri] of Object.entries(prefixes ?? {})) all[prefix] ??= uri;
  }
  return all;
}

export function jsonAnswer(body: unknown, headers: Record<string, string> = {}): BindingAnswer {
  return {
    status: 200,
    headers: { ...standing, 'content-type': contentType.json, ...headers },
    body: JSON.stringify(body),
  };
}

/** Events as what a query found (EPCISQueryDocument), with the identities written as asked for. */
export async function queryDocument(
  tx: Tx,
  rows: readonly StoredRow[],
  wish: Pick<Wish, 'epcFormat' | 'prefixes'>,
  query: { queryName: string; subscriptionID?: string },
): Promise<EpcisDocument> {
  const prefixLength = await knownPrefixes(tx);
  return {
    kind: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: tx.now,
    context: { ...emptyContext(), prefixes: prefixesOf(rows, wish) },
    header: [],
    masterData: [],
    query,
    events: rows.map(({ event, recorded_at }) => ({
      ...eventInFormat(event, wish.epcFormat, prefixLength),
      recordTime: recorded_at,
    })),
    extensions: [],
  };
}

/** What its owner shares is written down for the owner; what names the reader is their own. */
export const sharedIn = (tx: Tx, rows: readonly StoredRow[]) =>
  rows
    .filter(({ parties }) => !parties.includes(tx.actor.party))
    .map(({ capturer_id }) => ({ capturer_id }));

/** Events as the answer to a query, in the form and the words asked for. */
export async function eventsAnswer(
  tx: Tx,
  rows: readonly StoredRow[],
  wish: Wish,
  { queryName, headers }: { queryName: string; headers: Record<string, string> },
): Promise<BindingAnswer> {
  const document = await queryDocument(tx, rows, wish, { queryName });
  const { text, lost } = written(document, wish);
  return {
    status: 200,
    headers: {
      ...standing,
      ...(wish.release === '1.2' ? olderStanding : {}),
      'content-type': contentType[wish.media],
      ...extensionsIn(document),
      ...leftOut(lost),
      ...headers,
    },
    body: text,
    shows: sharedIn(tx, rows),
  };
}

/** The namespaces of extensions in it, by prefix (REST binding, GS1-Extensions). */
function extensionsIn({ context: { prefixes } }: EpcisDocument): Record<string, string> {
  // XML lets a prefix have letters that no header may hold: those stand in the body alone.
  const plain = Object.entries(prefixes).filter(([prefix]) => /^[A-Za-z_][\w.-]*$/.test(prefix));
  const pairs = plain.map(([prefix, uri]) => `${prefix}=${encodeURI(uri.toWellFormed())}`);
  const text = pairs.join(', ');
  return text === '' || text.length > MOST_EXTENSIONS ? {} : { 'gs1-extensions': text };
}

/** A header longer than this stops some proxies; the body declares them all. */
const MOST_EXTENSIONS = 2_000;

/** XML of release 1.2 says so (REST binding, GS1-EPCIS-Version: of what is sent). */
const olderStanding = { 'gs1-epcis-version': '1.2.0', 'gs1-cbv-version': '1.2.0' } as const;

/** What the form asked for has no place for; no standard header says it, and nobody is to guess. */
function leftOut(lost: readonly Problem[]): Record<string, string> {
  if (lost.length === 0) return {};
  const names = new Set(
    lost.map(({ path }) => encodeURI(path.slice(path.lastIndexOf('.') + 1).toWellFormed())),
  );
  return { 'jingwei-left-out': [...names].slice(0, MOST_LEFT_OUT).join(', ') };
}

const MOST_LEFT_OUT = 20;

function written(document: EpcisDocument, wish: Wish): { text: string; lost: readonly Problem[] } {
  if (wish.media === 'json') return { text: writeEpcisJson(document), lost: [] };
  if (wish.release === '2.0') {
    const { xml, lost } = writeEpcisXml(document, wish.cbvFormat);
    return { text: xml, lost };
  }
  const older = writeOlderEpcisXml(document);
  if (older.ok) return { text: older.value.xml, lost: older.value.lost };
  const have = 'EPCIS 2.0 (AssociationEvent, …)';
  throw fault('goods.not_acceptable', { header: 'GS1-EPCIS-Max', have });
}

const epcis = (name: string, children: XmlElement['children']): XmlElement => ({ name, children });

/** Values of a resource as a collection (REST binding, `UriCollection` and its kin). */
export function collectionAnswer(
  values: readonly string[],
  wish: Pick<Wish, 'media'>,
  headers: Record<string, string> = {},
): BindingAnswer {
  if (wish.media === 'json') {
    const body = { '@context': STANDARD_CONTEXT, type: 'Collection', member: values };
    return jsonAnswer(body, headers);
  }
  const body = writeXmlTree({
    name: `{${EPCIS}2}Collection`,
    tag: 'epcis:Collection',
    declarations: { epcis: `${EPCIS}2` },
    children: values.map((value) => epcis('member', [value])),
  });
  return {
    status: 200,
    headers: { ...standing, 'content-type': contentType.xml, ...headers },
    body,
  };
}

/** A capture job as the binding has it; `errors` are problems with the place of each. */
export function captureJob(capture: Capture) {
  const { id, created_at, finished_at, success, behaviour, errors } = capture;
  return {
    captureID: id,
    createdAt: created_at,
    finishedAt: finished_at,
    running: false,
    success,
    captureErrorBehaviour: behaviour,
    errors: errors.map(({ rule, path, zh, en }) => ({
      type: 'epcisException:ValidationException',
      title: en,
      detail: zh,
      instance: path,
      rule,
    })),
    events: capture.events,
    captured: capture.captured,
    alreadyKnown: capture.known,
  };
}

/** A capture job in XML (EPCISCaptureJob of the published example). */
export function captureJobXml(capture: Capture): string {
  const { id, created_at, finished_at, success, behaviour, errors } = capture;
  const error = ({ path, zh, en }: Capture['errors'][number]) =>
    epcis('error', [
      epcis('type', ['epcisException:ValidationException']),
      epcis('title', [en]),
      epcis('status', ['400']),
      epcis('detail', [zh]),
      epcis('instance', [path]),
    ]);
  return writeXmlTree({
    name: `{${EPCIS}2}EPCISCaptureJob`,
    tag: 'epcis:EPCISCaptureJob',
    declarations: { epcis: `${EPCIS}2` },
    attributes: [
      { name: 'running', value: 'false' },
      { name: 'success', value: String(success) },
      { name: 'captureID', value: id },
    ],
    children: [
      epcis('captureErrorBehaviour', [behaviour]),
      epcis('createdAt', [created_at]),
      epcis('finishedAt', [finished_at]),
      ...(errors.length > 0 ? [epcis('errors', errors.map(error))] : []),
    ],
  });
}
