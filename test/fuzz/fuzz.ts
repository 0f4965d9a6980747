import { modules } from '../../src/app/modules.ts';
import { type Database, limits, seededClock } from '../../src/kernel/index.ts';
import { operations } from '../../web/src/generated/api.ts';
import { urlOf } from '../conformance/world/client.ts';
import { photoBytes } from '../conformance/world/trade-story.ts';
import { diceOf } from '../simulation/dice.ts';
import type { Part } from '../simulation/part.ts';
import { begin, check, moveClock, type Play, playOn } from '../simulation/run.ts';
import { openStage, type Player, type Stage } from '../simulation/stage.ts';
import { askForFigures } from './figures.ts';
import { askedOf, type Request, requestFor, type Samples } from './requests.ts';
import { scans } from './scans.ts';

/** What one run came to: how often each status was answered, and the memory in use on the way. */
export type Fuzzed = { statuses: Map<number, number>; reached: Set<string>; heaps_mb: number[] };

/** So much has happened by then that most things are there to be asked for. */
const stepsBefore = 600;
const checkEvery = 1_000;
/** A request that takes longer has hung: the database gives up on a statement earlier than that. */
const bound_ms = limits.statement_ms + 10_000;

/** Documents of every kind that the platform takes, made by itself. */
async function samplesFrom(stage: Stage): Promise<Samples> {
  const samples = new Map<string, Uint8Array[]>([['image/png', [photoBytes]]]);
  const keep = (type: string, bytes: Uint8Array) =>
    samples.set(type, [...(samples.get(type) ?? []), bytes]);
  const { key } = stage.all.maker as Player;
  const get = async (url: string, accept: string) => {
    const headers = { authorization: `Bearer ${key}`, accept };
    const { statusCode, rawPayload } = await stage.server.inject({ url, headers });
    if (statusCode === 200) keep(accept, rawPayload);
  };
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  for (const kind of ['orders', 'catalogue', 'stock']) {
    const url = urlOf(operations['document.template'].path, { kind });
    for (const type of ['text/csv', sheet]) await get(url, type);
  }
  for (const kind of ['orders', 'invoices', 'stock']) {
    const url = urlOf(operations['export.get'].path, { kind });
    for (const type of ['text/csv', sheet]) await get(url, type);
  }
  const { rows } = await stage.database.owner.query(
    `select 'order' as what, id::text as id from (select id from purchase_order order by id limit 4)
       union all select 'despatch', id::text from (select id from despatch order by id limit 4)
       union all select 'invoice', id::text from (select id from invoice order by id limit 4)`,
  );
  for (const { what, id } of rows as { what: 'order' | 'despatch' | 'invoice'; id: string }[]) {
    await get(urlOf(operations[`${what}.document`].path, { id }), 'application/xml');
  }
  return samples;
}

/** Where the ids of each thing are kept. */
const tableOf = {
  order: 'purchase_order',
  invoice: 'invoice',
  despatch: 'despatch',
  payment: 'payment',
  place: 'place',
  product: 'product',
  dispute: 'dispute',
  agreement: 'supply_agreement',
  sharing: 'sharing_agreement',
  statement_line: 'bank_statement_line',
  entry: 'entry',
  party: 'party',
  document: 'document',
  fact: 'fact',
  file: 'file',
  invitation: 'invitation',
  key: 'api_key',
  statistical_form: 'form',
  form_draft: 'form_draft',
  collection: 'collection',
  collection_ask: 'collection_ask',
  report: 'report',
  recall: 'recall',
  recall_notice: 'recall_notice',
  release: 'release',
  consumer_warning: 'consumer_warning',
  rights_request: 'rights_request',
  webhook: 'webhook',
  event: 'event',
} as const;

async function idsOf({ database }: Stage): Promise<Map<string, string[]>> {
  const parts = Object.entries(tableOf).map(
    ([noun, table]) =>
      `(select '${noun}' as noun, id::text as id from ${table} order by id desc limit 25)`,
  );
  const production = `(select 'production' as noun, id::text as id from event
    where movement is not null and type = 'TransformationEvent' order by id desc limit 25)`;
  const { rows } = await database.owner.query([...parts, production].join(' union all '));
  const ids = new Map<string, string[]>();
  for (const { noun, id } of rows) ids.set(noun, [...(ids.get(noun) ?? []), id]);
  // A receivable has the id of its invoice.
  ids.set('receivable', ids.get('invoice') ?? []);
  // A draft has no id of its own: it is the ask's.
  ids.set('report_draft', ids.get('collection_ask') ?? []);
  return ids;
}

