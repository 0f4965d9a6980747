import type { Problem } from '../../../kernel/index.ts';
import { checkEvent, isUri } from './check-event.ts';
import type { EpcisDocument } from './document.ts';
import { URI_CHARS } from './identity/identity.ts';
import { isInstant } from './instant.ts';
import { type DocumentOutcome, readEpcisJson } from './read-json.ts';
import { readEpcisXml } from './read-xml.ts';
import { complain, MOST_PROBLEMS } from './reading.ts';

/** Bounds of a document; see also those of the readers of XML and JSON for depth and number. */
export const EPCIS_LIMITS = { bytes: 10 * 1024 * 1024 } as const;

/**
 * Reads a document that nobody has looked at, in JSON-LD or XML, whichever it is. `document` is
 * what could be read, `problems` what is wrong with its structure. Never throws for what is in it.
 */
export function parseEpcis(bytes: Uint8Array): DocumentOutcome {
  const problems: Problem[] = [];
  if (bytes.byteLength > EPCIS_LIMITS.bytes) {
    const most = EPCIS_LIMITS.bytes / 1024 / 1024;
    complain({ problems }, 'EPCIS-SIZE', '', `文件超过 ${most} MB。`, `Larger than ${most} MB.`);
    return { problems };
  }
  return isXml(bytes) ? readEpcisXml(bytes) : readText(bytes);
}

/** A document and what is wrong with it: as a whole, and event by event. */
export type Judgement = {
  document?: EpcisDocument;
  problems: Problem[];
  /** Where each of the document's events stands in the list as it was written. */
  places: readonly number[];
  /** By that place, also of what is no event at all. */
  of_events: ReadonlyMap<number, readonly Problem[]>;
};

/**
 * Reads a document and judges it. Where `problems` is empty, the events that are not in `of_events`
 * may be captured. Of a document with more than `most_events` no event is looked at. Past their
 * limit, what is wrong with an event is one sentence: each has its own, and they may be thousands.
 */
export function judgeEpcis(bytes: Uint8Array, most_events = Number.POSITIVE_INFINITY): Judgement {
  const { document, problems: found } = parseEpcis(bytes);
  if (document === undefined || document.events.length > most_events) {
    const unjudged = { problems: found, places: [], of_events: new Map() };
    return document ? { document, ...unjudged } : unjudged;
  }
  const places = placesOf(document);
  let kept = 0;
  const of_events = new Map<number, Problem[]>();
  // Past their limit the reader has not looked on, and nobody knows which events are sound.
  const isWhole = found.length < MOST_PROBLEMS;
  const written = places.length + (document.unread?.length ?? 0);
  const problems = found.filter((problem) => {
    const at = isWhole ? eventIn(problem.path) : undefined;
    if (at === undefined || at >= written) return true;
    of_events.set(at, [...(of_events.get(at) ?? []), problem]);
    return false;
  });
  checkHead(document, problems);
  for (const [index, event] of document.events.entries()) {
    const at = places[index] ?? index;
    const own: Problem[] = of_events.get(at) ?? [];
    checkEvent(event, placeOf(document, at), own);
    if (kept >= MOST_PROBLEMS) own.splice(1);
    kept += own.length;
    if (own.length > 0) of_events.set(at, own);
  }
  return { document, problems, places, of_events };
}

/** What could not be read leaves a gap: those behind it keep the place in which they were sent. */
function placesOf({ events, unread = [] }: EpcisDocument): number[] {
  const gaps = new Set(unread);
  const all = Array.from({ length: events.length + gaps.size }, (_, at) => at);
  return all.filter((at) => !gaps.has(at));
}

/** Reads a document and judges its events: one without `problems` may be captured. */
export function readEpcis(bytes: Uint8Array): DocumentOutcome {
  const { document, problems, of_events } = judgeEpcis(bytes);
  const all = [...problems, ...[...of_events.values()].flat()].slice(0, MOST_PROBLEMS);
  return { ...(document ? { document } : {}), problems: all };
}

function eventIn(path: string): number | undefined {
  const [, at] = /\beventList\[(\d+)\](?:\.|$)/.exec(path) ?? [];
  if (at !== undefined) return Number(at);
  return /^event\./.test(path) ? 0 : undefined;
}

function placeOf({ kind }: EpcisDocument, at: number): string {
  if (kind === 'event') return 'event';
  const body = kind === 'EPCISQueryDocument' ? 'epcisBody.queryResults.resultsBody' : 'epcisBody';
  return `${body}.eventList[${at}]`;
}

/** The first character tells them apart, in any encoding and behind a byte order mark. */
function isXml(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 64).find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x3c;
}

function readText(bytes: Uint8Array): DocumentOutcome {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const problems: Problem[] = [];
    const en = 'The bytes are not UTF-8, which JSON is written in.';
    complain({ problems }, 'JSON-ENCODING', '', '字节不是 UTF-8 编码。', en);
    return { problems };
  }
  return readEpcisJson(text);
}

function checkHead(document: EpcisDocument, problems: Problem[]): void {
  const { id, creationDate, schemaVersion, masterData } = document;
  for (const { type, elements } of masterData) {
    if (!isUri(type)) {
      const en = 'A vocabulary has a URI as its type.';
      complain({ problems }, 'EPCIS-URI', `epcisHeader ${type}`, '词汇表类型应为 URI。', en);
    }
    for (const one of elements) {
      // Both stand in one key of an index, whose rows have a page's third at most.
      if (type.length + one.id.length > URI_CHARS) {
        const zh = `词汇表类型与标识合计至多 ${URI_CHARS} 个字符。`;
        const en = `A vocabulary's type and an id have ${URI_CHARS} characters together at most.`;
        complain({ problems }, 'EPCIS-URI', `epcisHeader ${one.id.slice(0, 100)}`, zh, en);
      }
      const wrong = [one.id, ...(one.children ?? [])].find((name) => !isUri(name.trim()));
      if (wrong === undefined) continue;
      const en = 'What master data is about, and what lies within it, are URIs.';
      complain({ problems }, 'EPCIS-URI', `epcisHeader ${wrong}`, '主数据的标识应为 URI。', en);
    }
  }
  if (id !== undefined && !isUri(id)) {
    complain({ problems }, 'EPCIS-URI', 'id', '应为 URI。', 'The id of a document is a URI.');
  }
  if (creationDate !== undefined && !isInstant(creationDate)) {
    const en = 'Here goes a time with its offset.';
    complain({ problems }, 'EPCIS-TIME', 'creationDate', '应为带时区的时间。', en);
  }
  if (schemaVersion !== undefined && !/^[0-9]+(\.[0-9]+)*$/.test(schemaVersion)) {
    const en = 'A version is numbers and points, such as 2.0.';
    complain({ problems }, 'EPCIS-VERSION', 'schemaVersion', '版本应为 2.0 的形式。', en);
  }
}
