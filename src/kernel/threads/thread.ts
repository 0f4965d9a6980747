import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { present } from '../assert.ts';
import { Fault, type FaultDetail } from '../faults.ts';

export type ThreadRules = {
  /** Longer than this nobody waits for a turn. Both together stay below transaction_idle_ms. */
  wait_ms: number;
  /** Longer than this no job takes: it is refused, and its thread ends with it. */
  work_ms: number;
  /** So many wait and work at once. */
  queue: number;
  memory_mb: number;
};

/** What a person is told: come again; and, what was asked for takes too much. */
export type ThreadFaults = { busy: () => Error; heavy: () => Error };

/** A fault on its way between threads, which carry no classes. */
export type ToldFault = Pick<Fault, 'code' | 'status' | 'messages'> & { errors: FaultDetail[] };

/** What the thread says: that it has loaded what it needs, and then what came of each job. */
export type ThreadSays<Result> = 'ready' | { done: Result } | { refused: ToldFault };

/** What goes over, made when the job's turn comes: what is transferred is gone here. */
export type Parcel<Job> = { job: Job; transfer?: ArrayBuffer[] };

type Waiting<Job, Result> = {
  pack(): Parcel<Job>;
  timer: NodeJS.Timeout;
  resolve(result: Result): void;
  reject(error: Error): void;
};

/** Work that would hold up the event loop, in a thread of its own: one job after the other. */
export type Thread<Job, Result> = {
  /** Loads the thread ahead of its first job, which would wait for it otherwise. */
  load(): Promise<void>;
  /** @throws the faults of the thread's rules, and those of the work itself */
  ask(pack: () => Parcel<Job>): Promise<Result>;
};

/** The one thread, started when first needed, and what waits for it; one may be under way. */
type State<Job, Result> = {
  script: URL;
  rules: ThreadRules;
  faults: ThreadFaults;
  worker: Worker | undefined;
  ready: boolean;
  underWay: Waiting<Job, Result> | undefined;
  jobs: Waiting<Job, Result>[];
};

/**
 * A thread that is started when it is first needed, and again after a job that broke it.
 * @param script runs `serveThread`
 */
export function openThread<Job, Result>(
  script: URL,
  rules: ThreadRules,
  faults: ThreadFaults,
): Thread<Job, Result> {
  const state: State<Job, Result> = {
    ...{ script, rules, faults },
    ...{ worker: undefined, ready: false, underWay: undefined, jobs: [] },
  };
  return {
    async load() {
      state.worker ??= startWorker(state);
      while (!state.ready) await once(state.worker, 'message');
    },
    async ask(pack) {
      const { jobs, underWay } = state;
      if (jobs.length + (underWay ? 1 : 0) >= rules.queue) throw faults.busy();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          jobs.splice(jobs.indexOf(job), 1);
          reject(faults.busy());
        }, rules.wait_ms);
        const job = { pack, timer, resolve, reject };
        jobs.push(job);
        startNext(state);
      });
    },
  };
}

function startWorker<Job, Result>(state: State<Job, Result>): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: state.rules.memory_mb };
  const started = new Worker(state.script, { resourceLimits });
  state.ready = false;
  started.on('message', (said: ThreadSays<Result>) => {
    if (state.worker !== started) return;
    if (said === 'ready') {
      state.ready = true;
      startNext(state);
    } else if ('done' in said) settle(state, (job) => job.resolve(said.done));
    else settle(state, (job) => job.reject(asFault(said.refused)));
  });
  // The job is at fault where it took all memory or all of the stack; else there is a bug.
  started.on('error', (error: NodeJS.ErrnoException) => {
    if (state.worker !== started) return;
    state.worker = undefined;
    const isHeavy = error.code === OUT_OF_MEMORY || error instanceof RangeError;
    if (state.underWay) replace(state, isHeavy ? state.faults.heavy() : error);
  });
  // A server that stops does not wait for its thread; a listener added later would hold it again.
  started.unref();
  return started;
}

/** Ends the job that is under way and starts the next. */
function settle<Job, Result>(
  state: State<Job, Result>,
  end: (job: Waiting<Job, Result>) => void,
): void {
  const job = present(state.underWay, 'a thread answers one job at a time');
  state.underWay = undefined;
  clearTimeout(job.timer);
  end(job);
  startNext(state);
}

/** A thread that is still loading is waited for, and its loading is no part of the work. */
function startNext<Job, Result>(state: State<Job, Result>): void {
  if (state.underWay || state.jobs.length === 0) return;
  state.worker ??= startWorker(state);
  if (!state.ready) return;
  const next = present(state.jobs.shift(), 'somebody waits');
  state.underWay = next;
  clearTimeout(next.timer);
  next.timer = setTimeout(() => stopWorking(state), state.rules.work_ms);
  const { job, transfer = [] } = next.pack();
  state.worker.postMessage(job, transfer);
}

/** A job that takes so long is refused, and its thread with it. */
function stopWorking<Job, Result>(state: State<Job, Result>): void {
  void state.worker?.removeAllListeners('message').terminate();
  replace(state, state.faults.heavy());
}

/** Loading takes a while: a new thread begins with it at once, not with the next job. */
function replace<Job, Result>(state: State<Job, Result>, why: Error): void {
  state.worker = startWorker(state);
  settle(state, (job) => job.reject(why));
}

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

function asFault({ code, status, messages, errors }: ToldFault): Fault {
  return new Fault(code, { status, zh: '{zh}', en: '{en}' }, messages, errors);
}
