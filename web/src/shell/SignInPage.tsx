import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { sessionQuery, signIn } from '../kernel/session.ts';
import { Appearance } from './Appearance.tsx';
import { ThreadArt } from './ThreadArt.tsx';
import { useShellTexts } from './texts.ts';
import './sign-in.css';

export function SignInPage() {
  const t = useShellTexts();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const enter = useMutation({
    mutationFn: () => signIn(login.trim(), password),
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      await router.navigate({ to: ownPath(next) });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    enter.mutate();
  }
  return (
    <main className="sign-in">
      <div className="sign-in-side">
        <p className="sign-in-brand">{t('product')}</p>
        <ThreadArt />
        <p className="sign-in-claim">{t('welcome')}</p>
        <p className="muted">{t('welcome_more')}</p>
      </div>
      <div className="sign-in-main">
        <form className="sign-in-form" onSubmit={submit}>
          <h1>{t('sign_in')}</h1>
          {enter.isError && <ProblemNotice error={enter.error} />}
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
        </form>
        <Appearance />
      </div>
    </main>
  );
}

/** Only a path of this console: an address that was slipped in must not lead elsewhere. */
function ownPath(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/';
}
