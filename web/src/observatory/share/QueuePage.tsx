import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { SaleDecision, Unclassified } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { useEditionNames } from '../edition-names.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { useAsked } from './asked.ts';
import { DecideForm } from './DecideForm.tsx';
import { useShareTexts } from './texts.ts';

const CURRENCY = 'CNY';

/** What nothing classifies yet, and what was decided before. */
export function QueuePage() {
  const t = useShareTexts();
  const { asked } = useAsked();
  const { from, to } = asked;
  const [deciding, setDeciding] = useState<Unclassified>();
  const queue = useApi('revenue_split.queue', {
    query: { ...(from ? { from } : {}), ...(to ? { to } : {}) },
  });
  return (
    <ObservatoryPage title={t('queue_title')} subtitle={t('queue_subtitle')}>
      {queue.isError && <ProblemNotice error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.isPending && <Skeleton rows={8} />}
      {queue.data && (
        <Card>
          {queue.data.items.length === 0 && (
            <Empty title={t('queue_none')}>{t('queue_none_more')}</Empty>
          )}
          <ol className="questions">
            {queue.data.items.map((one) => (
              <Waiting
                key={`${one.sale.product_id} ${one.sale.name}`}
                one={one}
                onDecide={() => setDeciding(one)}
              />
            ))}
          </ol>
        </Card>
      )}
      <Decisions />
      <Drawer
        open={deciding !== undefined}
        title={t('decide_title', { name: deciding?.sale.name ?? '' })}
        onClose={() => setDeciding(undefined)}
      >
        {deciding && (
          <DecideForm
            sale={deciding.sale}
            precedents={deciding.precedents}
            onDone={() => setDeciding(undefined)}
          />
        )}
      </Drawer>
    </ObservatoryPage>
  );
}

function Waiting({ one, onDecide }: { one: Unclassified; onDecide: () => void }) {
  const t = useShareTexts();
  const format = useFormat();
  const may = useMay();
  const { sale, net_minor, lines, nearest, precedents } = one;
  return (
    <li className="question">
      <div className="question-head">
        <span className="strong">{sale.name}</span>
        <span className="muted">
          {t('of_lines', { amount: format.money(net_minor, CURRENCY), count: lines })}
        </span>
      </div>
      <p className="muted small">
        {t('nearest')} · {t('nearest_note')}
      </p>
      <ul className="nearest">
        {nearest.map(({ code, name, score }) => (
          <li key={code}>
            <span className="code">{code}</span> {name}{' '}
            <span className="muted small">
              {t('likeness', { percent: format.decimal((score * 100).toFixed(0)) })}
            </span>
          </li>
        ))}
      </ul>
      {precedents.map(({ phrase, code, decided_on, reason }) => (
        <p key={`${phrase} ${code} ${decided_on}`}>
          {t('precedent', { phrase, code, date: format.date(decided_on) })}
          <span className="muted"> · {reason}</span>
        </p>
      ))}
      {may('statistics.decision.set') && (
        <div className="row">
          <Button size="small" onClick={onDecide}>
            {t('decide')}
          </Button>
        </div>
      )}
    </li>
  );
}

function Decisions() {
  const t = useShareTexts();
  return (
    <section className="stack-tight">
      <h2 className="list-title">
        {t('decisions')} <span className="muted small">{t('decisions_note')}</span>
      </h2>
      <DataList<SaleDecision>
        path="/api/v1/observatory/decisions"
        columns={useDecisionColumns()}
        rowKey={({ id }) => id}
        name={t('export_decisions')}
        empty={<p className="muted">{t('none_decisions')}</p>}
      />
    </section>
  );
}

function useDecisionColumns(): Column<SaleDecision>[] {
  const t = useShareTexts();
  const nameOf = useEditionNames();
  const format = useFormat();
  return [
    {
      id: 'sold',
      label: t('sold'),
      card: 'title',
      cell: ({ name }) => name,
      text: ({ name }) => name,
    },
    {
      id: 'class',
      label: t('class'),
      card: 'aside',
      cell: (row) => <span className="code">{row.class}</span>,
      text: (row) => row.class,
    },
    {
      id: 'reason',
      label: t('reason'),
      card: 'wide',
      cell: ({ reason }) => reason,
      text: ({ reason }) => reason,
    },
    {
      id: 'decided_on',
      label: t('decided_on'),
      figure: true,
      cell: ({ decided_on }) => format.date(decided_on),
      text: ({ decided_on }) => decided_on,
    },
    {
      id: 'edition',
      label: t('edition'),
      cell: ({ edition }) => nameOf(edition),
      text: ({ edition }) => nameOf(edition),
    },
  ];
}
