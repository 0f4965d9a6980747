import { Agent, request } from 'node:http';

export const EVENTS_OF_DOCUMENT = 500;
const EPCS_OF_EVENT = 5;

export const gtin = '06901234000016';
export const site = 'https://id.gs1.org/414/6901234000009';
export const steps = ['commissioning', 'packing', 'loading', 'shipping', 'unloading', 'receiving'];

/** The n-th event of a stream in which every thing is seen some times, at some places. */
export function eventOf(n: number, stream = ''): object {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const place = { id: `${site}/254/dock-${n % 40}` };
  return {
    type: 'ObjectEvent',
    eventTime: at,
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep: steps[n % steps.length],
    disposition: 'in_progress',
    epcList: Array.from({ length: EPCS_OF_EVENT }, (_, k) => {
      return `https://id.gs1.org/01/${gtin}/21/${stream}${Math.floor(n / 4) * EPCS_OF_EVENT + k}`;
    }),
    readPoint: place,
    bizLocation: place,
  };
}

export const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** A document of events in JSON-LD. */
export const documentOf = (eventList: readonly object[]): string =>
  JSON.stringify({
    '@context': [context],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList },
  });

/** Five hundred events of the stream in one document. */
export const streamDocument = (from: number, stream = ''): string =>
  documentOf(Array.from({ length: EVENTS_OF_DOCUMENT }, (_, n) => eventOf(from + n, stream)));

export type Ask = (method: string, path: string, body?: string) => Promise<number>;

/** A caller on one kept connection. @returns how long each answer took, in ms */
export function caller(base: string, key: string): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(base);
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const headers: Record<string, string | number> = { authorization: `Bearer ${key}` };
      if (body !== undefined) {
        headers['content-type'] = 'application/json';
        headers['content-length'] = Buffer.byteLength(body);
      }
      const asked = request({ agent, hostname, port, method, path, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => {
          if ((answer.statusCode ?? 0) < 300) resolve(performance.now() - began);
          else reject(new Error(`${method} ${path}: ${answer.statusCode}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
}

/** Runs `count` jobs over some callers. @returns events a second are counted by the caller */
export async function inTurns(
  callers: readonly Ask[],
  count: number,
  job: (ask: Ask, n: number) => Promise<number>,
): Promise<{ seconds: number; latencies: number[] }> {
  let next = 0;
  const latencies: number[] = [];
  const began = performance.now();
  await Promise.all(
    callers.map(async (ask) => {
      for (let n = next++; n < count; n = next++) latencies.push(await job(ask, n));
    }),
  );
  return { seconds: (performance.now() - began) / 1_000, latencies };
}
