import { createHash } from 'node:crypto';
import { type Database, seededClock } from '../../src/kernel/index.ts';
import { idsIn } from '../conformance/eyes/sight.ts';
import { type Dice, diceOf } from './dice.ts';
import { type Message, openNetwork } from './network.ts';
import type { Check, Heard, Invariant, Part, Scene, View } from './part.ts';
import { openStage, type Player, type Stage } from './stage.ts';

const fullCheckEvery = 250;
const dayMs = 86_400_000;

/** Something that always holds did not. Its text says how to see it again. */
export class Broken extends Error {}

export type Life = { trace: string; steps: number; commands: Map<string, number> };

const instantOf = (ms: number) => new Date(ms).toISOString();
const atOnce = ({ clock }: Stage): [number, number] => {
  const now = clock.now().getTime();
  return [now, now];
};

type Holding = Invariant & { check: Check };

/** One life, step by step. */
export type Play = {
  stage: Stage;
  dice: Dice;
  network: ReturnType<typeof openNetwork>;
  parts: readonly Part[];
  holding: readonly Holding[];
  heard: Heard[];
  since: string;
  between: [from: number, to: number];
  step: number;
  trace: ReturnType<typeof createHash>;
  last: string[];
  life: Life;
};

function note(play: Play, what: string, heard: readonly Heard[]): void {
  for (const one of heard.length > 0 ? heard : [null]) {
    const said = one ? `${one.actor.name} ${one.url} ${one.said.status} ${one.said.body}` : '';
    play.trace.update(`${play.step} ${what} ${said}\n`);
    play.last.push(`${play.step} ${what} ${said.slice(0, 400)}`);
  }
  play.last.splice(0, play.last.length - 12);
}

function viewOf(play: Play, player: Player, focus: ReadonlySet<string>): View {
  const { stage, dice } = play;
  const ahead = (ms: number) => instantOf(stage.clock.now().getTime() + ms);
  // While it thinks nobody else is at work: what it has read already it need not ask for again.
  const known = new Map<string, string>();
  const find: View['find'] = async (name, given) => {
    const asked = `${name} ${JSON.stringify(given)}`;
    const before = known.get(asked);
    if (before !== undefined) return JSON.parse(before);
    const heard = await stage.ask(player, name, given);
    play.heard.push(heard);
    note(play, name, [heard]);
    const { status, body } = heard.said;
    if (status >= 300 && status !== 404) {
      throw new Broken(`a read of ${player.name}: ${name} ${status} ${body}`);
    }
    const found = status === 404 ? 'null' : body;
    known.set(asked, found);
    return JSON.parse(found);
  };
  return {
    me: player.party,
    dice,
    day: (days) => ahead(days * dayMs).slice(0, 10),
    instant: (minutes) => ahead(minutes * 60_000),
    find,
    async read(name, given) {
      const found = await find(name, given);
      if (found === null) throw new Broken(`a read of ${player.name}: ${name} found nothing`);
      return found;
    },
    pick(from) {
      if (from.length === 0) return undefined;
      const met = from.find((one) => idsIn(JSON.stringify(one)).some((id) => focus.has(id)));
      return met ?? dice.pick(from);
    },
  };
}

const nothing: ReadonlySet<string> = new Set();

/** Lets an actor think: it chooses among what it may do until something can be done. */
async function think(
  play: Play,
  player: Player,
  focus = nothing,
  like?: Message['name'],
): Promise<Message | null> {
  const able = play.parts
    .flatMap(({ commands }) => commands)
    .filter(({ duty }) => player.duties.includes(duty));
  const bag = able.flatMap((one) => Array.from({ length: one.weight }, () => one));
  const view = viewOf(play, player, focus);
  for (let tries = 0; tries < 4 && bag.length > 0; tries++) {
    const same = tries === 0 ? able.find(({ name }) => name === like) : undefined;
    const chosen = same ?? play.dice.pick(bag);
    const given = await chosen.choose(view);
    if (given) return play.network.write(player, chosen.name, given);
    if (chosen.looks) return null;
  }
  return null;
}

function count(play: Play, heard: readonly Heard[], name: string): void {
  const { commands } = play.life;
  for (const { said } of heard) {
    const key = `${name} ${said.status < 300 ? 'done' : said.status}`;
    commands.set(key, (commands.get(key) ?? 0) + 1);
  }
}

