import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import {
  decodeCursor,
  Fault,
  limits,
  type Problem,
  pageOf,
  present,
  recordFact,
  recordFacts,
  type Tx,
  uuid,
} from '../../../kernel/index.ts';
import type { EpcisDocument } from '../epcis/document.ts';
import type { Judgement } from '../epcis/read.ts';
import { fault } from '../faults.ts';
import type { Catalogue } from '../shelf/names.ts';
import { moveByEvents } from '../shelf/settling.ts';
import { findMembers, partiesIn } from './audience.ts';
import { keepMasterData } from './master-data.ts';
import {
  type NewEvent,
  type StoredEvent,
  type StoringOutcome,
  storeEvents,
} from './stored-events.ts';

/** All or nothing, or whatever is sound (header GS1-Capture-Error-Behaviour). */
export type CaptureBehaviour = 'rollback' | 'proceed';

/** What became of a document (EPCIS 2.0, REST binding, capture job). */
export type Capture = {
  id: string;
  behaviour: CaptureBehaviour;
  success: boolean;
  /** Events in the document; of them captured now; of them known before, which are left alone. */
  events: number;
  captured: number;
  known: number;
  errors: Problem[];
  created_at: string;
  finished_at: string;
};

/**
 * Captures a document in the transaction of `tx`, and moves the stock that its events move; or
 * keeps why not.
 * @returns the capture, and with it the fault where the document is refused as a whole
 * @throws goods.too_many_events
 */
export async function captureDocument(
  tx: Tx,
  { document, problems, places, of_events }: Judgement,
  behaviour: CaptureBehaviour,
  catalogue: Catalogue,
): Promise<{ capture: Capture; refused: Fault | null }> {
  if (document && document.events.length > limits.epcis_capture_events) {
    const most = limits.epcis_capture_events;
    throw fault('goods.too_many_events', { count: document.events.length, most });
  }
  const id = tx.newId();
  const sent = (document?.events.length ?? 0) + (document?.unread?.length ?? 0);
  const broken = [...problems, ...[...of_events.values()].flat()].slice(0, MOST_ERRORS);
  const isRefused = problems.length > 0 || (behaviour === 'rollback' && broken.length > 0);
  if (document === undefined || isRefused) {
    const counts = { events: sent, captured: 0, known: 0 };
    const capture = keep(tx, { id, behaviour, ...counts, errors: broken }, null);
    const refused = fault('goods.epcis_refused', { count: broken.length }, broken);
    return { capture, refused };
  }
  const sound = [...document.events.keys()].filter((at) => !of_events.has(places[at] ?? at));
  tx.write(sql.raw('savepoint capture'));
  const events = await newEvents(tx, soundEvents(document, sound), id);
  const stored = await storeEvents(tx, events);
  const placeOf = (at: number) => places[sound[at] ?? 0] ?? 0;
  const unstored = stored.flatMap(({ outcome }, at) => whyNot(outcome, placeOf(at)));
  const errors = [...broken, ...unstored].slice(0, MOST_ERRORS);
  const isUndone = behaviour === 'rollback' && unstored.length > 0;
  if (isUndone) {
    await tx.settle();
    await sql.raw('rollback to savepoint capture').execute(tx.db);
  }
  const count = (wanted: StoringOutcome) =>
    isUndone ? 0 : stored.filter(({ outcome }) => outcome === wanted).length;
  const counts = {
    events: sent,
    captured: count('stored'),
    known: count('known'),
  };
  const capture = keep(tx, { id, behaviour, ...counts, errors }, headerOf(document));
  if (!isUndone) {
    const now = stored.filter(({ outcome }) => outcome === 'stored');
    await settle(
      tx,
      capture,
      document,
      now.map(({ hash }) => hash),
    );
    await moveByEvents(tx, newAmong(events, stored), catalogue);
  }
  return { capture, refused: null };
}

const MOST_ERRORS = 200;

const newAmong = (events: readonly NewEvent[], stored: readonly StoredEvent[]) =>
  events.flatMap(({ event }, at) => {
    const { id, outcome } = present(stored[at], 'every event has an outcome');
    return outcome === 'stored' ? [{ id, event }] : [];
  });

/** An event, and the namespaces of what it came in. */
type SoundEvent = Pick<NewEvent, 'event' | 'prefixes'>;

async function newEvents(
  tx: Tx,
  sound: readonly SoundEvent[],
  capture_id: string | null,
): Promise<NewEvent[]> {
  const members = await findMembers(
    tx,
    sound.map(({ event }) => event),
  );
  return sound.map((one) => ({
    ...one,
    parties: partiesIn(one.event, tx.actor.party, members),
    capture_id,
    movement: null,
  }));
}

/** The events of a document that may be stored. */
function soundEvents({ events, context }: EpcisDocument, sound: readonly number[]): SoundEvent[] {
  return sound.map((at) => ({
    event: present(events[at], 'an event of the document'),
    prefixes: context.prefixes,
  }));
}

