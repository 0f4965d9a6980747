import type { Store } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { forgetDevices } from './devices.ts';
import { atDoor } from './doorstep.ts';
import { refuseGuessable } from './guessable.ts';
import { hashPassword } from './people.ts';
import { dropFactors } from './second-factors.ts';
import { logSecurity } from './security-log.ts';

/**
 * Helps a person who lost everything, by the hand of whoever runs the installation: every factor
 * and linked account goes, every session ends, and the person is told of
 * it by their own security log.
 * @param password a new one to begin with, where that is lost too; the next sign-in changes it
 * @throws identity.login_unknown, identity.password_guessable
 */
export async function resetFactors(store: Store, login: string, password?: string): Promise<void> {
  if (password !== undefined) await refuseGuessable(password, [login]);
  const password_hash = password === undefined ? null : await hashPassword(password);
  const visit = { address: '', agent: '', device: null, origin: null };
  await atDoor({ store, visit }, async (step) => {
    const account = await step.db
      .selectFrom('user_account')
      .select('id')
      .where('login', '=', login.trim().toLowerCase())
      .executeTakeFirst();
    if (!account) throw fault('identity.login_unknown', { login });
    await dropFactors(step, account.id);
    await step.db.deleteFrom('oidc_link').where('user_id', '=', account.id).execute();
    await step.db.deleteFrom('session').where('user_id', '=', account.id).execute();
    await step.db.deleteFrom('half_session').where('user_id', '=', account.id).execute();
    await forgetDevices(step, account.id);
    if (password_hash !== null) {
      await step.db
        .updateTable('user_account')
        .set({ password_hash, password_due: true })
        .where('id', '=', account.id)
        .execute();
    }
    await logSecurity(step, { kind: 'factors_reset', user: account.id });
  });
}