/** What a message brought back; the same one never has a second answer. */
function answered(message: Message, heard: readonly Heard[], lost = false): string[] {
  return heard.flatMap(({ said }) => {
    if (lost && said.status === 503) return [];
    if (said.status >= 500) return [`${message.name}: ${said.status}: ${said.body}`];
    if (said.status >= 300) {
      if (message.done === null) return [];
      return [`${message.name} was done and is refused now: ${said.body}`];
    }
    const before = message.done;
    message.done = said.body;
    if (before === null || before === said.body) return [];
    return [`${message.name} has two answers under one key: ${before} and ${said.body}`];
  });
}

async function deliver(play: Play, message: Message): Promise<string[]> {
  const { fault, heard } = await play.network.send(message, play.step);
  play.heard.push(...heard);
  note(play, `${message.player.name} ${message.name} [${fault}]`, heard);
  count(play, heard, message.name);
  return answered(message, heard, fault === 'commit unanswered');
}

/** Two actors at one thing, at once; or one that sends the same twice as two commands. */
async function race(play: Play): Promise<string[]> {
  const { dice, stage, network } = play;
  const first = await think(play, dice.pick(stage.players));
  if (!first) return [];
  // At one of the things that the first is about: the order, say, or the place it is sent from.
  const ids = idsIn(JSON.stringify(first.given)).filter((id) => id !== first.player.party);
  const focus = new Set(ids.length > 0 ? [dice.pick(ids)] : []);
  const again = dice.chance(0.2);
  const like = dice.chance(0.5) ? first.name : undefined;
  const rivals = stage.players.filter(({ of }) => like === undefined || of === first.player.of);
  const second = again
    ? network.write(first.player, first.name, first.given)
    : await think(play, dice.pick(rivals), focus, like);
  const messages = second ? [first, second] : [first];
  const { all, turns } = await stage.gate.race(
    messages.map((message) => () => network.arrive(message)),
    (among) => dice.between(0, among - 1),
  );
  play.heard.push(...all);
  note(play, `race ${messages.map(({ name }) => name)} ${turns}`, all);
  for (const [at, message] of messages.entries()) count(play, all.slice(at, at + 1), message.name);
  return messages.flatMap((message, at) => answered(message, all.slice(at, at + 1)));
}

/** Moves the clock of a play, and keeps what it has been since everything was looked at. */
export function moveClock(play: Play, ms: number): void {
  const at = play.stage.clock.now().getTime() + ms;
  play.stage.clock.set(new Date(at));
  play.between = [Math.min(play.between[0], at), Math.max(play.between[1], at)];
}

function turnClock(play: Play): void {
  const { dice } = play;
  const jump = dice.fraction();
  const minutes =
    jump < 0.01
      ? dice.between(1, 40) * 1_440
      : jump < 0.02
        ? -dice.between(1, 600)
        : dice.between(1, 90);
  moveClock(play, minutes * 60_000);
}

/** Somebody who may meet a clockwork at one of its things, and what they want of it. */
async function rivalOf(play: Play, { commands }: Part): Promise<Message | null> {
  const duties = new Set(commands.map(({ duty }) => duty));
  const those = play.stage.players.filter((one) => one.duties.some((duty) => duties.has(duty)));
  return think(play, play.dice.pick(those));
}

/** A round of a server that does not hear of its commit. */
async function breakOff({ stage }: Play, turn: () => Promise<unknown>): Promise<string> {
  const keep = stage.gate.loseCommit();
  const ended = await turn().then(String, (error: Error) => error.message);
  keep();
  return ended;
}

/**
 * One round of something that goes by the clock: broken off, or whole; on one server or on two at
 * once; and now and then at the same moment as somebody who is at the same things.
 */
async function goByClock(play: Play, part: Part): Promise<string[]> {
  const { dice, stage, network } = play;
  const { name, round, left } = dice.pick(part.clockworks ?? []);
  const turn = () => stage.share(() => round(stage.store));
  if (dice.chance(0.15)) {
    const ended = await breakOff(play, turn);
    note(play, `the clock: ${name}, broken off: ${ended}`, []);
    return /^\d+$|ECONNRESET/.test(ended) ? [] : [`the clock: ${name}: ${ended}`];
  }
  const message = dice.chance(0.3) ? await rivalOf(play, part) : null;
  const heard: Heard[] = [];
  const works = dice.chance(0.3) ? [turn, turn] : [turn];
  if (message) works.push(async () => heard.push(await network.arrive(message)));
  const { turns } = await stage.gate.race(works, (among) => dice.between(0, among - 1));
  play.heard.push(...heard);
  note(play, `the clock: ${name} ${message?.name} ${turns}`, heard);
  const now = stage.clock.now().toISOString();
  const found = await left({ owner: stage.database.owner, chain: stage.chain, now });
  if (!message) return found;
  count(play, heard, message.name);
  return [...answered(message, heard), ...found];
}

