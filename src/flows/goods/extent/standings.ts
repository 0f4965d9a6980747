import { type Bilingual, limits } from '../../../kernel/index.ts';
import { type ExtentQuestion, type Found, findExtent, writeLines } from './found.ts';
import { momentOfId, type Page, type Withdrawal } from './pages.ts';
import {
  beginSweep,
  buildOn,
  isFull,
  isWorn,
  openStanding,
  type Standing,
  takeBack,
  takePage,
  takeSwept,
} from './standing.ts';

/** What a standing is to do next. */
export type ExtentTask =
  | { do: 'begin'; now: string; settled: string }
  | { do: 'take' | 'sweep'; page: Page }
  | { do: 'build' }
  | { do: 'find'; now: string; wrong: readonly Withdrawal[]; question: ExtentQuestion }
  | { do: 'write'; token: number; from: number; language: keyof Bilingual };

/** `reader` names the reader and whose data it sees. */
export type ExtentJob = { reader: string; task: ExtentTask };

/** How far a standing has come. */
export type Status = {
  /** `gone`: others needed its room; it begins anew with the next question. */
  phase: 'reading' | 'building' | 'checking' | 'ready' | 'full' | 'gone';
  /** Where the reading forward and the sweep go on. */
  reached: string | null;
  swept: string;
  /** Until when it is known what was declared wrong. */
  checked_at: string;
  looked_at: number;
  /** From 0 to 1, of the phase. */
  progress: number;
};
export type ExtentReply = {
  status: Status;
  /** `too_far`: it went to more than an answer holds. */
  found: Found | 'too_far' | null;
  /** A piece of a sheet. */
  lines: Uint8Array | null;
};

/** Those of the last few readers; the one that was asked longest ago makes room. */
export type Standings = Map<string, Standing>;

export function answerJob(standings: Standings, { reader, task }: ExtentJob): ExtentReply {
  const standing = standingFor(standings, reader, task);
  if (standing === undefined) return { status: notBegun, found: null, lines: null };
  const { found = null, lines = null } = doTask(standing, task);
  if (isFull(standing)) standings.delete(reader);
  makeRoom(standings, reader);
  return { status: statusOf(standing), found, lines };
}

/** Of a standing that there is not, or not any more. */
export const notBegun: Status = {
  ...{ phase: 'gone', reached: null, swept: '', checked_at: '', looked_at: 0, progress: 0 },
};

/** The reader's standing, which is the last to make room now. */
function standingFor(standings: Standings, reader: string, task: ExtentTask): Standing | undefined {
  let standing = standings.get(reader);
  standings.delete(reader);
  if (task.do === 'begin' && (standing === undefined || isWorn(standing))) {
    standing = openStanding(task.now, task.settled);
  }
  const isTooMuch = task.do === 'find' && task.wrong.length > limits.extent_withdrawals;
  if (standing === undefined || isTooMuch) return undefined;
  standings.set(reader, standing);
  return standing;
}

function doTask(standing: Standing, task: ExtentTask): Partial<ExtentReply> {
  if (task.do === 'begin') beginSweep(standing, task.now, task.settled);
  if (task.do === 'take') takePage(standing, task.page);
  if (task.do === 'sweep') takeSwept(standing, task.page);
  if (task.do === 'build') buildOn(standing);
  if (task.do === 'write') {
    return { lines: writeLines(standing, task.token, task.from, task.language) };
  }
  const { snapshot, complete_at } = standing;
  if (task.do !== 'find' || snapshot === null || complete_at === null) return {};
  takeBack(standing, task.wrong, task.now);
  return { found: findExtent(standing, snapshot, task.question) ?? 'too_far' };
}

function makeRoom(standings: Standings, keep: string): void {
  const names = () => [...standings.values()].reduce((sum, one) => sum + one.items.list.length, 0);
  for (const reader of [...standings.keys()]) {
    const isMuch = standings.size > limits.extent_readers || names() > limits.extent_items;
    if (isMuch && reader !== keep) standings.delete(reader);
  }
}

function statusOf(standing: Standing): Status {
  const { reached, sweep, checked_at, looked_at } = standing;
  return { ...phaseOf(standing), reached, swept: sweep.at, checked_at, looked_at };
}

function phaseOf(standing: Standing): Pick<Status, 'phase' | 'progress'> {
  const { snapshot, built, complete_at, first, reached, sweep } = standing;
  if (isFull(standing)) return { phase: 'full', progress: 0 };
  if (standing.building !== null) return { phase: 'building', progress: built };
  const share = (from: string, at: string, until: number) => {
    const all = until - momentOfId(from);
    return all <= 0 ? 1 : Math.min(1, Math.max(0, momentOfId(at) - momentOfId(from)) / all);
  };
  if (snapshot === null) {
    const isBegun = first !== null && reached !== null;
    const progress = isBegun ? share(first, reached, Date.parse(sweep.since)) : 0;
    return { phase: 'reading', progress };
  }
  if (complete_at !== null) return { phase: 'ready', progress: 1 };
  const progress = reached === null ? 1 : share(sweep.mark, sweep.at, momentOfId(reached));
  return { phase: 'checking', progress };
}
