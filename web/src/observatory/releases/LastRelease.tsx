import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { ReleaseRow } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { isHeld, ReleaseState } from './ReleaseState.tsx';
import { useReleaseTexts } from './texts.ts';
import { useFigure } from './use-names.ts';

type Props = {
  /** Own releases that are not out; null for a reader, who has none and knows of none. */
  coming: readonly ReleaseRow[] | null;
};

/** The answer of the page: what came out last, what it changed, and what comes next. */
export function LastRelease({ coming }: Props) {
  const t = useReleaseTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const list = useApi('release.list', { query: { show: 'published', limit: 1 } });
  if (list.isError) return <ProblemNotice error={list.error} />;
  if (!list.data) return <Skeleton rows={4} />;
  const [last] = list.data.items;
  if (!last && coming === null) return null;
  return (
    <div className="thirds">
      {last && (
        <Card title={t('last')} note={partyName(last.owner_id)}>
          <div className="stack-tight">
            <p className="release-last">
              <Link to={`/observatory/releases/${last.id}`}>{last.title}</Link>
            </p>
            <p className="muted">
              {t('vintage', { number: last.number })}
              {last.published_at && ` · ${format.instant(last.published_at)}`}
            </p>
          </div>
        </Card>
      )}
      {last && <Changed release={last} />}
      {coming !== null && <Next coming={coming} />}
    </div>
  );
}

function Changed({ release }: { release: ReleaseRow }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const figure = useFigure(release.unit);
  const { id, reason, withdrawal_reason } = release;
  const found = useApi('release.revisions', { params: { id } }, reason !== null);
  const compared = found.data?.rows.filter(({ revision }) => revision !== null) ?? [];
  const rows = compared.filter(({ revision }) => revision !== 0);
  const mean = found.data?.mean_absolute_revision ?? null;
  return (
    <Card title={t('changed')}>
      <div className="stack-tight">
        {withdrawal_reason !== null && (
          <p className="late">{t('withdrawn_because', { reason: withdrawal_reason })}</p>
        )}
        {reason === null ? <p>{t('first_vintage')}</p> : <p>{reason}</p>}
        {found.isError && <ProblemNotice error={found.error} />}
        {found.data && mean !== null && rows.length > 0 && (
          <p className="muted">
            {t('revised_by', {
              all: format.count(compared.length),
              count: format.count(rows.length),
              mean: `${figure.of(Math.round(mean))} ${figure.unit}`,
            })}
          </p>
        )}
        {found.data && rows.length === 0 && <p className="muted">{t('revised_none')}</p>}
      </div>
    </Card>
  );
}

function Next({ coming }: { coming: readonly ReleaseRow[] }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const held = coming.filter(isHeld);
  const [next] = coming
    .filter((one) => !isHeld(one))
    .filter(({ planned_at }) => planned_at !== null)
    .toSorted((a, b) => ((a.planned_at ?? '') < (b.planned_at ?? '') ? -1 : 1));
  return (
    <Card title={t('next')} note={t('waiting_note')}>
      {held.map((one) => (
        <p key={one.id}>
          <ReleaseState release={one} />{' '}
          <Link to={`/observatory/releases/${one.id}`}>{one.title}</Link>
        </p>
      ))}
      {!next && <p className="muted">{t('next_none')}</p>}
      {next?.planned_at && (
        <div className="stack-tight">
          <p className="release-last">
            <Link to={`/observatory/releases/${next.id}`}>{next.title}</Link>
          </p>
          <p className="muted">
            {format.instant(next.planned_at)} · {format.distance(next.planned_at.slice(0, 10))}
          </p>
        </div>
      )}
    </Card>
  );
}
