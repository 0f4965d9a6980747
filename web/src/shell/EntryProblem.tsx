import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { PasskeyNotShown } from '../kernel/passkey.ts';
import { useShellTexts } from './texts.ts';

/** What went wrong on the way in: a refusal of the server, or a passkey that was not shown. */
export function EntryProblem({ error }: { error: unknown }) {
  const t = useShellTexts();
  if (error === null) return null;
  if (error instanceof PasskeyNotShown) {
    return (
      <div role="alert">
        <Notice tone="caution">{t('passkey_not_shown')}</Notice>
      </div>
    );
  }
  return <ProblemNotice error={error} />;
}
