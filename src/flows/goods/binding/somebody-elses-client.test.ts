import type { AddressInfo } from 'node:net';
// @ts-expect-error It comes without types.
import epcis2 from 'epcis2.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRepository, type Repository } from './testing.ts';

type Response = { status: number; json(): Promise<unknown> };
type Built = { toObject(): Record<string, unknown> };

/** What is used of epcis2.js, which has no types. */
type Client = {
  setup(settings: object): void;
  capture(document: object, settings?: object): Promise<Response>;
  CaptureResponse: new (
    response: Response,
  ) => {
    pollForTheCaptureToFinish(tries: number, delay_ms: number): Promise<void>;
    getSuccessStatus(): boolean;
    getErrors(): unknown[];
  };
  EPCISDocument: new (document: object) => Built;
  objectToEvent(event: unknown): Built;
  eventToHashedId(event: unknown, context: object): string;
};
const client = epcis2 as Client;

const unit = (serial: string) => `https://id.gs1.org/01/06901234000016/21/${serial}`;
const pallet = 'https://id.gs1.org/00/069012340000000122';
const when = { eventTime: '2026-03-02T01:00:00.000Z', eventTimeZoneOffset: '+08:00' };
const packing = {
  type: 'ObjectEvent',
  ...when,
  epcList: [unit('E1'), unit('E2')],
  action: 'OBSERVE',
  bizStep: 'packing',
  disposition: 'in_progress',
  readPoint: { id: 'https://id.gs1.org/414/6901234000009' },
  'ex:line': 'L-7',
};
const palletising = {
  type: 'AggregationEvent',
  ...when,
  parentID: pallet,
  childEPCs: [unit('E1'), unit('E2')],
  action: 'ADD',
  bizStep: 'packing',
};
const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const documentOf = (eventList: readonly object[]) =>
  new client.EPCISDocument({
    '@context': [...context, { ex: 'https://ns.example.com/' }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-02T01:00:00Z',
    epcisBody: { eventList },
  });

let repository: Repository;
let base: string;
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
  await repository.server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = repository.server.server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}/epcis`;
  client.setup({
    apiUrl: base,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${repository.keys.maker}`,
    },
  });
}, 60_000);
afterAll(() => repository?.close());

async function eventsOf(query: string): Promise<Record<string, unknown>[]> {
  const headers = { authorization: `Bearer ${repository.keys.maker}` };
  const answer = await fetch(`${base}/events?${query}`, { headers });
  const { epcisBody } = (await answer.json()) as {
    epcisBody: { queryResults: { resultsBody: { eventList: Record<string, unknown>[] } } };
  };
  return epcisBody.queryResults.resultsBody.eventList;
}

describe('epcis2.js, a client of somebody else’s making', () => {
  it('captures a document, sees its job done, and reads back the events that it sent', async () => {
    const sent = documentOf([packing, palletising]);
    const response = await client.capture(sent);
    expect(response.status).toBe(202);
    const job = new client.CaptureResponse(response);
    await job.pollForTheCaptureToFinish(5, 50);
    expect([job.getSuccessStatus(), job.getErrors()]).toEqual([true, []]);
    const found = await eventsOf(`MATCH_anyEPC=${encodeURIComponent(unit('E1'))}&perPage=10`);
    const built = found.map((event) => client.objectToEvent(event).toObject());
    const without = ({ eventID: _, recordTime: __, ...event }: Record<string, unknown>) => event;
    const order = (one: Record<string, unknown>, other: Record<string, unknown>) =>
      String(one.type).localeCompare(String(other.type));
    expect(built.map(without).sort(order)).toEqual([palletising, packing]);
    const hashed = found.map((event) => client.eventToHashedId(without(event), { ex: CONTEXT }));
    expect(hashed).toEqual(found.map(({ eventID }) => eventID));
  });

  it('is told in the words of the binding what its document breaks', async () => {
    const wrong = documentOf([{ ...packing, eventTime: '2026-13-01T00:00:00.000Z' }]);
    const refused = await client.capture(wrong, { documentValidation: false });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      type: 'epcisException:ValidationException',
      errors: [{ path: 'epcisBody.eventList[0].eventTime' }],
    });
  });
});

const CONTEXT = 'https://ns.example.com/';
