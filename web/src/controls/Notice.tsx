import type { ReactNode } from 'react';
import { Problem } from '../kernel/api/problem.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { useControlTexts } from './texts.ts';

type NoticeProps = { tone: 'late' | 'caution' | 'plain'; children: ReactNode; action?: ReactNode };

/** One sentence that has to be seen before the page is read. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div className={`notice is-${tone}`}>
      <div className="notice-text">{children}</div>
      {action}
    </div>
  );
}

type ProblemProps = { error: unknown; onRetry?: (() => void) | undefined };

/** A refusal of the server, in the words of the server, with what is wrong where. */
export function ProblemNotice({ error, onRetry }: ProblemProps) {
  const t = useControlTexts();
  const read = useBilingual();
  // Anything but a refusal is a bug of the console; the error boundary of the page shows it.
  if (!(error instanceof Problem)) throw error;
  const { messages, code, errors } = error.body;
  return (
    <div className="problem" role="alert">
      <Icon name="alert" size={20} />
      <div className="stack-tight">
        <p className="strong">{read(messages)}</p>
        {errors.length > 0 && (
          <ul className="problem-list">
            {errors.map((finding) => (
              <li key={`${finding.path}${finding.rule ?? ''}${finding.en}`}>
                {read(finding)}
                <span className="muted small">
                  {[finding.path, finding.rule].filter(Boolean).map((part) => ` · ${part}`)}
                </span>
              </li>
            ))}
          </ul>
        )}
        <p className="muted small">{t('problem_code', { code })}</p>
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
