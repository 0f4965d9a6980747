import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limits } from '../../../kernel/index.ts';
import { readEpcis } from '../epcis/read.ts';
import { storeEvents } from '../repository/stored-events.ts';
import { answered, eventNamed, namesIn, stageForSubscriptions } from './testing.ts';

const stage = stageForSubscriptions();

/**
 * What may happen, in any order: an id is taken when a command begins, and its event becomes
 * visible when that ends; the receiver answers, does not, takes little, or is called by a server
 * that dies behind the call.
 */
type Step =
  | { do: 'begin'; count: number; fits: boolean }
  | { do: 'commit'; which: number }
  | { do: 'wait'; seconds: number }
  | { do: 'send'; status: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('begin' as const),
      count: fc.integer({ min: 1, max: 4 }),
      fits: fc.boolean(),
    }),
    fc.record({ do: fc.constant('commit' as const), which: fc.nat(5) }),
    fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 400 }) }),
    fc.record({
      do: fc.constant('send' as const),
      status: fc.constantFrom(200, 200, 200, 503, 413, 0),
    }),
  ),
  { minLength: 5, maxLength: 40 },
);

type Command = { begun_at: number; ids: string[]; names: string[]; fits: boolean };

async function commit({ ids, names, fits }: Command): Promise<void> {
  const more = fits ? {} : { bizStep: 'picking' };
  await stage.repository.as('maker', async (tx) => {
    const events = names.map((name, at) => {
      const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
      const bare = { '@context': [context], ...eventNamed(name, more) };
      const [event] = readEpcis(Buffer.from(JSON.stringify(bare))).document?.events ?? [];
      if (!event) throw new Error('an event that can be read');
      const parties = [tx.actor.party];
      return { id: ids[at] ?? '', event, parties, prefixes: {}, capture_id: null, movement: null };
    });
    await storeEvents(tx, events);
  });
}

let runs = 0;

/** Plays the steps. @returns the events that fit, and those that the receiver has taken */
async function play(given: readonly Step[]) {
  const { test } = stage.repository;
  const run = `run${runs++}`;
  let [number, open, expected, taken] = [0, [] as Command[], [] as string[], [] as string[]];
  const now = () => test.clock.now().getTime();
  const end = async (command: Command | undefined) => {
    if (!command) return;
    open = open.filter((one) => one !== command);
    await commit(command);
    if (command.fits) expected = [...expected, ...command.names];
  };
  const send = async (status: number) => {
    const answer = async ({ body }: { body: string }) => {
      const names = namesIn(body);
      if (status === 0) throw new Error('the server died');
      const isTaken = status === 200 || (status === 413 && names.length === 1);
      if (isTaken) taken = [...taken, ...names];
      return answered(isTaken ? 200 : status);
    };
    await stage.go(answer).catch(() => {});
  };
  for (const step of given) {
    if (step.do === 'begin') {
      const names = Array.from({ length: step.count }, () => `${run}-${number++}`);
      const ids = names.map(() => test.store.newId());
      open.push({ begun_at: now(), ids, names, fits: step.fits });
    } else if (step.do === 'commit') await end(open[step.which % Math.max(1, open.length)]);
    else if (step.do === 'send') await send(step.status);
    else {
      // No transaction commits that has taken longer.
      const late = open.filter(
        ({ begun_at }) => now() + step.seconds * 1_000 - begun_at > limits.transaction_ms,
      );
      for (const one of late) await end(one);
      stage.later(step.seconds);
    }
  }
  for (const one of [...open]) await end(one);
  for (let day = 0; day < 3; day++) {
    stage.later(86_400);
    await send(200);
    stage.later(60);
    await send(200);
  }
  return { expected, taken };
}

it('tells each event once to a receiver that takes it, whenever it was committed', async () => {
  await stage.subscribe('maker');
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const { expected, taken } = await play(given);
      expect(taken.toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 30 },
  );
}, 120_000);
