import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import { comeBack } from '../kernel/provider.ts';
import { type Session, sessionQuery } from '../kernel/session.ts';
import { EntryProblem } from './EntryProblem.tsx';
import { ownPath } from './own-path.ts';
import { SecondStep } from './SecondStep.tsx';
import { SignInFrame } from './SignInFrame.tsx';
import { useShellTexts } from './texts.ts';

/** Where an identity provider sends the browser back to. */
export function BackPage() {
  const t = useShellTexts();
  const client = useQueryClient();
  const router = useRouter();
  // A query and not an effect: the answer is used up by the first try.
  const back = useQuery({
    queryKey: ['came back'],
    queryFn: comeBack,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { entered, next } = back.data ?? {};
  async function enter(session: Session) {
    client.setQueryData(sessionQuery.queryKey, session);
    await router.navigate({ to: ownPath(next) });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there
  useEffect(() => {
    if (!entered) return;
    if ('user' in entered) void enter(entered);
    if ('linked' in entered) {
      sayDone(t('linked', { label: entered.linked.label }));
      void router.navigate({ to: ownPath(next) });
    }
  }, [entered]);
  if (entered && 'ticket' in entered) {
    return (
      <SignInFrame>
        <SecondStep
          {...entered}
          onDone={enter}
          onBack={() => router.navigate({ to: '/sign-in' })}
        />
      </SignInFrame>
    );
  }
  const lost = back.isError || back.data === null;
  return (
    <SignInFrame>
      <div className="sign-in-form">
        <h1>{t('sign_in')}</h1>
        <EntryProblem error={back.error} />
        {back.data === null && <p className="muted">{t('never_went')}</p>}
        {lost ? <Link to="/sign-in">{t('begin_again')}</Link> : <Skeleton rows={3} />}
      </div>
    </SignInFrame>
  );
}
