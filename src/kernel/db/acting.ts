import { sql } from 'kysely';
import { quoteUuid, type Tx } from './tx.ts';

/**
 * Runs `work` as another party inside the same transaction: the platform itself writes what follows
 * from a command in the counterparty's own records. The command's author stays in the facts' user.
 */
export async function asParty<T>(tx: Tx, party: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (party === tx.actor.party) return work(tx);
  const become = (id: string) => tx.write(sql.raw(`set local jingwei.actor_id = ${quoteUuid(id)}`));
  become(party);
  const result = await work({ ...tx, actor: { ...tx.actor, party } });
  become(tx.actor.party);
  return result;
}
