import { Link, useParams } from '@tanstack/react-router';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { Release } from '../../generated/api.ts';
import { addressOf } from '../../kernel/api/ask.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useSession } from '../../kernel/session.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { BeforeOut } from './BeforeOut.tsx';
import { Figures } from './Figures.tsx';
import { HowMade } from './HowMade.tsx';
import { OwnPlace } from './OwnPlace.tsx';
import { isDue, isHeld, ReleaseState } from './ReleaseState.tsx';
import { Revisions } from './Revisions.tsx';
import { NextStep, OtherSteps } from './Steps.tsx';
import { useReleaseTexts } from './texts.ts';
import './releases.css';

/** One release: its figures, why some are kept, what changed, and how it was made. */
export function ReleasePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useReleaseTexts();
  const found = useApi('release.get', { params: { id } });
  if (found.data?.id === id) return <OneRelease release={found.data} />;
  return (
    <ObservatoryPage title={t('title')} back="/observatory/releases">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </ObservatoryPage>
  );
}

function OneRelease({ release }: { release: Release }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { party } = useSession();
  const { owner_id, number, state, published_at } = release;
  const isOwn = owner_id === party.id;
  const isWaiting = state === 'draft' || state === 'scheduled';
  return (
    <ObservatoryPage
      title={release.title}
      back="/observatory/releases"
      subtitle={[
        t('vintage', { number }),
        partyName(owner_id),
        ...(published_at === null ? [] : [`${t('published_at')} ${format.instant(published_at)}`]),
      ].join(' · ')}
      notice={<Standing release={release} />}
      tools={
        <span className="row">
          <ReleaseState release={release} />
          {isOwn && <OtherSteps key={release.state} release={release} />}
        </span>
      }
      action={isOwn && <NextStep key={release.state} release={release} />}
    >
      {isOwn && isWaiting && <BeforeOut release={release} />}
      {!isOwn && <OwnPlace release={release} />}
      <Figures release={release} action={<Downloads release={release} />} />
      {published_at !== null && <Revisions release={release} />}
      <HowMade release={release} isOwn={isOwn} />
    </ObservatoryPage>
  );
}

/** What has to be known before a figure of it is read. */
function Standing({ release }: { release: Release }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const { series, owner_id, number, state, planned_at } = release;
  const { withdrawal_reason, held_because } = release;
  const query = { show: 'published', series, limit: 20 } as const;
  const others = useApi('release.list', { query }, state === 'published');
  const newer = others.data?.items.find(
    (one) => one.owner_id === owner_id && one.series === series && one.number > number,
  );
  if (state === 'withdrawn' && withdrawal_reason !== null) {
    const reason = withdrawal_reason;
    return <Notice tone="late">{t('withdrawn_because', { reason })}</Notice>;
  }
  if (isHeld(release) && held_because !== null) {
    const why = t(`held_${held_because}`);
    const at = planned_at === null ? '' : format.instant(planned_at);
    return <Notice tone="late">{t('held', { at, why })}</Notice>;
  }
  if (isDue(release)) return <Notice tone="caution">{t('due_now')}</Notice>;
  if (state === 'scheduled' && planned_at !== null) {
    return <Notice tone="caution">{t('embargo', { at: format.instant(planned_at) })}</Notice>;
  }
  if (state === 'draft') return <Notice tone="plain">{t('only_yours')}</Notice>;
  if (!newer) return null;
  return (
    <Notice tone="caution">
      {t('newer')}{' '}
      <Link to={`/observatory/releases/${newer.id}`}>
        {t('open_newer', { number: newer.number })}
      </Link>
    </Notice>
  );
}

const FORMS = [
  ['release.xlsx', 'XLSX'],
  ['release.csv', 'CSV'],
  ['release.parquet', 'Parquet'],
  ['release.sdmx', 'SDMX-JSON'],
] as const;

function Downloads({ release: { id } }: { release: Release }) {
  const t = useReleaseTexts();
  return (
    <span className="release-downloads">
      <span className="muted">{t('downloads')}</span>
      {FORMS.map(([operation, name]) => (
        <a key={operation} href={addressOf(operation, { id })} download>
          {name}
        </a>
      ))}
    </span>
  );
}
