import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { CollectionRow } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { OpenCollection } from './OpenCollection.tsx';
import { useCollectionTexts } from './texts.ts';

/** What a statistician collects. */
export function CollectionsPage() {
  const t = useCollectionTexts();
  const format = useFormat();
  const read = useBilingual();
  const may = useMay();
  const [opening, setOpening] = useState(false);
  const columns: Column<CollectionRow>[] = [
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
      ...{ id: 'due_on', label: t('due'), figure: true },
      cell: ({ due_on }) => format.date(due_on),
      text: ({ due_on }) => due_on,
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: ({ state }) => (
        <Tag tone={state === 'open' ? 'waiting' : 'plain'}>{t(`state_${state}`)}</Tag>
      ),
      text: ({ state }) => t(`state_${state}`),
    },
  ];
  return (
    <ObservatoryPage
      title={t('collections_title')}
      subtitle={t('collections_subtitle')}
      action={
        may('collections.collection.run') && (
          <Button kind="primary" onClick={() => setOpening(true)}>
            {t('open')}
          </Button>
        )
      }
    >
      <DataList<CollectionRow>
        path="/api/v1/collections"
        columns={columns}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/observatory/collections/${id}`}
        name={t('collections_title')}
        empty={<Empty title={t('none_collections')}>{t('none_collections_more')}</Empty>}
      />
      <Drawer open={opening} title={t('open')} onClose={() => setOpening(false)}>
        {opening && <OpenCollection />}
      </Drawer>
    </ObservatoryPage>
  );
}
