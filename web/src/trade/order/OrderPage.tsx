import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommerceTexts } from '../../commerce/texts.ts';
import { Card } from '../../controls/Card.tsx';
import { Icon } from '../../controls/Icon.tsx';
import { Menu } from '../../controls/Menu.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { OrderView } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import { useWeaveTexts } from '../../weave/texts.ts';
import { Weave } from '../../weave/Weave.tsx';
import { NextStep } from '../steps/NextStep.tsx';
import { StepDrawer } from '../steps/StepDrawer.tsx';
import { Deliveries } from './Deliveries.tsx';
import { Downloads } from './Downloads.tsx';
import { Messages } from './Messages.tsx';
import { nextSteps, type Step } from './next-step.ts';
import { OrderLines } from './OrderLines.tsx';
import { PaymentCard } from './PaymentCard.tsx';
import { StepLink } from './StepLink.tsx';
import { useOrderTexts } from './texts.ts';
import './order.css';

/** One order: what is wrong with it, the next step, its weave, and what the weave stands on. */
export function OrderPage() {
  const t = useOrderTexts();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const view = useApi('order.view', { params: { id } });
  if (view.isError) {
    return (
      <Page title={t('order', { number: '' })} back="/orders">
        <ProblemNotice error={view.error} onRetry={() => void view.refetch()} />
      </Page>
    );
  }
  if (!view.data || view.data.order.id !== id) {
    return (
      <Page title={t('order', { number: '' })} back="/orders">
        <Skeleton rows={8} />
      </Page>
    );
  }
  return <OneOrder view={view.data} />;
}

function OneOrder({ view }: { view: OrderView }) {
  const t = useOrderTexts();
  const may = useMay();
  const [open, setOpen] = useState<Step>();
  const { next, others } = nextSteps(view.steps, may);
  return (
    <Page
      title={t('order', { number: view.order.number })}
      back="/orders"
      subtitle={<Subtitle view={view} />}
      notice={<Alerts alerts={view.alerts} />}
      action={next && <NextStep key={next} view={view} step={next} onOpen={setOpen} />}
      menu={
        <Menu label={t('more')} className="page-menu" trigger={<Icon name="more" size={20} />}>
          {others.map((step) => (
            <StepLink key={step} view={view} step={step} onOpen={setOpen} />
          ))}
          <Downloads view={view} />
        </Menu>
      }
    >
      <WeaveCard id={view.order.id} />
      <div className="halves">
        <div className="stack">
          <OrderLines view={view} />
          <Deliveries view={view} />
        </div>
        <div className="stack">
          <PaymentCard view={view} />
          <Messages order={view.order} />
        </div>
      </div>
      <StepDrawer view={view} step={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function Subtitle({ view: { order } }: { view: OrderView }) {
  const t = useOrderTexts();
  const commerce = useCommerceTexts();
  const format = useFormat();
  const read = useBilingual();
  const parties = t('parties', { buyer: read(order.buyer.name), seller: read(order.seller.name) });
  return (
    <span className="order-subtitle">
      <span>
        {parties} · {t('order_line', { count: order.line_count })} ·{' '}
        {t('total', { total: format.money(order.total_minor, order.currency) })}
      </span>
      <Tag>{commerce(`state_${order.state}`)}</Tag>
    </span>
  );
}

function Alerts({ alerts }: Pick<OrderView, 'alerts'>) {
  const read = useBilingual();
  if (alerts.length === 0) return null;
  return (
    <Notice tone="late">
      <ul className="order-alerts">
        {alerts.map(({ text }) => (
          <li key={text.en}>{read(text)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function WeaveCard({ id }: { id: string }) {
  const t = useWeaveTexts();
  const weave = useApi('order.weave', { params: { id } });
  return (
    <Card title={t('title')} note={t('hint')}>
      {weave.isError && <ProblemNotice error={weave.error} />}
      {weave.data ? <Weave data={weave.data} /> : weave.isPending && <Skeleton rows={6} />}
    </Card>
  );
}
