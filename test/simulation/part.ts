import type pg from 'pg';
import type { Store } from '../../src/kernel/index.ts';
import type { Said } from '../conformance/world/client.ts';
import type { Dice } from './dice.ts';
import type { Doors, Given, Operation } from './doors.ts';

/** Somebody at work: a person or a machine of one party, with a key that opens what it needs. */
export type Actor = {
  name: string;
  /** The party's name in the cast. */
  of: string;
  /** Permissions of the key, as patterns. */
  scopes: readonly string[];
  /** Signed in as a person of the firm, who may do everything for it, and not by a key. */
  is_person?: true;
  /** The person, an actor before this one, who made the key. */
  key_of?: string;
  /** What it does: each command names the duty that it belongs to. */
  duties: readonly string[];
};

export type Reply<Name extends Operation> = Doors[Name]['reply'];

/** What an actor knows while it thinks: its own reads, and nothing else. */
export type View = {
  /** The id of the actor's own party. */
  me: string;
  dice: Dice;
  /** The business day, `days` from now. */
  day(days: number): string;
  /** Reads by HTTP with the actor's key. @throws when the answer is no success */
  read<Name extends Operation>(name: Name, given?: Given<Name>): Promise<Reply<Name>>;
  /** The same, or null where there is none (404). */
  find<Name extends Operation>(name: Name, given?: Given<Name>): Promise<Reply<Name> | null>;
  /** The day and the time, so many minutes from now. */
  instant(minutes: number): string;
  /**
   * One of these. Where two actors are to meet, whatever has to do with the thing that they are to
   * meet at comes first.
   */
  pick<Item>(from: readonly Item[]): Item | undefined;
};

/** What an actor may do next. */
export type Command<Name extends Operation = Operation> = {
  name: Name;
  duty: string;
  /** How often it is thought of, beside the others. */
  weight: number;
  /** Looking is all it does: it never gives a request, and yet its actor has done something. */
  looks?: true;
  /** Chooses what to ask for; null where there is nothing to do. Wrong on purpose is fine. */
  choose(view: View): Promise<Given<Name> | null>;
};

/** Declares a command with the types of its operation. */
export function command<Name extends Operation>(given: Command<Name>): Command {
  return given as unknown as Command;
}

/** A reply as somebody got it. */
export type Heard = { actor: Actor; party: string; url: string; said: Said };

/** What an invariant looks at: the database as its owner sees it, and what was said. */
export type Scene = {
  owner: pg.Pool;
  chain: string;
  /** Rows written since the last check have an `xmin` not below it. */
  since: string;
  now: string;
  /** The first and the last instant of the clock since `heard` was begun: it jumps. */
  between: readonly [from: string, to: string];
  parties: Readonly<Record<string, string>>;
  heard: readonly Heard[];
  /** Asks in the name of an actor that has all permissions of its party. */
  read<Name extends Operation>(party: string, name: Name, given?: Given<Name>): Promise<Heard>;
};

export type Check = (scene: Scene) => Promise<string[]>;

/** Something that always holds. */
export type Invariant = {
  what: string;
  /** Cheap ones after every step; dear ones after every `run.ts` `fullCheckEvery`. */
  every: 'step' | 'while';
  /** The tables that it is about: after a step that wrote in none of them it is not asked. */
  of?: readonly string[];
  /** Holds where each command carries a key, as those of actors do and fuzzed requests do not. */
  keyed?: true;
  /** Begins a chain's life: what the check has to remember is its own. */
  open(): Check;
};

/** Something that the platform does by the clock, on each of its servers. */
export type ClockWork = {
  name: string;
  /** What a server does in one round. */
  round(store: Store): Promise<unknown>;
  /** What a round that was not broken off ought to have done. */
  left(scene: Pick<Scene, 'owner' | 'chain' | 'now'>): Promise<string[]>;
};

/** How a part asks while its stage is set; each answer has to be a success. */
export type Setter = <Name extends Operation>(
  of: string,
  name: Name,
  given?: Given<Name>,
) => Promise<Reply<Name>>;

/** What a module brings to the simulation. */
export type Part = {
  name: string;
  /** Parties that it needs, with their role in the chain. The same name is the same party. */
  cast: Readonly<Record<string, string>>;
  actors: readonly Actor[];
  commands: readonly Command[];
  invariants: readonly Invariant[];
  clockworks?: readonly ClockWork[];
  /** Sets the stage by HTTP, before the first step. */
  set?(by: Setter, parties: Readonly<Record<string, string>>, today: string): Promise<void>;
};
