import { fault } from '../../faults.ts';
import type { Door } from '../../http/route.ts';
import { authenticate } from '../authenticate.ts';
import { atDoor, type Doorstep } from '../doorstep.ts';
import { secondWaysOf } from '../second-factors.ts';
import { openSession } from '../sessions.ts';
import { type Entered, openHalf } from '../sign-in.ts';
import { addLink, findLinked, type OidcLink } from './links.ts';
import type { Shown } from './providers.ts';
import { endVisit, findVisit } from './visits.ts';

function originOf({ visit }: Door): string {
  if (!visit.origin) throw fault('identity.no_origin');
  return visit.origin;
}

/**
 * Where the browser goes: the provider's own page.
 * @throws identity.ticket_over, identity.no_origin, identity.provider_unknown,
 * identity.provider_away
 */
export async function wayToProvider(door: Door, ticket: string): Promise<{ url: string }> {
  const { provider } = await atDoor(door, (step) => findVisit(step, ticket));
  return { url: await door.providers.wayTo(provider, originOf(door), ticket) };
}

/**
 * The browser is back. It signs in as whoever linked this account before; or the account becomes
 * linked, where a person who is signed in went to fetch it.
 * @param answer the query of the address that it came back to
 * @throws identity.ticket_over, identity.no_origin, identity.provider_refused,
 * identity.provider_away, identity.not_linked, identity.provider_account_taken, identity.no_seat,
 * kernel.signed_out; identity.factor_needed or identity.factor_unshown where the session is held
 */
export async function comeBack(
  door: Door,
  ticket: string,
  answer: string,
): Promise<Entered | { linked: OidcLink }> {
  const { provider, user } = await atDoor(door, (step) => endVisit(step, ticket));
  const shown = await door.providers.shownBy(provider, originOf(door), ticket, answer);
  if (user === null) return signInAs(door, provider, shown);
  // The session may have ended meanwhile, or another person have signed in here.
  const context = door.credential ? await authenticate(door.store, door.credential) : null;
  if (context?.actor.user !== user) throw fault('kernel.signed_out');
  return { linked: await atDoor(door, (step) => addLink(step, user, shown)) };
}

async function signInAs(door: Door, provider: string, shown: Shown): Promise<Entered> {
  const user = await atDoor(door, (step) => findLinked(step, shown));
  if (user === null) {
    const name = door.providers.offered.find(({ id }) => id === provider)?.name;
    throw fault('identity.not_linked', { ...name, label: shown.label });
  }
  const half = await atDoor(door, (step) => halfWay(step, user));
  return half ?? { user, token: await openSession(door, user, { way: 'provider' }) };
}

/** A second step that a person has set up here is asked for, whatever the provider asked. */
async function halfWay(step: Doorstep, user: string): Promise<Entered | null> {
  const ways = await secondWaysOf(step, user);
  return ways.length === 0 ? null : { user, ways, ticket: await openHalf(step, user, 'provider') };
}
