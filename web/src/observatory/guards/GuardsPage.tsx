import { useNavigate, useSearch } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { CollectionRow, Form } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import type { Search } from '../../kernel/search.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { BunchingPanel } from './BunchingPanel.tsx';
import { DivergencePanel } from './DivergencePanel.tsx';
import { HeapingPanel } from './HeapingPanel.tsx';
import { useGuardTexts } from './texts.ts';
import './guards.css';

const MOST = 200;
const FIGURES = ['amount', 'quantity', 'count', 'percent'];

export type Item = Form['items'][number];
export type PanelProps = {
  collection: CollectionRow;
  collections: readonly CollectionRow[];
  /** Items that are figures. */
  items: readonly Item[];
  asked: Search;
  ask: (changes: Search) => void;
};

/** Whether figures that firms reported still say what they are meant to, and how one can tell. */
export function GuardsPage() {
  const t = useGuardTexts();
  const read = useBilingual();
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }) as Search;
  const list = useApi('collection.list', { query: { limit: MOST } });
  const ask = (changes: Search) =>
    void navigate({
      to: '.',
      search: { ...asked, ...changes } as never,
      replace: true,
      resetScroll: false,
    });
  const collections = list.data?.items ?? [];
  const newest = collections.find(({ state }) => state !== 'open') ?? collections[0];
  const chosen = collections.find(({ id }) => id === asked.collection) ?? newest;
  return (
    <ObservatoryPage title={t('title')} subtitle={t('subtitle')}>
      {list.isError && <ProblemNotice error={list.error} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.data && collections.length === 0 && (
        <Empty title={t('no_collection')}>{t('no_collection_more')}</Empty>
      )}
      {collections.length > 0 && (
        <Card>
          <SelectField
            label={t('collection')}
            hint={t('choose_more')}
            value={chosen?.id ?? ''}
            options={collections.map(({ id, form, period }) => ({
              value: id,
              label: `${read(form)} · ${period}`,
            }))}
            onChange={(collection) =>
              ask({
                collection,
                item: '',
                at: '',
                earlier: '',
                indicator: '',
                outcome: '',
                per: '',
              })
            }
          />
        </Card>
      )}
      {chosen && <Panels key={chosen.id} {...{ collection: chosen, collections, asked, ask }} />}
    </ObservatoryPage>
  );
}

function Panels(props: Omit<PanelProps, 'items'>) {
  const { form_id } = props.collection;
  const form = useApi('statistical_form.get', { params: { id: form_id } });
  if (form.isError) return <ProblemNotice error={form.error} />;
  if (form.data?.id !== form_id) return <Skeleton rows={6} />;
  const items = form.data.items.filter(({ kind }) => FIGURES.includes(kind));
  return (
    <>
      <HeapingPanel {...props} items={items} />
      <BunchingPanel {...props} items={items} />
      <DivergencePanel {...props} items={items} />
    </>
  );
}
