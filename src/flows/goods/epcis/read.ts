import type { Problem } from '../../../kernel/index.ts';
import { checkEvent, isUri } from './check-event.ts';
import type { EpcisDocument } from './document.ts';
import { isInstant } from './instant.ts';
import { type DocumentOutcome, readEpcisJson } from './read-json.ts';
import { readEpcisXml } from './read-xml.ts';
import { complain } from './reading.ts';

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

/** Reads a document and judges its events: one without `problems` may be captured. */
export function readEpcis(bytes: Uint8Array): DocumentOutcome {
  const outcome = parseEpcis(bytes);
  if (outcome.document) checkDocument(outcome.document, outcome.problems);
  return outcome;
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

function checkDocument(document: EpcisDocument, problems: Problem[]): void {
  const { kind, id, creationDate, schemaVersion } = document;
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
  const list = { event: 'event', EPCISQueryDocument: 'epcisBody.queryResults.resultsBody.' };
  for (let at = 0; at < document.events.length; at += 1) {
    const event = document.events[at];
    const lead = kind === 'EPCISQueryDocument' ? list.EPCISQueryDocument : 'epcisBody.';
    if (event) checkEvent(event, kind === 'event' ? 'event' : `${lead}eventList[${at}]`, problems);
  }
}
