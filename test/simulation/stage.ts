import type { FastifyInstance } from 'fastify';
import { modules } from '../../src/app/modules.ts';
import { loadReader } from '../../src/flows/data/index.ts';
import {
  addParty,
  type ChainRole,
  completeUscc,
  createChain,
  type Database,
  onBehalfOf,
  openLog,
  openServer,
  openStore,
  openVault,
  type Store,
  seededClock,
} from '../../src/kernel/index.ts';
import { loadReleaser } from '../../src/observatory/publishing/index.ts';
import { askAt, type Given, type Operation } from './doors.ts';
import { type Gate, openGate } from './gate.ts';
import type { Heard, Part, Setter } from './part.ts';
import { openSeats, type Player } from './seats.ts';
import { openTurnstile } from './turnstile.ts';

export type { Player } from './seats.ts';

/** A chain that is ready to be played, behind the real HTTP server, with everything from a seed. */
export type Stage = {
  database: Database;
  store: Store;
  gate: Gate;
  chain: string;
  clock: ReturnType<typeof seededClock>;
  parties: Readonly<Record<string, string>>;
  players: readonly Player[];
  ask<Name extends Operation>(player: Player, name: Name, given?: Given<Name>): Promise<Heard>;
  /** One player for each party, that may do everything. */
  all: Readonly<Record<string, Player>>;
  server: FastifyInstance;
  renew(player: Player): Promise<void>;
  /** Work in the threads of the process, which other lives use as well. */
  share<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export const startOfPlay = '2026-03-02T01:00:00.000Z';

/** Of all lives of this process. */
const threads = openTurnstile();
/** What works in a thread. */
const inThreads: ReadonlySet<Operation> = new Set([
  'release.draft',
  'release.revise',
  'release.check',
  'release.verify',
  'report_draft.import',
]);

async function openServerOf(store: Store): Promise<FastifyInstance> {
  return openServer(store, {
    modules,
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
}

async function seatAll(store: Store, parts: readonly Part[]) {
  const names = { slug: 'sim', name_zh: '模拟链', name_en: 'Simulated chain' };
  const chain = await createChain(store, names);
  const seats = openSeats(store, chain);
  const parties: Record<string, string> = {};
  const all: Record<string, Player> = {};
  const players: Player[] = [];
  const cast = Object.entries(Object.assign({}, ...parts.map((part) => part.cast)));
  for (const [at, [name, role]] of cast.entries()) {
    const uscc = completeUscc(`91410100${20_000_000 + at}`);
    const party = { name_zh: name, roles: [role as ChainRole], uscc };
    const added = await onBehalfOf(store, chain, store.newId(), (tx) =>
      addParty(tx, party, { status: 'active', verified: true }),
    );
    parties[name] = added.id;
    const everything = { name: `${name}.all`, of: name, scopes: ['*.*.*'], duties: [] };
    all[name] = await seats.seat(everything, added.id);
  }
  for (const { actors } of parts) {
    for (const actor of actors) players.push(await seats.seat(actor, parties[actor.of] as string));
  }
  return { chain, parties, all, players, renew: seats.renew };
}

/** @param seed of the ids; the dice of the play have a stream of their own. */
export async function openStage(
  database: Database,
  parts: readonly Part[],
  seed: number,
): Promise<Stage> {
  await Promise.all([loadReader(), loadReleaser()]);
  const clock = seededClock(startOfPlay, seed);
  // Nothing here asks what a power cut leaves: `test/crash/killed.test.ts` does.
  const store = openStore(database, clock, () => {}, true, openVault(Buffer.alloc(32, 7), clock));
  const gate = openGate(database);
  const { chain, parties, all, players, renew } = await seatAll(store, parts);
  const server = await openServerOf(store);
  const ask: Stage['ask'] = async (player, name, given = {}) => {
    const asked = () => askAt(server, player.key, name, given);
    const heard = inThreads.has(name) ? await threads(gate, asked) : await asked();
    return { actor: player, party: player.party, ...heard };
  };
  const by: Setter = async (of, name, given) => {
    const { said } = await ask(all[of] as Player, name, given);
    if (said.status >= 300) throw new Error(`The stage: ${name}: ${said.status} ${said.body}`);
    return said.body === '' ? said.body : JSON.parse(said.body);
  };
  for (const part of parts) await part.set?.(by, parties, startOfPlay.slice(0, 10));
  return {
    database,
    store,
    gate,
    chain: chain.id,
    clock,
    parties,
    players,
    ask,
    all,
    server,
    renew,
    share: (work) => threads(gate, work),
    async close() {
      await server.close();
      await database.close();
    },
  };
}
