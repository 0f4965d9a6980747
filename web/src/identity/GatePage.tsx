import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Toasts } from '../controls/toast.tsx';
import type { AccountGuard } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { refreshAll } from '../kernel/api/refresh.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { hasPasskeys, signWithPasskey } from '../kernel/passkey.ts';
import type { Search } from '../kernel/search.ts';
import {
  type Hold,
  type SecondWay,
  sessionQuery,
  signOut,
  switchPlace,
  useSession,
} from '../kernel/session.ts';
import { ownPath } from '../shell/own-path.ts';
import { FactorForm } from '../shell/SecondStep.tsx';
import { SignInFrame } from '../shell/SignInFrame.tsx';
import { useGateTexts } from './gate-texts.ts';
import { AddPasskey } from './PasskeySetting.tsx';
import { Proven } from './Proven.tsx';
import { useSecurityTexts } from './security-texts.ts';
import { AddTotp } from './TotpSetting.tsx';
import './identity.css';

/**
 * Where a session that is held comes to: what is asked of its person, one thing after the other,
 * and then on to where they wanted.
 */
export function GatePage() {
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as Search;
  const { held } = useSession();
  // What is on the screen (recovery codes, once) stays there until the person goes on.
  const [hold, setHold] = useState<Hold | null>(held);
  // Another browser of theirs may have set up meanwhile what this one then has to show.
  useEffect(() => {
    if (!held) return;
    setHold(held);
    void refreshAll(client);
  }, [held, client]);
  async function goOn() {
    const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (session?.held) setHold(session.held);
    else await router.navigate({ to: ownPath(next) });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for who has nothing to do here
  useEffect(() => {
    if (hold === null) void goOn();
  }, [hold]);
  return (
    <SignInFrame>
      {hold === 'new_password' && <NewPassword onDone={() => void goOn()} />}
      {hold === 'no_factor' && <SetFactor onDone={() => void goOn()} />}
      {hold === 'factor_not_shown' && <ShowFactor onDone={goOn} />}
      <Toasts />
    </SignInFrame>
  );
}

/** Somebody else chose the password; one's own takes its place. */
function NewPassword({ onDone }: { onDone: () => void }) {
  const t = useGateTexts();
  const security = useSecurityTexts();
  const [entry, setEntry] = useState({ old: '', fresh: '' });
  const change = useCommand('account.change_password', onDone);
  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate({ body: entry });
  }
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <h1>{t('new_password')}</h1>
      <p className="muted">{t('new_password_why')}</p>
      {change.isError && <ProblemNotice error={change.error} />}
      <TextField
        label={t('given_password')}
        type="password"
        name="given-password"
        autoComplete="current-password"
        value={entry.old}
        onChange={(old) => setEntry({ ...entry, old })}
        required
        autoFocus
      />
      <TextField
        label={security('new_password')}
        hint={security('new_password_hint')}
        type="password"
        name="own-password"
        autoComplete="new-password"
        value={entry.fresh}
        onChange={(fresh) => setEntry({ ...entry, fresh })}
        required
      />
      <Button
        kind="primary"
        size="large"
        type="submit"
        busy={change.isPending}
        disabled={entry.fresh.length < 10}
      >
        {t('go_on')}
      </Button>
      <WaysOut />
    </form>
  );
}

/** A factor is set up: a passkey where this device can have one, or an authenticator app. */
function SetFactor({ onDone }: { onDone: () => void }) {
  const t = useGateTexts();
  const read = useBilingual();
  const { party, held } = useSession();
  // Then the recovery codes stand there, once: nothing else is to be chosen beside them.
  const isSet = held === null;
  const [way, setWay] = useState<'passkey' | 'totp'>(hasPasskeys() ? 'passkey' : 'totp');
  const guard = useApi('account.guard', {});
  return (
    <div className="sign-in-form">
      <h1>{isSet ? t('factor_set') : t('no_factor')}</h1>
      {!isSet && <p className="muted">{t('no_factor_why', { party: read(party.name) })}</p>}
      {guard.isError && <ProblemNotice error={guard.error} />}
      {guard.isPending && <Skeleton rows={4} />}
      {guard.data && (
        <Proven guard={guard.data}>
          {hasPasskeys() && !isSet && (
            <Choice
              label={t('which')}
              options={[
                { value: 'passkey', label: t('by_passkey') },
                { value: 'totp', label: t('by_totp') },
              ]}
              value={way}
              onChange={setWay}
            />
          )}
          {way === 'passkey' ? (
            <AddPasskey onDone={onDone} onKept={onDone} />
          ) : (
            <AddTotp onDone={onDone} onKept={onDone} />
          )}
        </Proven>
      )}
      {!isSet && <WaysOut />}
    </div>
  );
}

const waysOf = ({ totp_since, passkeys, recovery_codes_left }: AccountGuard): SecondWay[] => [
  ...(totp_since ? (['totp'] as const) : []),
  ...(passkeys.length > 0 && hasPasskeys() ? (['passkey'] as const) : []),
  ...(recovery_codes_left > 0 ? (['recovery_code'] as const) : []),
];

/** A factor that there is already is shown in this session too. */
function ShowFactor({ onDone }: { onDone: () => Promise<void> }) {
  const t = useGateTexts();
  const read = useBilingual();
  const { party } = useSession();
  const guard = useApi('account.guard', {});
  const ways = guard.data ? waysOf(guard.data) : [];
  // What was read before there was a factor says that there is none.
  if (ways.length === 0 && (guard.isFetching || guard.isError)) {
    return (
      <div className="sign-in-form">
        {guard.isError ? <ProblemNotice error={guard.error} /> : <Skeleton rows={4} />}
        <WaysOut />
      </div>
    );
  }
  return (
    <FactorForm
      title={t('factor_not_shown')}
      why={t('factor_not_shown_why', { party: read(party.name) })}
      ways={ways}
      onShow={async (way, code) => {
        await ask('account.prove', { body: await shownBy(way, code) });
        await onDone();
      }}
    >
      <WaysOut />
    </FactorForm>
  );
}

async function shownBy(way: SecondWay, code: string) {
  if (way === 'totp') return { code };
  if (way === 'recovery_code') return { recovery_code: code };
  return { passkey: await signWithPasskey(await ask('account.ask_proof', {})) };
}

/** Nobody is kept here: other parties may ask for less, and one may leave. */
function WaysOut(): ReactNode {
  const t = useGateTexts();
  const read = useBilingual();
  const client = useQueryClient();
  const router = useRouter();
  const { chain, party, places } = useSession();
  const others = places.filter(
    (place) => place.chain_id !== chain.id || place.party_id !== party.id,
  );
  const move = useMutation({
    mutationFn: switchPlace,
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await router.navigate({ to: '/' });
    },
  });
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await router.navigate({ to: '/sign-in' });
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
  return (
    <div className="sign-in-ways">
      {others.length > 0 && <p className="muted small">{t('elsewhere')}</p>}
      {others.map((place) => (
        <Button
          key={`${place.chain_id}${place.party_id}`}
          kind="quiet"
          busy={move.isPending}
          onClick={() => move.mutate(place)}
        >
          {read(place.party_name)} · {read(place.chain_name)}
        </Button>
      ))}
      <Button kind="quiet" icon="leave" busy={leave.isPending} onClick={() => leave.mutate()}>
        {t('sign_out')}
      </Button>
    </div>
  );
}
