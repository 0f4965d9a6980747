import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { IndustryClass } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Search } from '../../kernel/search.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useClassNames } from '../class-names.ts';
import { useEditionNames } from '../edition-names.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { ClassTree } from './ClassTree.tsx';
import { Concepts, Editions } from './Editions.tsx';
import { useClassesTexts } from './texts.ts';

const TYPING_PAUSE_MS = 300;

/** What an activity is called in the standard, where that comes from, and what is not here. */
export function ClassesPage() {
  const t = useClassesTexts();
  const nameOf = useEditionNames();
  const navigate = useNavigate();
  const address = useSearch({ strict: false }) as Search;
  const { search = '', open = '' } = address;
  const sections = useApi('industry_class.list', { query: {} });
  const change = (more: Search) =>
    void navigate({
      to: '.',
      search: { ...address, ...more } as never,
      replace: true,
      resetScroll: false,
    });
  const { data } = sections;
  return (
    <ObservatoryPage
      title={t('title')}
      subtitle={data && t('subtitle', { edition: nameOf(data.edition) })}
    >
      <Card>
        <SearchBox value={search} onChange={(value) => change({ search: value })} />
        {search && <Found phrase={search} />}
      </Card>
      <Card title={t('tree')}>
        {sections.isError && <ProblemNotice error={sections.error} />}
        {sections.isPending && <Skeleton rows={8} />}
        {data && (
          <ClassTree items={data.items} open={open} onOpen={(path) => change({ open: path })} />
        )}
      </Card>
      <Editions />
      <Concepts />
    </ObservatoryPage>
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useClassesTexts();
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextField
      label={t('search')}
      type="search"
      maxLength={100}
      value={typed}
      onChange={setTyped}
      hint={t('only_names')}
    />
  );
}

function Found({ phrase }: { phrase: string }) {
  const t = useClassesTexts();
  const found = useApi('industry_class.list', { query: { search: phrase } });
  const columns = useColumns(found.data?.items ?? []);
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data?.verdict) return <Skeleton rows={4} />;
  return (
    <div className="stack-tight" aria-live="polite">
      <p className="strong">{t(`found_${found.data.verdict}`, { phrase })}</p>
      <Rows columns={columns} rows={found.data.items} rowKey={({ code }) => code} />
    </div>
  );
}

function useColumns(items: readonly IndustryClass[]): Column<IndustryClass>[] {
  const t = useClassesTexts();
  const format = useFormat();
  const nameOf = useClassNames(items.flatMap(({ code, section }) => [code.slice(0, 2), section]));
  return [
    { id: 'name', label: t('name'), card: 'title', cell: ({ name }) => name },
    {
      id: 'code',
      label: t('code'),
      card: 'aside',
      cell: ({ code }) => <span className="code">{code}</span>,
    },
    {
      id: 'within',
      label: t('within'),
      card: 'wide',
      cell: ({ section, code }) => `${nameOf(section)} › ${nameOf(code.slice(0, 2))}`,
    },
    {
      id: 'sector',
      label: t('sector'),
      cell: ({ sector }) => (sector ? t('sector_value', { sector }) : '–'),
    },
    {
      id: 'likeness',
      label: t('likeness'),
      figure: true,
      cell: ({ score }) =>
        score === null
          ? '–'
          : t('likeness_value', { percent: format.decimal((score * 100).toFixed(0)) }),
    },
  ];
}
