import type { Dice } from './dice.ts';
import type { Given, Operation } from './doors.ts';
import type { Heard } from './part.ts';
import type { Player, Stage } from './stage.ts';

/** A command on its way: the same one however often it is sent. */
export type Message = {
  player: Player;
  name: Operation;
  given: Given<Operation>;
  key: string;
  /** The success that the platform gave to it, whether its sender heard it or not. */
  done: string | null;
};

/** What the network does to a message. */
export const faults = [
  'none',
  'duplicate',
  'delay',
  'lost before',
  'lost after',
  'commit unanswered',
  'storm',
] as const;
export type NetworkFault = (typeof faults)[number];

type Waiting = { at: number; message: Message };

/** Weights of a hundred: most messages simply arrive. */
const weights: Record<NetworkFault, number> = {
  none: 72,
  duplicate: 6,
  delay: 6,
  'lost before': 4,
  'lost after': 5,
  'commit unanswered': 4,
  storm: 3,
};

/** Between the actors and the platform: loses, repeats, holds back and reorders from a seed. */
export function openNetwork(stage: Stage, dice: Dice) {
  const waiting: Waiting[] = [];
  let keys = 0;

  function faultOf(): NetworkFault {
    let thrown = dice.between(1, 100);
    for (const fault of faults) {
      thrown -= weights[fault];
      if (thrown <= 0) return fault;
    }
    return 'none';
  }

  async function arrive(message: Message): Promise<Heard> {
    const { player, name, given, key } = message;
    const headers = { ...given.headers, 'idempotency-key': key };
    return stage.ask(player, name, { ...given, headers });
  }

  /** Holds a message back: what is sent in the meantime overtakes it. */
  function later(message: Message, step: number, most: number): void {
    waiting.push({ at: step + dice.between(1, most), message });
  }

  return {
    /** A command of an actor, under a key of its own. */
    write(player: Player, name: Operation, given: Given<Operation>): Message {
      return { player, name, given, key: `${player.name}-${++keys}`, done: null };
    },
    /** Takes out a message whose time has come, the longest due first. */
    due(step: number): Message | undefined {
      const at = waiting.findIndex((one) => one.at <= step);
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.message;
    },
    arrive,
    /**
     * Sends a message and does to it what the dice say.
     * @returns what arrived and was answered, whoever heard it, and how it went
     */
    async send(message: Message, step: number): Promise<{ fault: string; heard: Heard[] }> {
      const fault = faultOf();
      if (fault === 'delay' || fault === 'lost before') {
        later(message, step, fault === 'delay' ? 30 : 6);
        return { fault, heard: [] };
      }
      if (fault === 'storm') {
        const copies = Array.from({ length: dice.between(2, 4) }, () => () => arrive(message));
        const { all, turns } = await stage.gate.race(copies, (count) => dice.between(0, count - 1));
        return { fault: `storm ${turns}`, heard: all };
      }
      const keep = fault === 'commit unanswered' ? stage.gate.loseCommit() : () => {};
      const heard = [await arrive(message)];
      keep();
      // Whoever did not hear the answer asks again under the same key.
      if (fault !== 'none') later(message, step, 20);
      return { fault, heard };
    },
  };
}

export type Network = ReturnType<typeof openNetwork>;
