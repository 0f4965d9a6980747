import { Empty } from '../../controls/Empty.tsx';
import type { CollectionAsk } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { AskState } from './AskState.tsx';
import { useCollectionTexts } from './texts.ts';

/** What statisticians ask of the party, the newest first. */
export function AsksPage() {
  const t = useCollectionTexts();
  const format = useFormat();
  const read = useBilingual();
  const partyName = usePartyName();
  const columns: Column<CollectionAsk>[] = [
    {
      ...{ id: 'form', label: t('form'), card: 'title' },
      cell: ({ form }) => read(form),
      text: ({ form }) => read(form),
    },
    {
      ...{ id: 'period', label: t('period') },
      cell: ({ period }) => period,
      text: ({ period }) => period,
    },
    {
      ...{ id: 'collector', label: t('collector') },
      cell: ({ collector_id }) => partyName(collector_id),
      text: ({ collector_id }) => partyName(collector_id),
    },
    {
      ...{ id: 'due_on', label: t('due'), figure: true },
      cell: ({ due_on, is_late }) => (
        <span className={is_late ? 'late' : ''}>{format.date(due_on)}</span>
      ),
      text: ({ due_on }) => due_on,
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: (row) => <AskState ask={row} />,
      text: ({ state }) => t(`state_${state}`),
    },
  ];
  return (
    <ObservatoryPage title={t('reports_title')} subtitle={t('reports_subtitle')}>
      <DataList<CollectionAsk>
        path="/api/v1/collections/asks"
        columns={columns}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/observatory/reports/${id}`}
        isLate={({ is_late }) => is_late}
        name={t('reports_title')}
        empty={<Empty title={t('none_asks')}>{t('none_asks_more')}</Empty>}
      />
    </ObservatoryPage>
  );
}
