import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { SavedEventQuery } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useMay } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { SubscribeForm } from './SubscribeForm.tsx';
import { Subscriptions } from './Subscriptions.tsx';
import { useStandingTexts } from './texts.ts';
import './standing.css';

/** Queries under a name, and who is told of the events that they ask for. */
export function StandingPage() {
  const t = useStandingTexts();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const queries = useApi('event_query.list', { query: { limit: 200 } });
  const subscriptions = useApi('event_subscription.list', { query: { limit: 200 } });
  const saved = queries.data?.items ?? [];
  const rows = subscriptions.data?.items ?? [];
  const error = queries.error ?? subscriptions.error;
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      back="/events"
      action={
        saved.length > 0 &&
        may('goods.subscription.create') && (
          <Button kind="primary" onClick={() => setOpen(true)}>
            {t('subscribe')}
          </Button>
        )
      }
    >
      {error && <ProblemNotice error={error} />}
      <Card title={t('subscriptions')} note={t('subscriptions_note')}>
        {subscriptions.isPending && <Skeleton rows={2} />}
        {subscriptions.isSuccess && rows.length === 0 && (
          <p className="muted">{t('none_subscriptions')}</p>
        )}
        {rows.length > 0 && <Subscriptions rows={rows} />}
      </Card>
      <Card title={t('queries')}>
        {queries.isPending && <Skeleton rows={2} />}
        {queries.isSuccess && saved.length === 0 && (
          <Empty title={t('none_queries')}>{t('none_queries_more')}</Empty>
        )}
        {saved.length > 0 && <Queries rows={saved} />}
      </Card>
      <Drawer open={open} title={t('subscribe')} onClose={() => setOpen(false)}>
        {open && <SubscribeForm queries={saved} onDone={() => setOpen(false)} />}
      </Drawer>
    </Page>
  );
}

function Queries({ rows }: { rows: readonly SavedEventQuery[] }) {
  const t = useStandingTexts();
  const may = useMay();
  const [going, setGoing] = useState<string | null>(null);
  const columns: Column<SavedEventQuery>[] = [
    { ...{ id: 'name', label: t('name'), card: 'title' }, cell: ({ name }) => name },
    {
      ...{ id: 'conditions', label: t('conditions'), card: 'wide' },
      cell: ({ definition }) => <Conditions definition={definition} />,
    },
    {
      ...{ id: 'steps', label: '' },
      cell: ({ name }) =>
        may('goods.query.drop') && (
          <Button size="small" onClick={() => setGoing(name)}>
            {t('drop_query')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Rows columns={columns} rows={rows} rowKey={({ name }) => name} />
      <Drawer open={going !== null} title={going ?? ''} onClose={() => setGoing(null)}>
        {going !== null && <DropForm name={going} onDone={() => setGoing(null)} />}
      </Drawer>
    </>
  );
}

/** A query in the standard's own names, one condition a line. */
function Conditions({ definition }: Pick<SavedEventQuery, 'definition'>) {
  const t = useStandingTexts();
  const entries = Object.entries(JSON.parse(definition) as Record<string, unknown>);
  if (entries.length === 0) return t('everything');
  return entries.map(([name, value]) => (
    <code key={name} className="standing-condition">
      {value === null ? name : `${name} = ${[value].flat().map(textOf).join(' | ')}`}
    </code>
  ));
}

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : `${value}`);

function DropForm({ name, onDone }: { name: string; onDone: () => void }) {
  const t = useStandingTexts();
  const drop = useCommand('event_query.drop', () => {
    sayDone(t('dropped_query'));
    onDone();
  });
  return (
    <StepForm
      submit={t('drop_query')}
      danger
      busy={drop.isPending}
      error={drop.error}
      onSubmit={() => drop.mutate({ params: { name } })}
    >
      <p className="muted">{t('drop_query_hint')}</p>
    </StepForm>
  );
}
