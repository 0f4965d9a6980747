import {
  type Chain,
  type Database,
  onBehalfOf,
  openStore,
  type Store,
  seededClock,
  type Tx,
} from '../kernel/index.ts';

type Task = { at: number; order: number; run: () => Promise<void> };

/**
 * A line of simulated time: its own clock, dice and ids from one seed, and a queue of what happens
 * when. Two lanes may run at once where they share no order: each alone is replayed by its seed.
 */
export type Lane = {
  store: Store;
  dice: Dice;
  /** The simulated instant. */
  now(): Date;
  as<T>(party: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Plans `run` for an instant; one that lies past the end never happens. */
  at(instant: Date, run: () => Promise<void>): void;
  run(): Promise<number>;
  /** Waits until everything that is planned up to an instant has happened in this lane. */
  past(instant: Date): Promise<void>;
};

export type Dice = {
  /** A number in [0, 1). */
  fraction(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
};

function diceOf(fraction: () => number): Dice {
  const between = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    chance: (probability) => fraction() < probability,
    between,
    pick: (list) => list[between(0, list.length - 1)] as (typeof list)[number],
  };
}

/** A binary heap by instant, then by the order of planning: the same seed, the same sequence. */
function queueOf() {
  const heap: Task[] = [];
  const before = (a: Task, b: Task) => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b] as Task, heap[a] as Task];
  };
  return {
    push(task: Task) {
      heap.push(task);
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!before(heap[child] as Task, heap[parent] as Task)) break;
        swap(child, parent);
        child = parent;
      }
    },
    pop(): Task | undefined {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === first) return first;
      heap[0] = last as Task;
      for (let parent = 0; ; ) {
        const [left, right] = [2 * parent + 1, 2 * parent + 2];
        let least = parent;
        if (left < heap.length && before(heap[left] as Task, heap[least] as Task)) least = left;
        if (right < heap.length && before(heap[right] as Task, heap[least] as Task)) least = right;
        if (least === parent) return first;
        swap(parent, least);
        parent = least;
      }
    },
  };
}

/** @param end tasks after this instant are left undone: the future is not simulated. */
export function openLane(
  database: Database,
  chain: Pick<Chain, 'id' | 'zone'>,
  seed: number,
  start: Date,
  end: Date,
): Lane {
  const clock = seededClock(start.toISOString(), seed);
  const store = openStore(database, clock, () => {}, true);
  const queue = queueOf();
  let planned = 0;
  let reached = Number.NEGATIVE_INFINITY;
  let waiting: { instant: number; go: () => void }[] = [];
  const reach = (instant: number) => {
    reached = instant;
    for (const one of waiting) if (one.instant < reached) one.go();
    waiting = waiting.filter((one) => one.instant >= reached);
  };
  return {
    store,
    dice: diceOf(clock.fraction),
    now: clock.now,
    as: (party, work) => onBehalfOf(store, chain, party, work),
    at(instant, run) {
      if (instant <= end) queue.push({ at: instant.getTime(), order: planned++, run });
    },
    async run() {
      let done = 0;
      for (let task = queue.pop(); task; task = queue.pop()) {
        reach(task.at);
        if (task.at > clock.now().getTime()) clock.set(new Date(task.at));
        await task.run();
        done++;
      }
      reach(Number.POSITIVE_INFINITY);
      return done;
    },
    async past(instant) {
      const until = instant.getTime();
      if (until < reached) return;
      await new Promise<void>((go) => waiting.push({ instant: until, go }));
    },
  };
}
