import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { ChainView } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { FLOWS, type Flow, useFlowTexts } from '../../kernel/flows.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { nameOf } from '../../kernel/parties.ts';
import type { Search } from '../../kernel/search.ts';
import { Table } from '../../table/Table.tsx';
import { type FlowLink, flowLinks, sankeyOf } from './flow-links.ts';
import { useChainTexts } from './texts.ts';
import '../../table/table.css';

const Chart = lazy(() => import('./Chart.tsx'));

const PERIODS = ['30', '90', '365'] as const;
/** More ribbons than this are a carpet. */
const MOST_RIBBONS = 36;
const CURRENCY = 'CNY';

/** The four flows between the parties that the reader may see, one at a time. */
export function Flows() {
  const t = useChainTexts();
  const flows = useFlowTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const flow = FLOWS.find((one) => one === search.flow) ?? 'commerce';
  const days = PERIODS.find((one) => one === search.days) ?? '90';
  const chain = useApi('chain.map', { query: { days: Number(days) } });
  const change = (next: Search) =>
    void navigate({ to: '.', search: { ...search, ...next } as never, replace: true });
  return (
    <Card>
      <div className="stack">
        <div className="row spread">
          <Choice
            label={t('flow')}
            options={FLOWS.map((value) => ({ value, label: flows(value) }))}
            value={flow}
            onChange={(value) => change({ flow: value })}
          />
          <Choice
            label={t('period')}
            options={PERIODS.map((value) => ({ value, label: t('days', { days: value }) }))}
            value={days}
            onChange={(value) => change({ days: value })}
          />
        </div>
        {chain.isError && <ProblemNotice error={chain.error} />}
        {chain.isPending && <Skeleton rows={8} />}
        {chain.data && <Picture chain={chain.data} flow={flow} />}
      </div>
    </Card>
  );
}

function Picture({ chain, flow }: { chain: ChainView; flow: Flow }) {
  const t = useChainTexts();
  const format = useFormat();
  const links = flowLinks(chain, flow);
  const name = useName(chain);
  const amount = useAmount(flow);
  if (chain.links.length === 0) return <Empty title={t('none')}>{t('none_more')}</Empty>;
  if (links.length === 0) return <p className="muted">{t('none_flow')}</p>;
  const { nodes, edges, hidden } = sankeyOf(links, MOST_RIBBONS);
  return (
    <>
      <p className="muted small">
        {t(`measure_${flow}`)} · {t('since', { date: format.dateOf(chain.since) })}
      </p>
      <Suspense fallback={<div className="chain-chart" />}>
        <Chart
          kind="sankey"
          label={t(`measure_${flow}`)}
          colour={`--flow-${flow}`}
          nodes={nodes.map(({ id, party }) => ({
            id,
            name: party === null ? t('others', { count: hidden }) : name(party),
          }))}
          edges={edges.map((edge) => ({ ...edge, text: amount(edge.value) }))}
        />
      </Suspense>
      <details>
        <summary className="muted">{t('as_table')}</summary>
        <LinkTable links={links} name={name} amount={amount} />
      </details>
    </>
  );
}

function useName(chain: ChainView): (id: string) => string {
  const read = useBilingual();
  return (id) => {
    const party = chain.parties.find((one) => one.id === id);
    return party ? read(nameOf(party)) : '–';
  };
}

function useAmount(flow: Flow): (value: number) => string {
  const t = useChainTexts();
  const format = useFormat();
  return (value) => {
    if (flow === 'goods') return t('unit_goods', { count: format.count(value) });
    if (flow === 'data') return t('unit_data', { count: format.count(value) });
    return format.money(String(Math.round(value)), CURRENCY);
  };
}

type TableProps = {
  links: readonly FlowLink[];
  name: (id: string) => string;
  amount: (value: number) => string;
};

/** The same figures for who reads tables, and for screen readers. */
function LinkTable({ links, name, amount }: TableProps) {
  const t = useChainTexts();
  return (
    <Table
      columns={[
        { id: 'from', label: t('from'), cell: ({ from }: FlowLink) => name(from) },
        { id: 'to', label: t('to'), cell: ({ to }) => name(to) },
        { id: 'amount', label: t('amount'), figure: true, cell: ({ value }) => amount(value) },
      ]}
      rows={links}
      rowKey={({ from, to }) => `${from}${to}`}
    />
  );
}
