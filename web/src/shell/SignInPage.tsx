import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { hasPasskeys } from '../kernel/passkey.ts';
import {
  type SecondStep as Half,
  type Session,
  sessionQuery,
  signIn,
  signInByPasskey,
} from '../kernel/session.ts';
import { EntryProblem } from './EntryProblem.tsx';
import { ownPath } from './own-path.ts';
import { Providers } from './Providers.tsx';
import { SecondStep } from './SecondStep.tsx';
import { SignInFrame } from './SignInFrame.tsx';
import { useShellTexts } from './texts.ts';

export function SignInPage() {
  const [half, setHalf] = useState<Half>();
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as { next?: string };
  async function enter(session: Session) {
    client.setQueryData(sessionQuery.queryKey, session);
    await router.navigate({ to: ownPath(next) });
  }
  return (
    <SignInFrame>
      {half ? (
        <SecondStep {...half} onDone={enter} onBack={() => setHalf(undefined)} />
      ) : (
        <FirstStep next={ownPath(next)} onDone={enter} onHalf={setHalf} />
      )}
    </SignInFrame>
  );
}

type FirstProps = {
  next: string;
  onDone: (session: Session) => Promise<void>;
  onHalf: (half: Half) => void;
};

function FirstStep({ next, onDone, onHalf }: FirstProps) {
  const t = useShellTexts();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => signIn(login.trim(), password),
    onSuccess: (entered) => ('ticket' in entered ? onHalf(entered) : onDone(entered)),
  });
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess: onDone });
  function submit(event: FormEvent) {
    event.preventDefault();
    byPasskey.reset();
    enter.mutate();
  }
  function showPasskey() {
    enter.reset();
    byPasskey.mutate();
  }
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <h1>{t('sign_in')}</h1>
      <EntryProblem error={enter.error ?? byPasskey.error} />
      <TextField
        label={t('login')}
        value={login}
        onChange={setLogin}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
      />
      <TextField
        label={t('password')}
        value={password}
        onChange={setPassword}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button kind="primary" size="large" type="submit" busy={enter.isPending}>
        {t('sign_in')}
      </Button>
      {hasPasskeys() && (
        <>
          <p className="sign-in-or muted small">{t('or')}</p>
          <Button size="large" icon="key" busy={byPasskey.isPending} onClick={showPasskey}>
            {t('by_passkey')}
          </Button>
        </>
      )}
      <Providers next={next} />
    </form>
  );
}
