import { SoftAuthenticator } from '../../../src/kernel/identity/soft-authenticator.ts';
import { codeAt, stepAt } from '../../../src/kernel/identity/totp.ts';
import { ask, type Given, type Operation, say } from './client.ts';
import type { Player } from './trade-story.ts';
import type { World } from './world.ts';

type Told = World<Player>;
type Someone = { login: string; password: string };

/** As the server knows itself where nothing else is configured. */
const origin = 'http://localhost:80';

const later = ({ test }: Told, seconds: number) =>
  test.clock.set(new Date(test.clock.now().getTime() + seconds * 1_000));

const cookieIn = (headers: Record<string, unknown>) =>
  String([headers['set-cookie']].flat()[0]).split(';')[0]?.split('=')[1] ?? '';

/** Signs in and gives the session's text; the way in is asked with as any other operation. */
async function enter<Name extends Operation>(world: Told, name: Name, given: Given<Name>) {
  const { headers } = await say(world.server, '', name, given);
  return cookieIn(headers);
}

function bytesOf(base32: string): Uint8Array {
  const at = (letter: string) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter);
  const bits = [...base32].map((one) => at(one).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** A person sets up every way in, uses each of them once, and takes them away again. */
export async function tellDoors(world: Told, { login, password }: Someone): Promise<void> {
  const { server } = world;
  const first = await enter(world, 'session.create', { body: { login, password } });
  const { secret } = await ask(server, first, 'account.ask_totp');
  const code = () => codeAt(bytesOf(secret), stepAt(world.test.clock.now()));
  const added = await ask(server, first, 'account.add_totp', { body: { code: code() } });
  await tellPasskey(world, first, { login, password });
  await tellProvider(world, first);
  later(world, 60);
  await ask(server, first, 'account.prove', { body: { code: code() } });
  await tellPolicy(world, first);
  const { recovery_codes } = await ask(server, first, 'account.renew_recovery_codes');
  const half = await ask(server, '', 'session.create', { body: { login, password } });
  const ticket = 'ticket' in half ? half.ticket : '';
  const [recovery_code = ''] = added.recovery_codes?.length ? recovery_codes : [];
  await say(server, '', 'session.second_step', { body: { ticket, shown: { code: '000000' } } });
  await enter(world, 'session.second_step', { body: { ticket, shown: { recovery_code } } });
  const { items } = await ask(server, first, 'account.sessions');
  const other = items.find(({ current }) => !current);
  await ask(server, first, 'account.end_session', { params: { id: other?.id ?? '' } });
  await ask(server, first, 'account.end_other_sessions');
  await ask(server, first, 'account.remove_totp');
  await ask(server, first, 'account.change_password', {
    body: { old: password, fresh: `${password} anew` },
  });
  await say(server, '', 'session.create', { body: { login, password } });
  const page = { query: { limit: 1 } };
  const { next } = await ask(server, first, 'account.security_log', page);
  const after = next ?? '';
  await ask(server, first, 'account.security_log', { query: { limit: 1, after } });
  await ask(server, first, 'account.guard');
  await ask(server, first, 'account.copy_data');
  await ask(server, first, 'account.ask_erasure');
  await ask(server, first, 'account.erasure');
  await ask(server, first, 'account.keep');
  await ask(server, first, 'account.ask_erasure');
}

/** A second factor is required of everybody from tomorrow on, and then no longer. */
async function tellPolicy(world: Told, session: string) {
  const { server, test } = world;
  await ask(server, session, 'sign_in_policy.colleagues');
  const factor_from = new Date(test.clock.now().getTime() + 86_400_000).toISOString();
  await ask(server, session, 'sign_in_policy.set', {
    body: { factor_required: true, factor_from },
  });
  const { version } = await ask(server, session, 'sign_in_policy.get');
  await ask(server, session, 'sign_in_policy.set', {
    body: { factor_required: false },
    headers: { 'if-match': `"${version}"` },
  });
}

async function tellProvider(world: Told, session: string) {
  const { server } = world;
  await ask(server, '', 'session.providers');
  const body = { provider: 'works' };
  const { ticket } = await ask(server, session, 'account.visit_provider', { body });
  await ask(server, '', 'session.way_to_provider', { body: { ticket } });
  const back = { body: { ticket, answer: 'code=1' } };
  const came = await ask(server, session, 'session.by_provider', back);
  const visit = await ask(server, '', 'session.visit_provider', { body });
  await ask(server, '', 'session.by_provider', { body: { ...visit, answer: 'code=2' } });
  const id = 'linked' in came ? came.linked.id : '';
  await ask(server, session, 'account.remove_provider', { params: { id } });
}

async function tellPasskey(world: Told, session: string, { login, password }: Someone) {
  const { server } = world;
  const key = new SoftAuthenticator(origin);
  const made = key.register(await ask(server, session, 'account.ask_new_passkey'));
  const body = { name: '手机', response: made };
  const { passkey } = await ask(server, session, 'account.add_passkey', { body });
  const proof = key.sign(await ask(server, session, 'account.ask_proof'));
  await ask(server, session, 'account.prove', { body: { passkey: proof } });
  const response = key.sign(await ask(server, '', 'session.ask_passkey'));
  await enter(world, 'session.by_passkey', { body: { response } });
  const half = await ask(server, '', 'session.create', { body: { login, password } });
  const ticket = 'ticket' in half ? half.ticket : '';
  const asked = await ask(server, '', 'session.ask_second_passkey', { body: { ticket } });
  const shown = { passkey: key.sign(asked) };
  await enter(world, 'session.second_step', { body: { ticket, shown } });
  await ask(server, session, 'account.remove_passkey', { params: { id: passkey.id } });
}
