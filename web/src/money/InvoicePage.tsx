import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Menu } from '../controls/Menu.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { Operations, ReceivableDetail } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { AcceptForm } from './AcceptForm.tsx';
import { CreditForm } from './CreditForm.tsx';
import { DisputeForm } from './DisputeForm.tsx';
import { InvoiceHistory } from './InvoiceHistory.tsx';
import { InvoiceLines } from './InvoiceLines.tsx';
import { PayForm } from './PayForm.tsx';
import { ReceivableClock } from './ReceivableClock.tsx';
import { useMoneyTexts } from './texts.ts';
import './money.css';

export type InvoiceDetail = Operations['invoice.get']['reply'];
type Step = 'pay' | 'dispute' | 'credit' | 'accept';

/** One invoice: its clock with the rule behind it, its match, and what happened to it. */
export function InvoicePage() {
  const t = useMoneyTexts();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const invoice = useApi('invoice.get', { params: { id } });
  const isInvoice = invoice.data?.id === id && invoice.data.kind === 'invoice';
  const owed = useApi('receivable.get', { params: { id } }, isInvoice);
  const ready = invoice.data?.id === id && (!isInvoice || owed.data?.id === id);
  if (ready && invoice.data) {
    return <OneInvoice invoice={invoice.data} owed={isInvoice ? owed.data : undefined} />;
  }
  const error = invoice.error ?? owed.error;
  return (
    <Page title={t('invoice', { number: '' })} back="/invoices">
      {error ? <ProblemNotice error={error} /> : <Skeleton rows={6} />}
    </Page>
  );
}

type Props = { invoice: InvoiceDetail; owed: ReceivableDetail | undefined };

function OneInvoice({ invoice, owed }: Props) {
  const t = useMoneyTexts();
  const format = useFormat();
  const read = useBilingual();
  const sides = `${read(invoice.seller.name)} → ${read(invoice.buyer.name)}`;
  const [step, setStep] = useState<Step>();
  const steps = useSteps(owed);
  const [next, ...others] = steps;
  const { number, kind, total_minor, currency } = invoice;
  return (
    <Page
      title={t(kind, { number })}
      back={owed ? '/invoices' : `/invoices/${invoice.corrects_id ?? ''}`}
      subtitle={`${sides} · ${format.money(total_minor, currency)}`}
      notice={owed && <LateNotice owed={owed} />}
      action={
        next && (
          <Button kind="primary" onClick={() => setStep(next)}>
            {t(next)}
          </Button>
        )
      }
      menu={
        others.length > 0 && (
          <Menu label={t('actions')} className="page-menu" trigger={<Icon name="more" size={20} />}>
            {others.map((one) => (
              <button key={one} type="button" className="menu-item" onClick={() => setStep(one)}>
                {t(one)}
              </button>
            ))}
          </Menu>
        )
      }
    >
      <div className="halves">
        <div className="stack">
          <InvoiceLines invoice={invoice} />
          {owed && <InvoiceHistory invoice={invoice} owed={owed} />}
        </div>
        <div className="stack">
          {owed && <ReceivableClock owed={owed} />}
          <Papers invoice={invoice} />
        </div>
      </div>
      <Drawer
        open={step !== undefined}
        title={step ? t(step) : ''}
        onClose={() => setStep(undefined)}
      >
        {step && owed && <StepBody step={step} owed={owed} onDone={() => setStep(undefined)} />}
      </Drawer>
    </Page>
  );
}

function LateNotice({ owed }: { owed: ReceivableDetail }) {
  const t = useMoneyTexts();
  const format = useFormat();
  if (owed.state !== 'overdue') return null;
  const interest = BigInt(owed.interest_minor) - BigInt(owed.interest_paid_minor);
  return (
    <Notice tone="late">
      {t('late_short', { count: owed.clock.days_late })} · {t('payable')}{' '}
      {format.money(owed.payable_minor, owed.currency)}
      {interest > 0n && ` · ${t('interest')} ${format.money(interest.toString(), owed.currency)}`}
    </Notice>
  );
}

/** What the reader may do to the invoice, the likeliest first. */
function useSteps(owed: ReceivableDetail | undefined): Step[] {
  const may = useMay();
  const { party } = useSession();
  if (!owed) return [];
  const buys = owed.buyer.id === party.id;
  const sells = owed.seller.id === party.id;
  const payable = BigInt(owed.payable_minor) > 0n;
  const open = BigInt(owed.open_minor) > 0n;
  const inspects = owed.inspection_due_on !== null && owed.accepted_on === null;
  const steps: (Step | false)[] = [
    buys && payable && may('money.payment.record') && 'pay',
    buys && payable && may('trade.invoice.dispute') && 'dispute',
    buys && inspects && may('money.receivable.accept') && 'accept',
    sells && open && may('trade.invoice.credit') && 'credit',
  ];
  return steps.filter((step) => step !== false);
}

type StepProps = { step: Step; owed: ReceivableDetail; onDone: () => void };

function StepBody({ step, owed, onDone }: StepProps) {
  if (step === 'pay') {
    return <PayForm payer={owed.buyer.id} payee={owed.seller.id} owed={[owed]} onDone={onDone} />;
  }
  if (step === 'dispute') return <DisputeForm owed={[owed]} onDone={onDone} />;
  if (step === 'credit') return <CreditForm owed={[owed]} onDone={onDone} />;
  return <AcceptForm owed={owed} onDone={onDone} />;
}

function Papers({ invoice }: { invoice: InvoiceDetail }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const { id, number, order_id, corrects_id, issued_on, match } = invoice;
  return (
    <Card>
      <dl className="facts">
        <dt>{t('issued')}</dt>
        <dd>{format.date(issued_on)}</dd>
        <dt>{t('match')}</dt>
        <dd>
          <Tag tone={match === 'differs' ? 'late' : 'plain'}>{t(`match_${match}`)}</Tag>
        </dd>
        <dd className="facts-wide">
          <a href={addressOf('invoice.document', { id })} download={`${number}.xml`}>
            {t('ubl')}
          </a>
        </dd>
        {order_id && (
          <dd className="facts-wide">
            <Link to={`/orders/${order_id}`}>{t('of_order')}</Link>
          </dd>
        )}
        {corrects_id && (
          <dd className="facts-wide">
            <Link to={`/invoices/${corrects_id}`}>{t('corrects')}</Link>
          </dd>
        )}
      </dl>
    </Card>
  );
}
