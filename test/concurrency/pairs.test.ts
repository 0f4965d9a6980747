import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { seededClock } from '../../src/kernel/index.ts';
import { type Said, say } from '../conformance/world/client.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { cast, type Player } from '../conformance/world/trade-story.ts';
import { openWorld, type World } from '../conformance/world/world.ts';
import { diceOf } from '../simulation/dice.ts';
import { type Gate, openGate } from '../simulation/gate.ts';
import { type Contender, contenders, type Scene, type Stage, stages } from './commands.ts';
import { outcomeOf, setScene } from './scene.ts';

let world: World<Player>;
let gate: Gate;
let scenes = 0;

beforeAll(async () => {
  world = await openWorld(cast);
  gate = openGate(world.test.store.database);
}, 60_000);
afterAll(() => world?.close());

const dice = diceOf(seededClock('2026-01-01', 20_260_302).fraction);
const ownerOf = () => world.test.store.database.owner;
const send = ({ who, name, given }: Contender, scene: Scene) =>
  say(world.server, world.keys[who], name, given(scene));
const setAnew = (stage: Stage) => setScene(world, stage, `P${++scenes}`);

type End = { statuses: number[]; outcome: unknown };

async function endOf(scene: Scene, said: readonly Said[]): Promise<End> {
  const statuses = said.map(({ status }) => (status < 300 ? 200 : status));
  return { statuses, outcome: await outcomeOf(ownerOf(), scene) };
}

/** One after the other: what each of the two orders comes to. */
async function inTurn(stage: Stage, pair: readonly [Contender, Contender]): Promise<End[]> {
  const ends: End[] = [];
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const scene = await setAnew(stage);
    const said: Said[] = [];
    for (const at of order) said[at] = await send(pair[at], scene);
    ends.push(await endOf(scene, said));
  }
  return ends;
}

async function atOnce(stage: Stage, pair: readonly [Contender, Contender]) {
  const scene = await setAnew(stage);
  const { all, turns } = await gate.race(
    pair.map((one) => () => send(one, scene)),
    (among) => dice.between(0, among - 1),
  );
  return { end: await endOf(scene, all), turns, all };
}

const pairsAt = (stage: Stage) => {
  const able = contenders.filter(({ at }) => at.includes(stage));
  return able.flatMap((one, from) => able.slice(from).map((other) => [one, other] as const));
};

describe.skipIf(inject('postgres') === null)('two commands at one thing, at once', () => {
  for (const stage of stages) {
    it(`come to what one of the two orders comes to, at an order that is ${stage}`, async () => {
      for (const pair of pairsAt(stage)) {
        const serial = await inTurn(stage, pair);
        const { end, turns, all } = await atOnce(stage, pair);
        const names = `${pair.map(({ name }) => name)} ${turns} ${all.map(({ body }) => body)}`;
        expect(serial, names).toContainEqual(end);
      }
    }, 300_000);
  }

  it('leave the chain sound', async () => {
    expect(scenes).toBeGreaterThan(250);
    expect(await unsound(ownerOf())).toEqual([]);
  });
});
