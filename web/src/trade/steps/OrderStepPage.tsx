import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { OrderView } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { Page } from '../../shell/Page.tsx';

type Props = {
  title: (number: string) => string;
  children: (view: OrderView) => ReactNode;
};

/** A page for one step of the order in the address. */
export function OrderStepPage({ title, children }: Props) {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const read = useBilingual();
  const format = useFormat();
  const view = useApi('order.view', { params: { id } });
  const order = view.data?.order;
  const subtitle = order && [
    `${read(order.buyer.name)} → ${read(order.seller.name)}`,
    format.money(order.total_minor, order.currency),
  ];
  return (
    <Page
      title={title(order?.number ?? '')}
      back={`/orders/${id}`}
      subtitle={subtitle?.join(' · ')}
    >
      {view.isError && <ProblemNotice error={view.error} onRetry={() => void view.refetch()} />}
      {view.isPending && <Skeleton rows={6} />}
      {view.data && children(view.data)}
    </Page>
  );
}
