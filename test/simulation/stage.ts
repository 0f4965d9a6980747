import type { FastifyInstance } from 'fastify';
import { modules } from '../../src/app/modules.ts';
import {
  addParty,
  type ChainRole,
  completeUscc,
  createApiKey,
  createChain,
  type Database,
  onBehalfOf,
  openLog,
  openServer,
  openStore,
  openVault,
  seededClock,
} from '../../src/kernel/index.ts';
import { operations } from '../../web/src/generated/api.ts';
import { type Given, type Operation, say, urlOf } from '../conformance/world/client.ts';
import { type Gate, openGate } from './gate.ts';
import type { Actor, Heard, Part, Setter } from './part.ts';

export type Player = Actor & { party: string; key: string };

/** A chain that is ready to be played, behind the real HTTP server, with everything from a seed. */
export type Stage = {
  database: Database;
  gate: Gate;
  chain: string;
  clock: ReturnType<typeof seededClock>;
  parties: Readonly<Record<string, string>>;
  players: readonly Player[];
  ask<Name extends Operation>(player: Player, name: Name, given?: Given<Name>): Promise<Heard>;
  /** One player for each party, that may do everything. */
  all: Readonly<Record<string, Player>>;
  server: FastifyInstance;
  /** Gives a player another key, where somebody has revoked the one it had. */
  renew(player: Player): Promise<void>;
  close(): Promise<void>;
};

export const startOfPlay = '2026-03-02T01:00:00.000Z';

async function openServerOf(store: ReturnType<typeof openStore>): Promise<FastifyInstance> {
  return openServer(store, {
    modules,
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
}

async function seatAll(store: ReturnType<typeof openStore>, parts: readonly Part[]) {
  const names = { slug: 'sim', name_zh: '模拟链', name_en: 'Simulated chain' };
  const chain = await createChain(store, names);
  const parties: Record<string, string> = {};
  const all: Record<string, Player> = {};
  const players: Player[] = [];
  const seat = async (actor: Actor): Promise<Player> => {
    const party = parties[actor.of] as string;
    const scopes = [...actor.scopes];
    const made = await onBehalfOf(store, chain, party, (tx) =>
      createApiKey(tx, { name: actor.name, scopes }),
    );
    return { ...actor, party, key: made.key };
  };
  const cast = Object.entries(Object.assign({}, ...parts.map((part) => part.cast)));
  for (const [at, [name, role]] of cast.entries()) {
    const uscc = completeUscc(`91410100${20_000_000 + at}`);
    const party = { name_zh: name, roles: [role as ChainRole], uscc };
    const added = await onBehalfOf(store, chain, store.newId(), (tx) =>
      addParty(tx, party, { status: 'active', verified: true }),
    );
    parties[name] = added.id;
    all[name] = await seat({ name: `${name}.all`, of: name, scopes: ['*.*.*'], duties: [] });
  }
  for (const { actors } of parts) for (const actor of actors) players.push(await seat(actor));
  return { chain, parties, all, players };
}

/** @param seed of the ids; the dice of the play have a stream of their own. */
export async function openStage(
  database: Database,
  parts: readonly Part[],
  seed: number,
): Promise<Stage> {
  const clock = seededClock(startOfPlay, seed);
  // Nothing here asks what a power cut leaves: `test/crash/killed.test.ts` does.
  const store = openStore(database, clock, () => {}, true, openVault(Buffer.alloc(32, 7), clock));
  const gate = openGate(database);
  const { chain, parties, all, players } = await seatAll(store, parts);
  const server = await openServerOf(store);
  const ask: Stage['ask'] = async (player, name, given = {}) => {
    const said = await say(server, player.key, name, given);
    const url = urlOf(operations[name].path, given.params, given.query);
    return { actor: player, party: player.party, url, said };
  };
  const by: Setter = async (of, name, given) => {
    const { said } = await ask(all[of] as Player, name, given);
    if (said.status >= 300) throw new Error(`The stage: ${name}: ${said.status} ${said.body}`);
    return JSON.parse(said.body);
  };
  for (const part of parts) await part.set?.(by, parties, startOfPlay.slice(0, 10));
  return {
    database,
    gate,
    chain: chain.id,
    clock,
    parties,
    players,
    ask,
    all,
    server,
    async renew(player) {
      const made = await onBehalfOf(store, chain, player.party, (tx) =>
        createApiKey(tx, { name: player.name, scopes: [...player.scopes] }),
      );
      player.key = made.key;
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}
