import { fault } from '../faults.ts';
import { eventHash, prehash } from './event-hash.ts';
import { parseEpcis, readEpcis } from './read.ts';

export type HashedEvent = { type: string; event_id: string | null; hash: string; prehash: string };

/**
 * The hash of each event of a document, in its order. Fault `goods.epcis_refused` for what cannot
 * be read whole; whether the events keep the rules of EPCIS is asked by `checkedEvents`.
 */
export function hashEvents(bytes: Uint8Array): HashedEvent[] {
  const { document, problems } = parseEpcis(bytes);
  if (document === undefined || problems.length > 0) {
    throw fault('goods.epcis_refused', { count: problems.length }, problems);
  }
  return document.events.map((event) => ({
    type: event.type,
    event_id: event.eventID ?? null,
    hash: eventHash(event),
    prehash: prehash(event),
  }));
}

/** How many events a document holds. Fault `goods.epcis_refused` with everything that is wrong. */
export function checkedEvents(bytes: Uint8Array): number {
  const { document, problems } = readEpcis(bytes);
  if (document === undefined || problems.length > 0) {
    throw fault('goods.epcis_refused', { count: problems.length }, problems);
  }
  return document.events.length;
}