function whyNot(outcome: StoringOutcome, at: number): Problem[] {
  const path = `epcisBody.eventList[${at}].eventID`;
  if (outcome === 'taken') {
    return [
      {
        rule: 'EPCIS-EVENT-ID',
        path,
        zh: '这个 eventID 已用于另一个内容不同的事件。更正请用 errorDeclaration。',
        en: 'This eventID stands for another event already. To correct one, send errorDeclaration.',
      },
    ];
  }
  if (outcome === 'moves_stock') {
    return [
      {
        rule: 'EPCIS-OF-TRADE',
        path,
        zh: '该事件由平台记录并已变动库存：生产请在平台上更正，其余请用退货或盘点更正。',
        en: 'Trade recorded this event and moved stock: correct it there, by a return or a count.',
      },
    ];
  }
  return [];
}

/** What stands in a document beside its events, where it says anything: kept as it was sent. */
function headerOf(document: EpcisDocument): Record<string, unknown> | null {
  const { kind, context, header, extensions, ...all } = document;
  const { events: _, masterData: __, unread: ___, ...rest } = all;
  const says =
    rest.sbdh || header.length > 0 || extensions.length > 0 || rest.sender || rest.receiver;
  return says ? { kind, context, header, extensions, ...rest } : null;
}

function keep(
  tx: Tx,
  given: Omit<Capture, 'success' | 'created_at' | 'finished_at'>,
  header: Record<string, unknown> | null,
): Capture {
  const capture = {
    ...given,
    success: given.errors.length === 0,
    created_at: tx.now,
    finished_at: tx.now,
  };
  tx.append('capture', [
    {
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      ...capture,
      errors: JSON.stringify(capture.errors),
      header: header === null ? null : JSON.stringify(header),
    },
  ]);
  return capture;
}

/**
 * Master data, and one fact for the whole document: sealed with the chain's other facts, it lets
 * anybody check later that these very events had been captured by then. `digest` is the SHA-256 of
 * their event hashes (CBV 2.0, 8.9.2), sorted, one a line.
 */
async function settle(
  tx: Tx,
  { id, captured }: Capture,
  document: EpcisDocument,
  hashes: readonly string[],
): Promise<void> {
  keepMasterData(tx, id, document.masterData);
  if (captured === 0) return;
  const digest = createHash('sha256').update(hashes.toSorted().join('\n')).digest('hex');
  await recordFact(tx, {
    type: 'goods.document.captured',
    subject: id,
    parties: [tx.actor.party],
    body: { events: captured, digest },
  });
}

const columns = [
  'id',
  'behaviour',
  'success',
  'events',
  'captured',
  'known',
  'errors',
  'created_at',
  'finished_at',
] as const;

/** @throws goods.capture_unknown where there is none, or it is somebody else's */
export async function getCapture(tx: Tx, id: string): Promise<Capture> {
  const row = uuid.safeParse(id).success
    ? await tx.db
        .selectFrom('capture')
        .select(columns)
        .where('chain_id', '=', tx.chain)
        .where('id', '=', id.toLowerCase())
        .executeTakeFirst()
    : undefined;
  if (!row) throw fault('goods.capture_unknown');
  return row as unknown as Capture;
}

/** The actor's captures, newest first. */
export async function listCaptures(tx: Tx, { limit, after }: { limit: number; after?: string }) {
  let rows = tx.db
    .selectFrom('capture')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
  if (after) rows = rows.where('id', '<', decodeCursor(after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(found as unknown as Capture[], limit, (row) => [row.id]);
}

/**
 * Captures single events, each by itself.
 * @returns for each its eventID, or why nothing of it was kept: goods.epcis_refused,
 *   goods.event_exists
 */
export async function captureEvents(
  tx: Tx,
  judgements: readonly Judgement[],
  catalogue: Catalogue,
): Promise<(string | Fault)[]> {
  const read = judgements.map(soundEvent);
  const sound = read.flatMap((one) => (one instanceof Fault ? [] : [one]));
  const events = await newEvents(tx, sound, null);
  const stored = await storeEvents(tx, events);
  const kept = stored.filter(({ outcome }) => outcome === 'stored');
  await recordFacts(
    tx,
    kept.map(({ id, eventID, hash }) => ({
      type: 'goods.event.captured',
      subject: id,
      parties: [tx.actor.party],
      body: { event_id: eventID, hash },
    })),
  );
  await moveByEvents(tx, newAmong(events, stored), catalogue);
  const said = stored.map(({ outcome, eventID }) =>
    outcome === 'stored' ? eventID : eventExists(outcome),
  );
  return read.map((one) =>
    one instanceof Fault ? one : present(said.shift(), 'an outcome for each sound event'),
  );
}

/** The one event of a body, and what its names mean; the fault where there is something wrong. */
function soundEvent({ document, problems, of_events }: Judgement): SoundEvent | Fault {
  const broken = [...problems, ...[...of_events.values()].flat()].slice(0, MOST_ERRORS);
  if (document && document.kind !== 'event') {
    broken.unshift({
      rule: 'EPCIS-STRUCTURE',
      path: 'type',
      zh: '这里接收单个事件；整份文档请发到 /epcis/capture。',
      en: 'One event goes here. Send documents to /epcis/capture.',
    });
  }
  if (document === undefined || broken.length > 0) {
    return fault('goods.epcis_refused', { count: broken.length }, broken);
  }
  const event = present(document.events[0], 'a bare event is one event');
  return { event, prefixes: document.context.prefixes };
}

function eventExists(outcome: StoringOutcome): Fault {
  const [why] = whyNot(outcome, 0);
  return fault('goods.event_exists', why ?? { zh: '该事件已有记录。', en: 'It is known already.' });
}
