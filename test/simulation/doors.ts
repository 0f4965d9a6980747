import type { FastifyInstance } from 'fastify';
import { type Operations, operations } from '../../web/src/generated/api.ts';
import { type Said, type Sent, send, urlOf } from '../conformance/world/client.ts';

/** An event as the standard's own interface shows it and takes it. */
export type EventJson = Readonly<Record<string, unknown>>;

/** Doors of a standard, which the document of our own interface does not describe. */
type StandardDoors = {
  'epcis.capture': { params: undefined; query: undefined; body: undefined; reply: '' };
  'epcis.event_list': {
    params: undefined;
    query: { perPage?: number; orderBy?: string; orderDirection?: string; EQ_bizStep?: string };
    body: undefined;
    reply: { epcisBody: { queryResults: { resultsBody: { eventList: EventJson[] } } } };
  };
};

export type Doors = Operations & StandardDoors;
/** Whatever an actor can ask for. */
export type Operation = keyof Doors;

export type Given<Name extends Operation> = Omit<Sent, 'params' | 'query' | 'body'> & {
  params?: Doors[Name]['params'];
  query?: Doors[Name]['query'];
  body?: Doors[Name]['body'];
};

const addresses = {
  ...operations,
  'epcis.capture': { method: 'POST', path: '/epcis/capture' },
  'epcis.event_list': { method: 'GET', path: '/epcis/events' },
} as const;

/** Sends what one of these doors takes, with a key or a session. */
export async function askAt<Name extends Operation>(
  server: FastifyInstance,
  key: string,
  name: Name,
  given: Given<Name>,
): Promise<{ url: string; said: Said }> {
  const address = addresses[name];
  const url = urlOf(address.path, given.params, given.query);
  return { url, said: await send(server, key, address, given) };
}
