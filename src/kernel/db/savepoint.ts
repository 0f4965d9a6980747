import { sql } from 'kysely';
import type { Tx } from './tx.ts';

/**
 * Runs `work` in a part of the transaction that can be undone alone: when it throws, its rows, its
 * facts and whoever it acted for are as before, the error goes on, and the rest can still commit.
 * Savepoints may stand inside each other.
 */
export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const recorded = tx.recorded.length;
  await tx.settle();
  await sql`savepoint part`.execute(tx.db);
  try {
    const result = await work();
    // A statement under way belongs to this part: its failure must not wait for the end.
    await tx.settle();
    await sql`release savepoint part`.execute(tx.db);
    return result;
  } catch (error) {
    const cause = await tx.settle().then(
      () => error,
      (first: unknown) => first,
    );
    await sql`rollback to savepoint part`.execute(tx.db);
    await sql`release savepoint part`.execute(tx.db);
    // Listeners must not hear of facts that were undone.
    tx.recorded.length = recorded;
    throw (error as { code?: string }).code === '25P02' ? cause : error;
  }
}
