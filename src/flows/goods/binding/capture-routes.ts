import { z } from 'zod';
import {
  type Binding,
  type BindingAnswer,
  type BindingRequest,
  binding,
  Fault,
  faultFrom,
  kernelFault,
  limits,
  present,
  type Tx,
} from '../../../kernel/index.ts';
import { judgeEpcis } from '../epcis/read.ts';
import { fault } from '../faults.ts';
import {
  type CaptureBehaviour,
  captureDocument,
  captureEvents,
  getCapture,
  listCaptures,
} from '../repository/captures.ts';
import type { Catalogue } from '../shelf/names.ts';
import { captureJob, captureJobXml, jsonAnswer, pageHeaders, standing } from './answers.ts';
import { checkSentVersion, jsonWishOf, wishOf } from './negotiation.ts';
import { nextToken, pageOfRequest } from './pages.ts';
import { captureLimits, refuse } from './problems.ts';

const DOCUMENTS = ['application/json', 'application/ld+json', 'application/xml', 'text/xml'];
const EVENTS = ['application/json', 'application/ld+json'];

function checkType({ media_type }: BindingRequest, allowed: readonly string[]): void {
  if (allowed.includes(media_type)) return;
  const type = media_type || '—';
  throw kernelFault('kernel.media_type', { type, allowed: allowed.join(', ') });
}

/** `GS1-EPCIS-Capture-Error-Behaviour` is no header of the binding, but what some clients send. */
function behaviourOf({ headers }: BindingRequest): CaptureBehaviour {
  const written =
    headers['gs1-capture-error-behaviour'] ?? headers['gs1-epcis-capture-error-behaviour'];
  const value = (written ?? 'rollback').trim().toLowerCase();
  if (value === 'rollback' || value === 'proceed') return value;
  const header = 'GS1-Capture-Error-Behaviour';
  throw fault('goods.not_acceptable', { header, have: 'rollback, proceed' });
}

/** The base of the binding as the client reached it: `/epcis`. */
const base = ({ path }: BindingRequest) => path.slice(0, path.lastIndexOf('/'));

async function capture(
  tx: Tx,
  request: BindingRequest,
  catalogue: Catalogue,
): Promise<BindingAnswer> {
  checkType(request, DOCUMENTS);
  checkSentVersion(request);
  const judgement = judgeEpcis(request.bytes, limits.epcis_capture_events);
  const done = await captureDocument(tx, judgement, behaviourOf(request), catalogue);
  const location = `${base(request)}/capture/${done.capture.id}`;
  if (done.refused) {
    done.refused.instance = location;
    return refuse(done.refused, request);
  }
  return { status: 202, headers: { ...standing, location }, body: null };
}

async function postEvents(
  tx: Tx,
  requests: readonly BindingRequest[],
  catalogue: Catalogue,
): Promise<(BindingAnswer | Fault)[]> {
  const refused = requests.map((request) =>
    faultFrom(() => {
      checkType(request, EVENTS);
      checkSentVersion(request);
    }),
  );
  const read = requests.filter((_, at) => refused[at] === null);
  const captured = await captureEvents(
    tx,
    read.map(({ bytes }) => judgeEpcis(bytes, 1)),
    catalogue,
  );
  return requests.map((request, at) => {
    const done = refused[at] ?? present(captured.shift(), 'an outcome for each event');
    if (done instanceof Fault) return done;
    const location = `${base(request)}/events/${encodeURIComponent(done)}`;
    return { status: 201, headers: { ...standing, location }, body: null };
  });
}

async function readCapture(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  const { media } = wishOf(request);
  const found = await getCapture(tx, request.params.id ?? '');
  if (media === 'json') return jsonAnswer(captureJob(found));
  const headers = { ...standing, 'content-type': 'application/xml' };
  return { status: 200, headers, body: captureJobXml(found) };
}

async function readCaptures(tx: Tx, request: BindingRequest): Promise<BindingAnswer> {
  jsonWishOf(request);
  const { limit, after } = await pageOfRequest(tx, request, z.string(), limits.epcis_page_captures);
  const { items, next } = await listCaptures(tx, { limit, ...(after ? { after } : {}) });
  const headers = pageHeaders(request, nextToken(tx, request, next));
  return jsonAnswer(items.map(captureJob), headers);
}

/** What became of captures. */
export const captureJobBindings: Binding[] = [
  binding({
    id: 'epcis.capture_list',
    method: 'GET',
    path: '/epcis/capture',
    permission: 'goods.event.read',
    summary: { zh: '采集任务', en: 'Capture jobs' },
    run: readCaptures,
    refuse,
  }),
  binding({
    id: 'epcis.capture_get',
    method: 'GET',
    path: '/epcis/capture/{id}',
    permission: 'goods.event.read',
    summary: { zh: '采集任务的结果', en: 'What became of a capture' },
    run: readCapture,
    refuse,
  }),
];

/**
 * The doors by which events come in. They move stock, whose goods a catalogue knows: whoever has
 * one opens them.
 */
export const captureBindings = (catalogue: Catalogue): Binding[] => [
  binding({
    id: 'epcis.capture',
    method: 'POST',
    path: '/epcis/capture',
    permission: 'goods.event.capture',
    summary: { zh: '采集 EPCIS 文档', en: 'Capture an EPCIS document' },
    body_bytes: limits.document_bytes,
    at_once: limits.captures_at_once,
    run: (tx, request) => capture(tx, request, catalogue),
    refuse,
  }),
  binding({
    id: 'epcis.event_capture',
    method: 'POST',
    path: '/epcis/events',
    permission: 'goods.event.capture',
    summary: { zh: '采集一个事件', en: 'Capture one event' },
    body_bytes: limits.document_bytes,
    runGroup: (tx, requests) => postEvents(tx, requests, catalogue),
    refuse,
  }),
];

/** What a client may send, as OPTIONS says it. */
export const captureStanding = { ...captureLimits, 'gs1-capture-error-behaviour': 'all' } as const;
