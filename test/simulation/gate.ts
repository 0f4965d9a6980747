import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { Database } from '../../src/kernel/db/place.ts';

type Query = (...args: unknown[]) => Promise<unknown>;
type Settle = { resolve(value: unknown): void; reject(error: unknown): void };
type Held = Settle & { client: pg.PoolClient; send(): Promise<unknown> };
/** A statement that was sent and waits for a lock of another racer's. */
type Flight = Held & {
  answer: { deliver(): void } | null;
  answered: Promise<void>;
  /** The server processes that it waits for. */
  waitsFor: readonly number[];
};
type Racer = { queue: Held[]; flight: Flight | null; client: pg.PoolClient | null; done: boolean };

/** Which of so many goes on: a whole number below it. */
export type Pick = (count: number) => number;

/**
 * Stands between the application and its database. It lets requests run at once in an order that a
 * seed chooses, statement by statement, and can lose the answer of a commit.
 */
export type Gate = {
  /**
   * Runs these at once. One statement is under way at a time: the dice choose whose goes next, its
   * answer is given, and everything of ours has come to rest before they choose again. One that
   * waits for a lock stays under way while the others go on.
   * @returns what came of each, and whose turn it was, as text
   */
  race<T>(works: readonly (() => Promise<T>)[], pick: Pick): Promise<{ all: T[]; turns: string }>;
  /**
   * The next commit happens, and its answer never comes.
   * @returns calls it off where nothing was committed
   */
  loseCommit(): () => void;
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const rest = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const tooLong_ms = 60_000;

function lostAnswer(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

/** Each connection of the pool, so that what it is asked comes here first. */
function intercept(
  pool: pg.Pool,
  ask: (client: pg.PoolClient, query: Query, args: unknown[]) => Promise<unknown>,
  lent: (client: pg.PoolClient) => void,
): void {
  const known = new WeakSet<pg.PoolClient>();
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  pool.connect = ((...args: unknown[]) => {
    if (args.length > 0) return connect(...args);
    return (connect() as Promise<pg.PoolClient>).then((client) => {
      lent(client);
      if (known.has(client)) return client;
      known.add(client);
      const query = client.query.bind(client) as Query;
      client.query = ((...asked: unknown[]) => ask(client, query, asked)) as typeof client.query;
      return client;
    });
  }) as typeof pool.connect;
}

const textOf = ([asked]: unknown[]) =>
  typeof asked === 'string' ? asked : (asked as { text: string }).text;

const processOf = (client: pg.PoolClient | null) =>
  (client as unknown as { processID: number } | null)?.processID;

/**
 * Whose turn it can be. While one waits for a lock, it is the turn of whoever holds it: two that
 * wait for the same one would be woken in an order that no seed knows.
 */
function mayGoOn(racers: readonly Racer[]): Racer[] {
  const ready = racers.filter(({ flight, queue }) => (flight ? flight.answer : queue.length > 0));
  const waiting = racers.flatMap(({ flight }) => (flight && !flight.answer ? [flight] : []));
  if (waiting.length === 0) return ready;
  const holding = new Set(waiting.flatMap(({ waitsFor }) => waitsFor));
  return ready.filter(({ client }) => holding.has(processOf(client) ?? 0));
}

/** The gate's own state: `stir` wakes whoever waits for the racers to move. */
type Keeper = { database: Database; stir: () => void };

/** Waits until everybody is done, or has a statement at the gate or under way. */
async function settled(keeper: Keeper, racers: readonly Racer[]): Promise<void> {
  const until = performance.now() + tooLong_ms;
  await rest();
  while (racers.some((one) => !one.done && !one.flight && one.queue.length === 0)) {
    if (performance.now() > until) throw new Error('A racer neither asks nor ends.');
    await Promise.race([pause(50), new Promise<void>((resolve) => (keeper.stir = resolve))]);
    await rest();
  }
}

async function findWaits({ database }: Keeper, flight: Flight): Promise<boolean> {
  const { rows } = await database.owner.query('select pg_blocking_pids($1) as pids', [
    processOf(flight.client),
  ]);
  flight.waitsFor = rows[0].pids;
  return flight.waitsFor.length > 0;
}

/** Waits for the answer of a statement, or until it is known to wait for somebody else. */
async function answeredOrBlocked(keeper: Keeper, flight: Flight): Promise<void> {
  const until = performance.now() + tooLong_ms;
  while (flight.answer === null) {
    await Promise.race([flight.answered, pause(8)]);
    if (flight.answer !== null || (await findWaits(keeper, flight))) return;
    if (performance.now() > until) throw new Error('A statement neither ends nor waits.');
  }
}

function send(racer: Racer, held: Held): Flight {
  const answered = Promise.resolve();
  const flight: Flight = { ...held, answer: null, answered, waitsFor: [] };
  const keep = (deliver: () => void) => {
    flight.answer = { deliver };
  };
  flight.answered = held.send().then(
    (value) => keep(() => held.resolve(value)),
    (error: unknown) => keep(() => held.reject(error)),
  );
  racer.flight = flight;
  return flight;
}

function deliver(racer: Racer): void {
  racer.flight?.answer?.deliver();
  racer.flight = null;
}

async function turn(keeper: Keeper, racer: Racer): Promise<void> {
  if (racer.flight === null) {
    await answeredOrBlocked(keeper, send(racer, racer.queue.shift() as Held));
  }
  if (racer.flight?.answer) deliver(racer);
}

async function runTurns(keeper: Keeper, racers: readonly Racer[], pick: Pick): Promise<string> {
  let turns = '';
  for (;;) {
    await settled(keeper, racers);
    const flights = racers.flatMap(({ flight }) => (flight ? [flight] : []));
    for (const flight of flights) await answeredOrBlocked(keeper, flight);
    const ready = mayGoOn(racers);
    if (ready.length === 0) {
      if (racers.every(({ done }) => done)) return turns;
      // All wait for each other: the database chooses who gives way.
      await Promise.race(flights.map(({ answered }) => answered));
      continue;
    }
    const racer = ready[pick(ready.length)] as Racer;
    turns += racers.indexOf(racer);
    await turn(keeper, racer);
  }
}

/** Opens the gate in front of a database's application pool. */
export function openGate(database: Database): Gate {
  const self = new AsyncLocalStorage<Racer>();
  const holders = new WeakMap<pg.PoolClient, Racer>();
  const keeper: Keeper = { database, stir: () => {} };
  let losing = false;

  const lose = async (sent: Promise<unknown>) => {
    losing = false;
    await sent;
    throw lostAnswer();
  };
  intercept(
    database.app,
    (client, query, args) => {
      const racer = holders.get(client);
      if (!racer) {
        const isLost = losing && textOf(args) === 'commit';
        return isLost ? lose(query(...args)) : query(...args);
      }
      return new Promise((resolve, reject) => {
        racer.queue.push({ client, resolve, reject, send: () => query(...args) });
        keeper.stir();
      });
    },
    (client) => {
      const racer = self.getStore();
      if (!racer) return void holders.delete(client);
      holders.set(client, racer);
      racer.client = client;
    },
  );

  return {
    async race(works, pick) {
      if (database.place === 'pglite') {
        const all = [];
        for (const work of works) all.push(await work());
        return { all, turns: 'one connection: one after the other' };
      }
      const racers: Racer[] = [];
      const running: ReturnType<(typeof works)[number]>[] = [];
      for (const work of works) {
        const racer: Racer = { queue: [], flight: null, client: null, done: false };
        racers.push(racer);
        const run = self.run(racer, work) as ReturnType<typeof work>;
        const end = () => {
          racer.done = true;
          keeper.stir();
        };
        run.then(end, end);
        running.push(run);
        // One after the other up to its first statement: they share the maker of ids.
        await settled(keeper, [racer]);
      }
      const turns = await runTurns(keeper, racers, pick);
      return { all: await Promise.all(running), turns };
    },
    loseCommit() {
      losing = true;
      return () => {
        losing = false;
      };
    },
  };
}
