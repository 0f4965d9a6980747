import { limits } from '../../../kernel/index.ts';
import type { ExtentQuestion } from './found.ts';
import { type Page, settledBelow, type Withdrawal } from './pages.ts';
import type { ExtentReply, ExtentTask, Status } from './standings.ts';

/** What a reader may see, page by page. */
export type ExtentSource = {
  /** Behind an id, up to another. */
  page(from: string | null, upto: string | null): Promise<Page>;
  /** What was declared wrong and may have become visible since a moment. */
  wrong(since: string): Promise<Withdrawal[]>;
};

/** The reader's standing, wherever it stands. */
type Ask = (task: ExtentTask) => Promise<ExtentReply>;

/** Pages that one question may still read. */
type Left = { pages: number };

/** Brings a standing on as far as one question may, and asks it where it is ready. */
export async function askOn(
  source: ExtentSource,
  ask: Ask,
  now: string,
  question: ExtentQuestion,
): Promise<ExtentReply> {
  const begun = await ask({ do: 'begin', now, settled: settledBelow(now) });
  const left = { pages: limits.extent_pages };
  const read = await readOn(source, ask, begun.status, left);
  const built = await build(ask, read);
  if (built.phase !== 'checking' && built.phase !== 'ready')
    return { status: built, found: null, lines: null };
  const checked = await sweep(source, ask, built, left);
  if (checked.phase !== 'ready') return { status: checked, found: null, lines: null };
  const wrong = await source.wrong(checked.checked_at);
  return ask({ do: 'find', now, wrong, question });
}

/** Forward to the last event, or as far as one question may. */
async function readOn(source: ExtentSource, ask: Ask, from: Status, left: Left): Promise<Status> {
  let status = from;
  while (status.phase !== 'building' && left.pages-- > 0) {
    const page = await source.page(status.reached, null);
    ({ status } = await ask({ do: 'take', page }));
    if (page.is_end || isOver(status)) return status;
  }
  return status.phase === 'building' ? status : { ...status, phase: 'reading' };
}

async function build(ask: Ask, from: Status): Promise<Status> {
  let status = from;
  for (let step = 0; step < limits.extent_build_steps && status.phase === 'building'; step++) {
    ({ status } = await ask({ do: 'build' }));
  }
  return status;
}

/** Behind the reading forward, over what was not settled when that passed by. */
async function sweep(source: ExtentSource, ask: Ask, from: Status, left: Left): Promise<Status> {
  let status = from;
  while (left.pages-- > 0) {
    const page = await source.page(status.swept, status.reached);
    ({ status } = await ask({ do: 'sweep', page }));
    if (page.is_end || isOver(status)) return status;
  }
  return status;
}

const isOver = ({ phase }: Status): boolean => phase === 'full' || phase === 'gone';
