import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Problem } from '../kernel/api/problem.ts';
import { useShellTexts } from './texts.ts';

/** Shown while the chunk or the data of a page is on its way. */
export function PendingPage() {
  return (
    <div className="page">
      <Skeleton rows={6} />
    </div>
  );
}

export function AbsentPage() {
  const t = useShellTexts();
  return (
    <div className="page">
      <Empty
        title={t('absent')}
        action={
          <Link to="/" className="button is-plain is-medium">
            {t('home')}
          </Link>
        }
      >
        {t('absent_more')}
      </Empty>
    </div>
  );
}

/** A refusal is shown in its own words; anything else is a bug, and said to be one. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const t = useShellTexts();
  if (error instanceof Problem) {
    return (
      <div className="page">
        <ProblemNotice error={error} onRetry={reset} />
      </div>
    );
  }
  return (
    <div className="page">
      <Empty
        title={t('broken')}
        action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      >
        {t('broken_more')}
      </Empty>
    </div>
  );
}
