import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { ask } from '../kernel/api/ask.ts';
import type { Search } from '../kernel/search.ts';
import { sessionQuery } from '../kernel/session.ts';
import { SignInFrame } from '../shell/SignInFrame.tsx';
import { tokenIn } from './join-link.ts';
import { useIdentityTexts } from './texts.ts';

/** Where the link of an invitation leads: the first person of a new party comes in. */
export function JoinPage() {
  const t = useIdentityTexts();
  const { hash } = useLocation();
  // Links of before carry it in the query: they are good for some days yet.
  const { token = tokenIn(hash) } = useSearch({ strict: false }) as Search;
  return (
    <SignInFrame>
      {token ? <JoinForm token={token} /> : <Notice tone="late">{t('join_no_token')}</Notice>}
    </SignInFrame>
  );
}

function JoinForm({ token }: { token: string }) {
  const t = useIdentityTexts();
  const client = useQueryClient();
  const router = useRouter();
  const [entry, setEntry] = useState({ name: '', login: '', password: '', uscc: '' });
  const join = useMutation({
    mutationFn: () => {
      const { uscc, ...rest } = entry;
      return ask('invitation.accept', {
        body: { token, ...rest, ...(uscc.trim() ? { uscc: uscc.trim() } : {}) },
      });
    },
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      await router.navigate({ to: '/' });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    join.mutate();
  }
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <h1>{t('join')}</h1>
      <p className="muted">{t('join_hint')}</p>
      {join.isError && <ProblemNotice error={join.error} />}
      <TextField
        label={t('name')}
        value={entry.name}
        autoComplete="name"
        required
        onChange={(name) => setEntry({ ...entry, name })}
      />
      <TextField
        label={t('login')}
        hint={t('login_hint')}
        value={entry.login}
        autoComplete="username"
        autoCapitalize="none"
        required
        onChange={(login) => setEntry({ ...entry, login })}
      />
      <TextField
        label={t('password')}
        type="password"
        value={entry.password}
        autoComplete="new-password"
        required
        onChange={(password) => setEntry({ ...entry, password })}
      />
      <TextField
        label={t('join_uscc')}
        hint={t('join_uscc_hint')}
        value={entry.uscc}
        optional
        onChange={(uscc) => setEntry({ ...entry, uscc })}
      />
      <Button kind="primary" size="large" type="submit" busy={join.isPending}>
        {t('join_done')}
      </Button>
    </form>
  );
}
