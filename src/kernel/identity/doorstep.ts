import type { Store, Tx } from '../db/tx.ts';
import { outsideChains } from './chains.ts';
import type { Vault } from './vault.ts';
import type { Visit } from './visit.ts';

/**
 * What a way in is checked with, before a chain is known (a sign-in) and behind it (a person who
 * changes their own ways in).
 */
export type Doorstep = Pick<Tx, 'db' | 'now' | 'newId' | 'random'> & {
  visit: Visit;
  vault: Vault | null;
};

/** Whoever stands at the door, and the store behind it. */
export type Caller = { store: Store; visit: Visit };

/** Runs `work` in one transaction that belongs to no chain: all of it or, if it throws, nothing. */
export function atDoor<T>(
  { store, visit }: Caller,
  work: (step: Doorstep) => Promise<T>,
): Promise<T> {
  return outsideChains(store, (db) =>
    work({
      db,
      now: store.clock.now().toISOString(),
      newId: store.newId,
      random: store.clock.random,
      visit,
      vault: store.vault,
    }),
  );
}

/** `after(step.now, minutes)`: instants as text, as everything in a row is. */
export function after(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