/** @returns what is wrong, or null where nothing was sent and so nothing can have changed */
async function takeStep(play: Play): Promise<string[] | null> {
  turnClock(play);
  const timed = play.parts.filter(({ clockworks = [] }) => clockworks.length > 0);
  if (timed.length > 0 && play.dice.chance(0.04)) return goByClock(play, play.dice.pick(timed));
  const due = play.network.due(play.step);
  if (due) return deliver(play, due);
  if (play.dice.chance(0.1)) return race(play);
  const message = await think(play, play.dice.pick(play.stage.players));
  return message ? deliver(play, message) : null;
}

const markSql = 'select pg_current_xact_id()::xid::text as mark';

/** In which of these tables something was written since. */
async function writtenIn({ owner, chain, since }: Scene, tables: ReadonlySet<string>) {
  const each = [...tables].map(
    (table) => `select '${table}' as name where exists (select 1 from "${table}"
      where chain_id = $1 and xmin::text::bigint >= $2)`,
  );
  if (each.length === 0) return new Set<string>();
  const asked = { name: 'sim_written_in', text: each.join(' union all '), values: [chain, since] };
  const { rows } = await owner.query(asked);
  return new Set(rows.map(({ name }) => name as string));
}

/** What is cheap, of what a step can have changed. */
async function checkStep(holding: readonly Holding[], scene: Scene): Promise<string[]> {
  const cheap = holding.filter(({ every }) => every === 'step');
  const written = await writtenIn(scene, new Set(cheap.flatMap(({ of = [] }) => of)));
  const due = cheap.filter(({ of }) => !of || of.some((table) => written.has(table)));
  const found = due.map(async (one) => said(one, await one.check(scene)));
  return (await Promise.all(found)).flat();
}

/** Holds everything to what always holds; nobody else is at work meanwhile. */
export async function check(play: Play, full: boolean): Promise<string[]> {
  const { stage, holding } = play;
  const { owner } = stage.database;
  const scene: Scene = {
    owner,
    chain: stage.chain,
    since: play.since,
    now: stage.clock.now().toISOString(),
    between: [instantOf(play.between[0]), instantOf(play.between[1])],
    parties: stage.parties,
    heard: play.heard,
    read: (party, name, given) => stage.ask(stage.all[party] as Player, name, given),
  };
  const [marked, found] = await Promise.all([owner.query(markSql), checkStep(holding, scene)]);
  play.since = marked.rows[0].mark;
  if (!full) return found;
  for (const one of holding) {
    if (one.every === 'while') found.push(...said(one, await one.check(scene)));
  }
  play.heard = [];
  play.between = atOnce(stage);
  return found;
}

const said = ({ what }: Holding, found: readonly string[]) => found.map((one) => `${what}: ${one}`);

/** Begins a play on a stage that is set. */
export function begin(stage: Stage, parts: readonly Part[], seed: number): Play {
  const dice = diceOf(seededClock('2026-01-01', seed ^ 0x5eed).fraction);
  const invariants = parts.flatMap((part) => part.invariants);
  return {
    stage,
    dice,
    network: openNetwork(stage, dice),
    parts,
    holding: invariants.map((one) => ({ ...one, check: one.open() })),
    heard: [],
    since: '0',
    between: atOnce(stage),
    step: 0,
    trace: createHash('sha256'),
    last: [],
    life: { trace: '', steps: 0, commands: new Map() },
  };
}

/** Plays on for so many steps. @throws Broken at the step where something does not hold */
export async function playOn(play: Play, steps: number, signal?: AbortSignal): Promise<void> {
  const end = play.step + steps;
  while (play.step < end) {
    signal?.throwIfAborted();
    play.step++;
    const taken = await takeStep(play).catch((error: unknown) => [String(error)]);
    const full = play.step % fullCheckEvery === 0 || play.step === end;
    const broken = taken ?? [];
    if (taken !== null || full) broken.push(...(await check(play, full)));
    if (broken.length > 0) {
      const lines = [`step ${play.step}:`, ...broken, 'What went before:', ...play.last];
      throw new Broken(lines.join('\n'));
    }
  }
}

/**
 * Plays one life of a chain from a seed, on a database of its own.
 * @throws Broken, at the step where something that always holds did not
 */
export async function live(
  database: Database,
  parts: readonly Part[],
  seed: number,
  steps: number,
  signal?: AbortSignal,
): Promise<Life> {
  const stage = await openStage(database, parts, seed);
  try {
    const play = begin(stage, parts, seed);
    await playOn(play, steps, signal);
    return { ...play.life, steps, trace: play.trace.digest('hex') };
  } finally {
    await stage.close();
  }
}
