import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { CollectionRow, Form, FormDraftContent } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import type { Search } from '../../kernel/search.ts';
import { useMay, useSession } from '../../kernel/session.ts';
import { Tabs, useTab } from '../../shell/Tabs.tsx';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { OpenCollection } from '../collections/OpenCollection.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { useBegin } from './BeginDraft.tsx';
import { ChangesCard, textOfForm } from './ChangesCard.tsx';
import { FormText } from './FormText.tsx';
import { Preview, useTrial } from './Preview.tsx';
import { useFormTexts } from './texts.ts';
import { useCheck } from './use-check.ts';
import { Weight } from './Weight.tsx';
import './forms.css';

/** One form in a version of it: what it asks, as the firm sees it, what it costs, what changed. */
export function FormPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { version } = useSearch({ strict: false }) as Search;
  const t = useFormTexts();
  const query = version && /^\d{1,6}$/.test(version) ? { version: Number(version) } : {};
  const found = useApi('statistical_form.get', { params: { id }, query });
  if (found.data?.id === id) return <OneForm key={found.data.version_id} form={found.data} />;
  return (
    <ObservatoryPage title={t('title')} back="/observatory/forms">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={8} />}
    </ObservatoryPage>
  );
}

const TABS = ['form', 'preview', 'weight', 'changes', 'collections'] as const;

function OneForm({ form }: { form: Form }) {
  const t = useFormTexts();
  const read = useBilingual();
  const partyName = usePartyName();
  const tabs = TABS.map((id) => ({ id, label: t(`tab_${id}`) }));
  const tab = useTab(tabs);
  const may = useMay();
  const { party } = useSession();
  const mayRevise = form.owner_id === party.id && may('collections.form_draft.write');
  const { id, items, code, version, period_kind, owner_id } = form;
  return (
    <ObservatoryPage
      title={read(form.name)}
      back="/observatory/forms"
      subtitle={[
        code,
        t('version_of', { version }),
        t(`period_${period_kind}`),
        partyName(owner_id),
      ].join(' · ')}
      tools={<OtherSteps form={form} />}
      action={mayRevise && <Revise id={id} />}
    >
      <Tabs label={t('parts')} tabs={tabs} />
      {tab === 'form' && <FormText form={form} />}
      {tab === 'preview' && <Tried form={form} />}
      {tab === 'weight' && (
        <Weight
          of="form"
          id={id}
          isComparable={items.some(({ source, prefill }) => source || prefill)}
          nameOf={(item) => {
            const found = items.find((one) => one.code === item);
            return found ? read(found.name) : item;
          }}
        />
      )}
      {tab === 'changes' && <Against form={form} />}
      {tab === 'collections' && <Collections id={id} />}
    </ObservatoryPage>
  );
}

/** Each version that there was; the address says which one is shown. */
function Versions({ form: { version, newest_version } }: { form: Form }) {
  const t = useFormTexts();
  const navigate = useNavigate();
  const { tab } = useSearch({ strict: false }) as Search;
  if (newest_version === 1) return null;
  const all = Array.from({ length: newest_version }, (_, at) => newest_version - at);
  return (
    <select
      className="input form-version"
      aria-label={t('version')}
      value={String(version)}
      onChange={(event) => {
        const search = { tab, version: event.target.value };
        void navigate({ to: '.', search: search as never });
      }}
    >
      {all.map((one) => (
        <option key={one} value={String(one)}>
          {t(one === newest_version ? 'version_newest' : 'version_of', { version: one })}
        </option>
      ))}
    </select>
  );
}

function Revise({ id }: { id: string }) {
  const t = useFormTexts();
  const begin = useBegin();
  return (
    <>
      <Button
        kind="primary"
        busy={begin.isPending}
        onClick={() => begin.mutate({ body: { as: 'revision', form_id: id } })}
      >
        {t('revise')}
      </Button>
      {begin.isError && <ProblemNotice error={begin.error} />}
    </>
  );
}

/** Another version is looked at; any form is copied, and an own one asked with. */
function OtherSteps({ form }: { form: Form }) {
  const { id, owner_id } = form;
  const t = useFormTexts();
  const may = useMay();
  const { party } = useSession();
  const begin = useBegin();
  const [asking, setAsking] = useState(false);
  return (
    <span className="row">
      <Versions form={form} />
      {owner_id === party.id && may('collections.collection.run') && (
        <Button onClick={() => setAsking(true)}>{t('use')}</Button>
      )}
      {may('collections.form_draft.write') && (
        <Button
          busy={begin.isPending}
          onClick={() => begin.mutate({ body: { as: 'copy', form_id: id } })}
        >
          {t('copy')}
        </Button>
      )}
      {begin.isError && <ProblemNotice error={begin.error} />}
      <Drawer open={asking} title={t('use')} onClose={() => setAsking(false)}>
        {asking && <OpenCollection form={id} />}
      </Drawer>
    </span>
  );
}

function Tried({ form }: { form: Form }) {
  const items = form.items as FormDraftContent['items'];
  const tried = useTrial(items);
  const { code, name, period_kind, asks_per_year, approval, rules } = form;
  const levels = form.levels === 2 ? 2 : 1;
  const [content] = useState<FormDraftContent>({
    ...{ code, name, period_kind, levels, asks_per_year, approval, items, rules },
  });
  const check = useCheck(content, tried.trial);
  return <Preview form={content} check={check} tried={tried} />;
}

function Against({ form }: { form: Form }) {
  const t = useFormTexts();
  const { id, version } = form;
  const before = useApi(
    'statistical_form.get',
    { params: { id }, query: { version: version - 1 } },
    version > 1,
  );
  if (version === 1) return <Empty title={t('first_version')}>{''}</Empty>;
  if (before.isError) return <ProblemNotice error={before.error} />;
  if (before.data?.version !== version - 1) return <Skeleton rows={4} />;
  return <ChangesCard before={before.data} after={textOfForm(form)} />;
}

/** Where the reader has asked with this form, in whichever version. */
function Collections({ id }: { id: string }) {
  const t = useFormTexts();
  const format = useFormat();
  const columns: Column<CollectionRow>[] = [
    {
      ...{ id: 'period', label: t('period'), card: 'title' },
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
      cell: ({ state }) => <Tag tone={state === 'open' ? 'waiting' : 'plain'}>{t(state)}</Tag>,
      text: ({ state }) => t(state),
    },
  ];
  return (
    <DataList<CollectionRow>
      path="/api/v1/collections"
      fixed={{ form_id: id }}
      columns={columns}
      rowKey={(row) => row.id}
      rowLink={(row) => `/observatory/collections/${row.id}`}
      name={t('tab_collections')}
      empty={<Empty title={t('collections_none')}>{''}</Empty>}
    />
  );
}
