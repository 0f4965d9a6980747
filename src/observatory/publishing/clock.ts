import {
  asMember,
  asSealer,
  type Due,
  Fault,
  goRound,
  type Logger,
  limits,
  onBehalfOf,
  type Rounds,
  type Store,
  startRounds,
  type Tx,
} from '../../kernel/index.ts';
import { assertStatistician } from './drafts.ts';
import { verifyHere } from './making.ts';
import { holdRelease, publishHeld, takeDue } from './releases.ts';
import type { Holding } from './schema.ts';
import { readSource } from './series.ts';

/** Which releases of a chain have had their hour, the longest waiting first. */
async function dueIn({ database, clock }: Store, chain: string): Promise<Due[]> {
  const now = clock.now().toISOString();
  const rows = await asSealer(database, chain, (db) =>
    db
      .selectFrom('release')
      .select(['id', 'owner_id'])
      .where('chain_id', '=', chain)
      .where('planned_at', '<=', now)
      .where('is_published', '=', false)
      .where('withdrawn_at', 'is', null)
      .where('held_at', 'is', null)
      .orderBy('planned_at')
      .orderBy('id')
      .limit(limits.releases_due)
      .execute(),
  );
  return rows.map(({ id, owner_id }) => ({ chain, id, owner: owner_id }));
}

/**
 * Why a release must not go out with nobody looking: who planned it may not publish any more, or
 * its figures do not come out of what was kept for them. Null where nothing is against it.
 * @throws publishing.busy, and what is no fault at all: then it is tried again
 */
async function reasonAgainst(tx: Tx, id: string): Promise<Holding | null> {
  try {
    assertStatistician(tx);
    const { source, out } = await readSource(tx, id);
    const found = await verifyHere(source, out);
    // Another engine that comes to the same cells is none.
    const isSame = found.is_whole && found.is_same_source && found.differing.length === 0;
    return isSame ? null : 'not_reproduced';
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'publishing.busy') throw error;
    if (error.code === 'publishing.not_a_statistician') return 'not_a_statistician';
    return error.code === 'publishing.too_long' ? 'too_long' : 'data_unreadable';
  }
}

/** @returns whether it went out */
async function goOut(tx: Tx, id: string): Promise<boolean> {
  const row = await takeDue(tx, id);
  if (!row) return false;
  const because = await reasonAgainst(tx, id);
  if (because === null) await publishHeld(tx, row);
  else await holdRelease(tx, row, because);
  return because === null;
}

/** Publishes one release that is due, or says why not. @returns how many went out: 1 or 0 */
async function deliver(store: Store, { chain, id, owner }: Due): Promise<number> {
  const member = { chain, party: owner };
  const went = await asMember(store, member, ['publishing.release.publish'], (tx) => goOut(tx, id));
  if (went !== null) return went ? 1 : 0;
  await onBehalfOf(store, { id: chain, zone: 'UTC' }, owner, async (tx) => {
    const row = await takeDue(tx, id);
    if (row) await holdRelease(tx, row, 'left');
  });
  return 0;
}

const roundsOf = (store: Store): Rounds => ({
  store,
  name: 'releases',
  dueIn: (chain) => dueIn(store, chain),
  deliver: (due) => deliver(store, due),
});

/** Publishes what is due now, in every chain. @returns how many went out */
export const publishDue = (store: Store): Promise<number> => goRound(roundsOf(store));

/**
 * Publishes by the clock, in the background. Several servers may do so on one database: whoever
 * holds the release's row publishes it, and the others pass it by.
 */
export const startPublishing = (store: Store, log: Logger) => startRounds(roundsOf(store), log);
