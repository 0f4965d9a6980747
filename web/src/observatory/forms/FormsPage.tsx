import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import type { FormDraftRow, FormRow } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { Rows } from '../../table/Rows.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { BeginDraft } from './BeginDraft.tsx';
import { useFormTexts } from './texts.ts';
import './forms.css';

/** As many as one party may be writing. */
const MOST_DRAFTS = 50;

/** What forms there are, who was asked with them, and what it cost; and what is being written. */
export function FormsPage() {
  const t = useFormTexts();
  const may = useMay();
  const [beginning, setBeginning] = useState(false);
  return (
    <ObservatoryPage
      title={t('title')}
      subtitle={t('subtitle')}
      action={
        may('collections.form_draft.write') && (
          <Button kind="primary" onClick={() => setBeginning(true)}>
            {t('make')}
          </Button>
        )
      }
    >
      <Drafts />
      <section className="stack-tight">
        <h2 className="list-title">{t('list')}</h2>
        <DataList<FormRow>
          path="/api/v1/collections/forms"
          columns={useFormColumns()}
          rowKey={({ id }) => id}
          rowLink={({ id }) => `/observatory/forms/${id}`}
          name={t('list')}
          empty={<Empty title={t('none')}>{t('none_more')}</Empty>}
        />
      </section>
      <Drawer open={beginning} title={t('make')} onClose={() => setBeginning(false)}>
        {beginning && <BeginDraft />}
      </Drawer>
    </ObservatoryPage>
  );
}

function Drafts() {
  const t = useFormTexts();
  const read = useBilingual();
  const format = useFormat();
  const drafts = useApi('form_draft.list', { query: { limit: MOST_DRAFTS } });
  if (drafts.isError) return <ProblemNotice error={drafts.error} />;
  if (!drafts.data || drafts.data.items.length === 0) return null;
  const columns: Column<FormDraftRow>[] = [
    {
      ...{ id: 'name', label: t('name'), card: 'title' },
      cell: ({ name }) => read(name) || t('untitled'),
    },
    {
      ...{ id: 'what', label: t('version'), card: 'aside' },
      cell: ({ form_version }) =>
        form_version === null ? t('new_form') : t('revises', { version: form_version }),
    },
    {
      ...{ id: 'items', label: t('items'), figure: true },
      cell: ({ item_count }) => format.count(item_count),
    },
    {
      ...{ id: 'changed_at', label: t('changed'), figure: true },
      cell: ({ changed_at }) => format.instant(changed_at),
    },
  ];
  return (
    <Card title={t('drafts')} note={t('drafts_note')}>
      <Rows
        columns={columns}
        rows={drafts.data.items}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/observatory/forms/drafts/${id}`}
      />
    </Card>
  );
}

function useFormColumns(): Column<FormRow>[] {
  const t = useFormTexts();
  const read = useBilingual();
  const partyName = usePartyName();
  const use = ({ own_use: { firms, reported } }: FormRow) =>
    firms === 0 ? t('never_asked') : t('asked_firms', { count: firms, reported });
  const minutes = ({ own_use: { median_minutes, reports_with_minutes, firms } }: FormRow) =>
    median_minutes === null
      ? t(firms === 0 ? 'none_noted' : 'minutes_unknown')
      : t('minutes_median', { minutes: median_minutes, reports: reports_with_minutes });
  return [
    {
      ...{ id: 'name', label: t('name'), card: 'title' },
      cell: ({ name }) => read(name),
      text: ({ name }) => read(name),
    },
    { ...{ id: 'code', label: t('code') }, cell: ({ code }) => code, text: ({ code }) => code },
    {
      ...{ id: 'version', label: t('version'), card: 'aside' },
      cell: ({ version }) => t('version_of', { version }),
      text: ({ version }) => String(version),
    },
    {
      ...{ id: 'period_kind', label: t('period_kind') },
      cell: ({ period_kind }) => t(`period_${period_kind}`),
      text: ({ period_kind }) => t(`period_${period_kind}`),
    },
    {
      ...{ id: 'items', label: t('items'), figure: true },
      cell: ({ item_count }) => item_count,
      text: ({ item_count }) => String(item_count),
    },
    {
      ...{ id: 'owner', label: t('owner') },
      cell: ({ owner_id }) => partyName(owner_id),
      text: ({ owner_id }) => partyName(owner_id),
    },
    { ...{ id: 'use', label: t('asked_with') }, cell: use, text: use },
    { ...{ id: 'minutes', label: t('burden') }, cell: minutes, text: minutes },
  ];
}
