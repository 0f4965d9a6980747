import type { Kysely } from 'kysely';
import { builderFor, sendText } from './driver.ts';
import type { Tables } from './generated/tables.ts';
import { type Database, sealerRole } from './place.ts';
import { quoteUuid } from './tx.ts';

/**
 * Runs `work` in one transaction as the platform's own role: it sees every fact of one chain, may
 * write that chain's seals, takes away lines of logs that have had their time, and sees which
 * webhooks and subscriptions are due, not where they lead. No request ever comes here.
 * @param chain null where the work is at tables that no chain owns
 */
export async function asSealer<T>(
  database: Database,
  chain: string | null,
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const client = await database.owner.connect();
  let broken: Error | undefined;
  try {
    // Waited for: until the role is set, the owner itself would ask.
    await sendText(
      client,
      `begin; set local role ${sealerRole}` +
        (chain === null ? '' : `; set local jingwei.chain_id = ${quoteUuid(chain)}`),
    );
    const result = await work(builderFor(client));
    await sendText(client, 'commit');
    return result;
  } catch (error) {
    await sendText(client, 'rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}
