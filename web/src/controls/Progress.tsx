import { useControlTexts } from './texts.ts';

type Props = { done: number; total?: number; label: string };

/** Long work that shows how far it is; without a total it only shows that it goes on. */
export function Progress({ done, total, label }: Props) {
  const t = useControlTexts();
  return (
    <div className="stack-tight">
      <p className="muted small" aria-live="polite">
        {label}
        {total !== undefined && ` · ${t('progress', { done, total })}`}
      </p>
      <progress
        className="progress"
        aria-label={label}
        {...(total === undefined ? {} : { value: done, max: total })}
      />
    </div>
  );
}

/** Grey rows in the place of what is being read, so that nothing jumps when it comes. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const t = useControlTexts();
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have nothing but their place.
        <span key={index} className="skeleton-row" />
      ))}
    </div>
  );
}
