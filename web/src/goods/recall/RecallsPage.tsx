import { Empty } from '../../controls/Empty.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { RecallNotice, RecallRow } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { Page } from '../../shell/Page.tsx';
import { Tabs, useTab } from '../../shell/Tabs.tsx';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { NoticeState } from './NoticeState.tsx';
import { useRecallTexts } from './texts.ts';

const PARTS = ['own', 'received'] as const;
const RECEIVED = { side: 'received' };

/** Recalls of the party's own, and notices of those of others. */
export function RecallsPage() {
  const t = useRecallTexts();
  const tabs = PARTS.map((id) => ({ id, label: t(id) }));
  const tab = useTab(tabs);
  return (
    <Page title={t('title')} subtitle={t('subtitle')} back="/events">
      <Tabs label={t('parts')} tabs={tabs} />
      {tab === 'own' ? <Own /> : <Received />}
    </Page>
  );
}

function Own() {
  const t = useRecallTexts();
  const format = useFormat();
  const columns: Column<RecallRow>[] = [
    {
      ...{ id: 'number', label: t('number'), card: 'aside' },
      cell: ({ number }) => number,
      text: ({ number }) => number,
    },
    {
      ...{ id: 'title', label: t('case_title'), card: 'title' },
      cell: ({ title }) => title,
      text: ({ title }) => title,
    },
    {
      ...{ id: 'grade', label: t('grade'), card: 'line' },
      cell: ({ grade }) => t(`grade_${grade}`),
      text: ({ grade }) => t(`grade_${grade}`),
    },
    {
      ...{ id: 'opened_at', label: t('opened'), card: 'line' },
      cell: ({ opened_at }) => format.instant(opened_at),
      text: ({ opened_at }) => opened_at,
    },
    {
      ...{ id: 'state', label: t('state'), card: 'line' },
      cell: (row) =>
        row.closed_at ? (
          <Tag>{t('state_over')}</Tag>
        ) : (
          <Tag tone={row.is_late ? 'late' : 'waiting'}>
            {t('answered_of', { answered: row.answered_count, all: row.notice_count })}
          </Tag>
        ),
      text: ({ closed_at }) => t(closed_at ? 'state_over' : 'state_open'),
    },
  ];
  return (
    <DataList<RecallRow>
      path="/api/v1/recalls"
      columns={columns}
      rowKey={({ id }) => id}
      rowLink={({ id }) => `/recalls/${id}`}
      isLate={({ is_late, closed_at }) => is_late && closed_at === null}
      name={t('title')}
      empty={<Empty title={t('none_own')}>{t('none_own_more')}</Empty>}
    />
  );
}

function Received() {
  const t = useRecallTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const columns: Column<RecallNotice>[] = [
    {
      ...{ id: 'number', label: t('number'), card: 'aside' },
      cell: ({ number }) => number,
      text: ({ number }) => number,
    },
    {
      ...{ id: 'title', label: t('case_title'), card: 'title' },
      cell: ({ title }) => title,
      text: ({ title }) => title,
    },
    {
      ...{ id: 'owner_id', label: t('from', { party: '' }).trim(), card: 'line' },
      cell: ({ owner_id }) => partyName(owner_id),
      text: ({ owner_id }) => partyName(owner_id),
    },
    {
      ...{ id: 'sent_at', label: t('state_sent'), card: 'line' },
      cell: ({ sent_at }) => (sent_at ? format.instant(sent_at) : '–'),
      text: ({ sent_at }) => sent_at ?? '',
    },
    {
      ...{ id: 'state', label: t('state'), card: 'line' },
      cell: ({ state }) => <NoticeState state={state} />,
      text: ({ state }) => t(`state_${state}`),
    },
  ];
  return (
    <DataList<RecallNotice>
      path="/api/v1/recall-notices"
      fixed={RECEIVED}
      columns={columns}
      rowKey={({ id }) => id}
      rowLink={({ id }) => `/recall-notices/${id}`}
      isLate={({ state }) => state === 'sent'}
      name={t('received')}
      empty={<Empty title={t('none_received')}>{t('none_received_more')}</Empty>}
    />
  );
}
