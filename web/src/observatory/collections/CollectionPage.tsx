import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Collection, CollectionAsk } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { AskState } from './AskState.tsx';
import { Counts } from './Counts.tsx';
import { RuleOnReport } from './RuleOnReport.tsx';
import { Totals } from './Totals.tsx';
import { useCollectionTexts } from './texts.ts';

/** One collection: who has reported and who has not, what waits for a ruling, and the sums. */
export function CollectionPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useCollectionTexts();
  const found = useApi('collection.get', { params: { id } });
  if (found.data?.id === id) return <OneCollection collection={found.data} />;
  return (
    <ObservatoryPage title={t('collections_title')} back="/observatory/collections">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </ObservatoryPage>
  );
}

function OneCollection({ collection }: { collection: Collection }) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const format = useFormat();
  const [looked, setLooked] = useState<CollectionAsk | null>(null);
  const { id, form, period, due_on, asked } = collection;
  return (
    <ObservatoryPage
      title={`${read(form)} · ${period}`}
      back="/observatory/collections"
      subtitle={[
        t(`state_${collection.state}`),
        `${t('due')} ${format.date(due_on)}`,
        t('asked', { count: asked }),
      ].join(' · ')}
      tools={<Steps collection={collection} />}
    >
      <Card>
        <Counts collection={collection} />
      </Card>
      <Totals id={id} />
      <Asked id={id} onLook={setLooked} />
      <Drawer
        open={looked !== null}
        title={looked ? read(looked.party) : ''}
        onClose={() => setLooked(null)}
      >
        {looked && <RuleOnReport ask={looked} onDone={() => setLooked(null)} />}
      </Drawer>
    </ObservatoryPage>
  );
}

type AskedProps = { id: string; onLook: (ask: CollectionAsk) => void };

function Asked({ id, onLook }: AskedProps) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const format = useFormat();
  const columns: Column<CollectionAsk>[] = [
    {
      ...{ id: 'party', label: t('party'), card: 'title' },
      cell: ({ party }) => read(party),
      text: ({ party }) => read(party),
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: (row) => <AskState ask={row} />,
      text: ({ state }) => t(`state_${state}`),
    },
    {
      ...{ id: 'first_submitted_on', label: t('submitted'), figure: true },
      cell: ({ first_submitted_on: on }) => (on ? format.date(on) : '–'),
      text: ({ first_submitted_on: on }) => on ?? '',
    },
    {
      ...{ id: 'look', label: '' },
      cell: (row) =>
        row.report_id && (
          <Button size="small" onClick={() => onLook(row)}>
            {t('look')}
          </Button>
        ),
    },
  ];
  return (
    <DataList<CollectionAsk>
      path={`/api/v1/collections/${id}/asked`}
      columns={columns}
      filters={[
        {
          ...{ kind: 'choice', id: 'state', label: t('state') },
          options: (['waiting', 'submitted', 'returned', 'accepted'] as const).map((value) => ({
            value,
            label: t(`state_${value}`),
          })),
        },
      ]}
      rowKey={(row) => row.id}
      isLate={({ is_late }) => is_late}
      name={t('parties')}
      empty={<Empty title={t('none_asks')}>{''}</Empty>}
    />
  );
}

/** Reminding, and the ends of a collection: closed, locked, and opened again with a reason. */
function Steps({ collection }: { collection: Collection }) {
  const t = useCollectionTexts();
  const may = useMay();
  const [unlocking, setUnlocking] = useState(false);
  const { id, state } = collection;
  const params = { id };
  const done = () => sayDone(t('done'));
  const remind = useCommand('collection.remind', ({ reminded }) =>
    sayDone(t('reminded', { count: reminded })),
  );
  const close = useCommand('collection.close', done);
  const lock = useCommand('collection.lock', done);
  if (!may('collections.collection.run')) return null;
  const error = remind.error ?? close.error ?? lock.error;
  return (
    <span className="row">
      {state !== 'locked' && collection.late > 0 && (
        <Button busy={remind.isPending} onClick={() => remind.mutate({ params })}>
          {t('remind')}
        </Button>
      )}
      {state === 'open' && (
        <Button busy={close.isPending} onClick={() => close.mutate({ params })}>
          {t('close')}
        </Button>
      )}
      {state === 'closed' && (
        <Button busy={lock.isPending} onClick={() => lock.mutate({ params })}>
          {t('lock')}
        </Button>
      )}
      {state === 'locked' && <Button onClick={() => setUnlocking(true)}>{t('unlock')}</Button>}
      {error && <ProblemNotice error={error} />}
      <Drawer open={unlocking} title={t('unlock')} onClose={() => setUnlocking(false)}>
        <Unlock id={id} onDone={() => setUnlocking(false)} />
      </Drawer>
    </span>
  );
}

function Unlock({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useCollectionTexts();
  const [reason, setReason] = useState('');
  const unlock = useCommand('collection.unlock', onDone);
  return (
    <StepForm
      submit={t('unlock')}
      busy={unlock.isPending}
      error={unlock.error}
      disabled={!reason.trim()}
      onSubmit={() => unlock.mutate({ params: { id }, body: { reason: reason.trim() } })}
    >
      <TextField label={t('unlock_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