/** Whether a request ended in time; what never ends has to fail the run and not hang it. */
async function within<T>(work: Promise<T>, request: Request): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hangs: ${shown(request)}`)), bound_ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function shown({ method, url, headers, payload }: Request): string {
  const { authorization: _, ...rest } = headers;
  const text =
    payload instanceof Buffer
      ? payload.toString('base64').slice(0, 8_000)
      : payload?.slice(0, 4_000);
  return `${method} ${url.slice(0, 2_000)} ${JSON.stringify(rest)} ${text ?? ''}`;
}

/** Held after everything that can be thrown away was, where the run allows it (`--expose-gc`). */
function heapInMb(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
}

type Fuzzing = { play: Play; fuzzed: Fuzzed; cursors: string[]; ids: Map<string, string[]> };

function learn({ fuzzed, cursors }: Fuzzing, route: string, status: number, body: string): void {
  fuzzed.statuses.set(status, (fuzzed.statuses.get(status) ?? 0) + 1);
  if (status < 300) fuzzed.reached.add(route);
  const next = /"next":"([\w-]+)"/.exec(body)?.[1];
  if (next && cursors.length < 500) cursors.push(next);
}

const msPerRequest = 2_000;

/** Everything that always holds, after whatever was asked for. @throws with what does not */
async function hold({ play }: Fuzzing, at: number): Promise<void> {
  const broken = await check(play, true);
  if (broken.length > 0) throw new Error(`before request ${at}: ${broken.join('\n')}`);
}

/**
 * Asks all routes, for several actors, in ways that their schemas describe and in ways that they do
 * not. Nothing is answered with a 500, nothing hangs, nobody sees another's rows, and whatever the
 * simulation holds true stays true.
 * @throws with the request that did it; the same seed asks the same again
 */
export async function fuzz(
  database: Database,
  parts: readonly Part[],
  seed: number,
  requests: number,
  told: (done: number, fuzzed: Fuzzed) => void = () => {},
): Promise<Fuzzed> {
  const stage = await openStage(database, parts, seed);
  try {
    const play = begin(stage, parts, seed);
    await playOn(play, stepsBefore);
    await askForFigures(stage);
    play.holding = play.holding.filter(({ keyed }) => !keyed);
    const asked = askedOf([...modules.flatMap(({ routes }) => routes), ...scans]);
    const samples = await samplesFrom(stage);
    const those = Object.values(stage.all);
    // What belongs to a person alone no party's sight knows of: here everybody shows a key.
    const keyed = stage.players.filter((one) => !one.is_person);
    const players = [...keyed, ...those, ...those, ...those, ...those];
    const fuzzed: Fuzzed = { statuses: new Map(), reached: new Set(), heaps_mb: [] };
    const fuzzing: Fuzzing = { play, fuzzed, cursors: [], ids: await idsOf(stage) };
    for (let at = 1; at <= requests; at++) {
      // Without time going on, all but the first thousands would be answered 429.
      moveClock(play, msPerRequest);
      const dice = diceOf(seededClock('2026-01-01', Math.imul(seed, 31) + at * 7_919).fraction);
      const one = dice.pick(asked);
      const player = dice.pick(players);
      const request = requestFor(one, player, dice, fuzzing, samples);
      const { authorization } = request.headers;
      const reply = await within(stage.server.inject(request as never), request);
      const { statusCode: status, body } = reply;
      if (status >= 500) throw new Error(`request ${at}: ${status} ${body}\n${shown(request)}`);
      learn(fuzzing, one.route.id, status, body);
      const said = { status, body, headers: reply.headers };
      const isOwn = authorization === `Bearer ${player.key}`;
      if (status === 401 && isOwn) await stage.renew(player);
      if (isOwn) play.heard.push({ actor: player, party: player.party, url: request.url, said });
      if (at % checkEvery !== 0 && at !== requests) continue;
      await hold(fuzzing, at);
      fuzzing.ids = await idsOf(stage);
      fuzzed.heaps_mb.push(heapInMb());
      told(at, fuzzed);
    }
    return fuzzed;
  } finally {
    await stage.close();
  }
}
