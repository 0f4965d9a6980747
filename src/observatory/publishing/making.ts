import { limits, openThread } from '../../kernel/index.ts';
import { fault, tooLong } from './faults.ts';
import type { Attack, Publication, ReleaseSource, Verification } from './release/release.ts';

export type Making =
  | { readonly what: 'make'; readonly source: ReleaseSource }
  | { readonly what: 'attack'; readonly source: ReleaseSource }
  | { readonly what: 'verify'; readonly source: ReleaseSource; readonly out: Publication };

const thread = openThread<Making, Publication | Verification | Attack>(
  new URL('./release-worker.ts', import.meta.url),
  {
    wait_ms: limits.release_wait_ms,
    work_ms: limits.release_work_ms,
    queue: limits.release_queue,
    memory_mb: limits.release_memory_mb,
  },
  { busy: () => fault('publishing.busy'), heavy: tooLong },
);

/** Loads the thread ahead of its first release, which would wait for it otherwise. */
export const loadReleaser = thread.load;

/** @throws publishing.too_large_here */
function assertSmall({ vintage, earlier }: ReleaseSource): void {
  const vintages = [vintage, ...earlier.map((one) => one.vintage)];
  const cells = vintages
    .flatMap(({ layouts }) => layouts)
    .map(({ dimensions }) => dimensions.reduce((all, { codes }) => all * codes.length, 1))
    .reduce((sum, one) => sum + one, 0);
  const contributions = vintages.reduce((sum, one) => sum + one.contributions.length, 0);
  const isSmall =
    cells <= limits.release_cells_here &&
    contributions <= limits.release_contributions_here &&
    vintages.length <= limits.release_vintages_here;
  if (!isSmall) throw tooLargeHere();
}

export const tooLargeHere = () =>
  fault('publishing.too_large_here', {
    cells: limits.release_cells_here,
    contributions: limits.release_contributions_here,
  });

/**
 * `makeRelease` beside the event loop, within limits.release_work_ms.
 * @throws publishing.too_large_here, busy, too_long, and what `makeRelease` throws
 */
export async function makeHere(source: ReleaseSource): Promise<Publication> {
  assertSmall(source);
  return (await thread.ask(() => ({ job: { what: 'make', source } }))) as Publication;
}

/** `verifyRelease` beside the event loop. @throws publishing.busy, too_long */
export async function verifyHere(source: ReleaseSource, out: Publication): Promise<Verification> {
  return (await thread.ask(() => ({ job: { what: 'verify', source, out } }))) as Verification;
}

/** `attackRelease` beside the event loop. @throws publishing.reveals, busy, too_long */
export async function attackHere(source: ReleaseSource): Promise<Attack> {
  return (await thread.ask(() => ({ job: { what: 'attack', source } }))) as Attack;
}
