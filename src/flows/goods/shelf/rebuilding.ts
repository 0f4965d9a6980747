import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { type CapturedEvent, inSlices, namesContainer } from './deriving.ts';
import { enterMovements } from './entering.ts';
import type { RowKey } from './entries.ts';
import { voidEntries } from './movements.ts';
import { partedRows } from './rows.ts';
import { rowsOfToday, settleAnew } from './settling.ts';
import {
  type EventsPlace,
  findEventsPlaces,
  holdEventsPlaces,
  lockEventsPlaces,
} from './whereabouts.ts';

export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Captured events of the actor's that can move stock, in batches: from a stint's beginning on. */
export async function eventsSince(
  tx: Tx,
  places: readonly EventsPlace[],
  after: string,
): Promise<CapturedEvent[]> {
  if (places.length === 0) return [];
  const since = places.map((one) => new Date(one.since).toISOString()).sort()[0] ?? '';
  const { rows } = await sql<{ id: string; event: EpcisEvent }>`
    select e.id, e.body as event from event e
    where e.chain_id = ${tx.chain}::uuid and e.id > ${after}::uuid
      and e.capturer_id = ${tx.actor.party}::uuid and e.movement is null
      and not e.declares_error and e.event_time > ${since}::timestamptz
    order by e.id limit ${limits.stock_rebuilt}`.execute(tx.db);
  return rows;
}

/** A transaction of its own, on the owner's behalf. */
export type OnBehalf = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** How many events were read; how many entries, and then how many rows, were not what they say. */
export type Rebuilt = { events: number; entries: number; rows: number };

type Batches = { next(): Promise<CapturedEvent[]>; stop(): void };

/** Events batch by batch, whoever asks for the next one; none any more once it was stopped. */
function readBatches(as: OnBehalf): Batches {
  let after: string | null = FIRST_ID;
  let isStopped = false;
  let turn: Promise<CapturedEvent[]> = Promise.resolve([]);
  const read = async () => {
    if (after === null || isStopped) return [];
    const from = after;
    const events = await as(async (tx) => eventsSince(tx, await findEventsPlaces(tx), from));
    after = events.length < limits.stock_rebuilt ? null : (events.at(-1)?.id ?? null);
    return events;
  };
  return {
    next() {
      turn = turn.then(read);
      return turn;
    },
    stop() {
      isStopped = true;
    },
  };
}

/** While the database enters one batch, the next is read and derived. */
const LANES = 2;

/** Enters all captured events anew, a batch in a transaction: whoever reads or captures goes on. */
async function enterAll(as: OnBehalf, told: (events: number) => void): Promise<Rebuilt> {
  const batches = readBatches(as);
  const done = { events: 0, entries: 0, rows: 0 };
  const lane = async () => {
    for (let batch = await batches.next(); batch.length > 0; batch = await batches.next()) {
      const events = batch;
      // What lies in a pallet is told by other events, one of which may just be captured.
      for (const some of inSlices(events)) {
        const hold = some.some(namesContainer) ? lockEventsPlaces : holdEventsPlaces;
        const changed = await as(async (tx) => settleAnew(tx, await hold(tx), some));
        done.entries += changed;
      }
      done.events += events.length;
      told(done.events);
    }
  };
  const lanes = Array.from({ length: LANES }, () => lane().finally(batches.stop));
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return done;
}

/**
 * Voids what was declared wrong while its batch was under way: neither of the two could see the
 * other. Captures are waited for, so that from here on both sides do.
 */
async function voidMissed(tx: Tx): Promise<number> {
  const places = await lockEventsPlaces(tx);
  const { rows } = await sql<{ event_id: string; by_event_id: string }>`
    select v.event_id, v.by_event_id from event_void v
    join stock_movement m on m.chain_id = v.chain_id and m.event_id = v.event_id
      and m.owner_id = ${tx.actor.party}::uuid and m.voided_by is null
    -- Of trade's own events the declaration takes back what they moved.
    join event e on e.chain_id = v.chain_id and e.id = v.event_id and e.movement is null
    where v.chain_id = ${tx.chain}::uuid and v.capturer_id = ${tx.actor.party}::uuid`.execute(
    tx.db,
  );
  const touched = await voidEntries(tx, rows);
  await enterMovements(tx, [], rowsOfToday(places, touched));
  return touched.length;
}

/** Folds rows anew that are not what their entries come to. */
async function refold(as: OnBehalf): Promise<number> {
  let rows = 0;
  let after: RowKey | null = null;
  do {
    const from: RowKey | null = after;
    after = await as(async (tx) => {
      const { parted, last } = await partedRows(tx, from);
      await enterMovements(tx, [], parted);
      rows += parted.length;
      return last;
    });
  } while (after !== null);
  return rows;
}

/**
 * Brings the actor's stock to what its captured events say, by the rules and the names of today:
 * its entries to the events, and its rows to the entries. What is right already is not written.
 * @param told is given the number of events that are done, batch by batch
 */
export async function rebuildFromEvents(
  as: OnBehalf,
  told: (events: number) => void = () => {},
): Promise<Rebuilt> {
  const entered = await enterAll(as, told);
  const missed = await as(voidMissed);
  return { ...entered, entries: entered.entries + missed, rows: await refold(as) };
}
