import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import type { ReleaseRow } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay, useSession } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { Rows } from '../../table/Rows.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { LastRelease } from './LastRelease.tsx';
import { isHeld, ReleaseState } from './ReleaseState.tsx';
import { useReleaseTexts } from './texts.ts';
import './releases.css';

const linkOf = ({ id }: ReleaseRow) => `/observatory/releases/${id}`;
/** More than a statistician has under way: each series has one draft at a time. */
const MOST_WAITING = 50;

/** What was published last and what comes next, then all that is out. */
export function ReleasesPage() {
  const t = useReleaseTexts();
  const may = useMay();
  const { party } = useSession();
  const isStatistician = party.roles.includes('statistician') && may('publishing.release.make');
  const waiting = useApi(
    'release.list',
    { query: { show: 'waiting', limit: MOST_WAITING } },
    isStatistician,
  );
  const more = isStatistician ? t('none_statistician') : t('none_more');
  return (
    <ObservatoryPage
      title={t('title')}
      subtitle={t('subtitle')}
      action={
        isStatistician && (
          <Link to="/observatory/releases/new" className="button is-primary is-medium">
            {t('draft')}
          </Link>
        )
      }
    >
      <LastRelease coming={isStatistician ? (waiting.data?.items ?? []) : null} />
      {waiting.isError && <ProblemNotice error={waiting.error} />}
      {waiting.data && waiting.data.items.length > 0 && <Waiting rows={waiting.data.items} />}
      <section className="stack-tight">
        <h2 className="list-title">{t('published_list')}</h2>
        <DataList<ReleaseRow>
          path="/api/v1/releases"
          fixed={{ show: 'published' }}
          columns={usePublishedColumns()}
          rowKey={({ id }) => id}
          rowLink={linkOf}
          name={t('published_list')}
          empty={<Empty title={t('none')}>{more}</Empty>}
        />
      </section>
    </ObservatoryPage>
  );
}

function Waiting({ rows }: { rows: readonly ReleaseRow[] }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const columns: Column<ReleaseRow>[] = [
    ...useHeads(),
    {
      ...{ id: 'planned_at', label: t('planned_at'), figure: true },
      cell: ({ planned_at: at }) => (at === null ? '–' : format.instant(at)),
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: (row) => <ReleaseState release={row} />,
    },
  ];
  return (
    <Card title={t('waiting')} note={t('waiting_note')}>
      <Rows
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={linkOf}
        isLate={isHeld}
      />
    </Card>
  );
}

function useHeads(): Column<ReleaseRow>[] {
  const t = useReleaseTexts();
  return [
    {
      ...{ id: 'title', label: t('release'), card: 'title' },
      cell: ({ title }) => title,
      text: ({ title }) => title,
    },
    {
      ...{ id: 'number', label: t('vintage_column') },
      cell: ({ number }) => number,
      text: ({ number }) => String(number),
    },
  ];
}

function usePublishedColumns(): Column<ReleaseRow>[] {
  const t = useReleaseTexts();
  const format = useFormat();
  const partyName = usePartyName();
  return [
    ...useHeads(),
    {
      ...{ id: 'owner', label: t('publisher') },
      cell: ({ owner_id }) => partyName(owner_id),
      text: ({ owner_id }) => partyName(owner_id),
    },
    {
      ...{ id: 'published_at', label: t('published_at'), figure: true },
      cell: ({ published_at: at }) => (at === null ? '–' : format.instant(at)),
      text: ({ published_at: at }) => at ?? '',
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: (row) => <ReleaseState release={row} />,
      text: ({ state }) => t(`state_${state}`),
    },
  ];
}
