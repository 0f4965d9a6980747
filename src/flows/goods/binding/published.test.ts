import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpcisEvent } from '../epcis/event.ts';
import { eventHash } from '../epcis/event-hash.ts';
import { judgeEpcis, parseEpcis } from '../epcis/read.ts';
import { hasPublished, published, publishedFiles } from '../epcis/testing.ts';
import { webUri } from '../epcis/vocabulary.ts';
import { openRepository, type Repository } from './testing.ts';

let repository: Repository;
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
});
afterAll(() => repository.close());

const files = [
  ...publishedFiles('examples', '.jsonld'),
  ...publishedFiles('hash', '.jsonld'),
  // The capture job is an answer of a server, no document of events.
  ...publishedFiles('examples-xml', '.xml').filter((name) => !/CaptureJob/.test(name)),
];

/** What of an event must come back: all that its hash covers, its name, and what is declared. */
const meaningOf = (event: EpcisEvent) => ({
  hash: eventHash(event),
  declared: webUri('errorReason', event.errorDeclaration?.reason ?? ''),
});

const asked = {
  json: { accept: 'application/json', 'gs1-epc-format': 'Never_Translates' },
  xml: { accept: 'application/xml', 'gs1-epc-format': 'Never_Translates' },
  urn: {
    accept: 'application/xml',
    'gs1-epc-format': 'Always_EPC_URN',
    'gs1-cbv-xml-format': 'Always_URN',
  },
  links: { accept: 'application/json' },
};

/** All pages of a query, as events. */
async function everything(path: string, headers: Record<string, string>): Promise<EpcisEvent[]> {
  const events: EpcisEvent[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const {
      status,
      body,
      headers: said,
    } = await repository.send('maker', 'GET', next, { headers });
    expect(status, body.slice(0, 500)).toBe(200);
    const { document, problems } = parseEpcis(Buffer.from(body));
    // The XSD lets a sensor report have no type, and JSON has no other way to say it.
    expect(problems.filter(({ path }) => !path.includes('sensorReport'))).toEqual([]);
    events.push(...(document?.events ?? []));
    next = /<\/epcis([^>]+)>; rel="next"/.exec(String(said.link ?? ''))?.[1];
  }
  return events;
}

describe.runIf(hasPublished)('every published example', () => {
  it.each(files)('%s is captured, and comes back the same in either binding', async (name) => {
    const bytes = published(name);
    const { document, problems, of_events } = judgeEpcis(bytes);
    expect(problems).toEqual([]);
    const sound = document?.events.filter((_, at) => !of_events.has(at)) ?? [];
    const type = name.endsWith('.xml') ? 'application/xml' : 'application/ld+json';
    const isBare = document?.kind === 'event';
    const sent = await repository.send('maker', 'POST', isBare ? '/events' : '/capture', {
      headers: { 'content-type': type, 'gs1-capture-error-behaviour': 'proceed' },
      body: bytes,
    });
    expect(sent.status, sent.body).toBe(isBare ? 201 : 202);
    for (const headers of Object.values(asked)) {
      const ids = sound.map((event) => event.eventID ?? eventHash(event));
      for (const [at, id] of ids.entries()) {
        const found = await everything(`/events/${encodeURIComponent(id)}`, headers);
        const wanted = meaningOf(sound[at] as EpcisEvent);
        expect(found.map(meaningOf)).toContainEqual(wanted);
      }
    }
  });
});
