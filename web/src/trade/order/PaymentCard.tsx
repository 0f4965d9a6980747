import { Link } from '@tanstack/react-router';
import { ClockFigure, PaymentClock, SmallClock } from '../../clock/PaymentClock.tsx';
import { Card } from '../../controls/Card.tsx';
import type { OrderView, ReceivableDetail } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useOrderTexts } from './texts.ts';

/** What is owed on the order, when, and by which rule; the ring is of the invoice due first. */
export function PaymentCard({ view }: { view: OrderView }) {
  const t = useOrderTexts();
  const format = useFormat();
  const read = useBilingual();
  const { receivables, invoices } = view;
  const first = dueFirst(receivables);
  if (!first) {
    return (
      <Card title={t('payment_clock')}>
        <p className="muted">{t('clock_hint')}</p>
      </Card>
    );
  }
  const total = (field: 'payable_minor' | 'disputed_minor' | 'interest_minor' | 'paid_minor') =>
    receivables.reduce((sum, one) => sum + BigInt(one[field]), 0n);
  const money = (minor: bigint) => format.money(minor.toString(), first.currency);
  const disputed = total('disputed_minor');
  const interest = total('interest_minor');
  const { article, text } = first.term_rule;
  return (
    <Card
      title={t('payment_clock')}
      {...(first.term_days === null ? {} : { note: t('term_days', { days: first.term_days }) })}
    >
      <PaymentClock {...first.clock}>
        <ClockFigure label={t('payable')} value={money(total('payable_minor'))} />
        <ClockFigure
          label={t('disputed')}
          value={money(disputed)}
          tone={disputed > 0n ? 'late' : undefined}
        />
        <ClockFigure
          label={t('interest')}
          value={money(interest)}
          tone={interest > 0n ? 'late' : undefined}
        />
        <ClockFigure label={t('paid')} value={money(total('paid_minor'))} />
      </PaymentClock>
      <p className="muted small order-rule">
        {t('term', { article: read(article), text: read(text) })}
      </p>
      <ul className="order-invoices">
        {invoices.map((invoice) => {
          const owed = receivables.find(({ id }) => id === invoice.id);
          const name =
            invoice.kind === 'credit_note'
              ? t('credit_note', { number: invoice.number })
              : invoice.number;
          return (
            <li key={invoice.id}>
              <Link to={`/invoices/${invoice.id}`} className="link-row">
                <span>{name}</span>
                {owed && <SmallClock {...owed.clock} />}
                <span>{format.money(invoice.total_minor, invoice.currency)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function dueFirst(receivables: readonly ReceivableDetail[]): ReceivableDetail | undefined {
  const open = receivables.filter(({ clock }) => !clock.paid);
  const candidates = open.length > 0 ? open : receivables;
  return [...candidates].sort((a, b) => (a.clock.due_on < b.clock.due_on ? -1 : 1))[0];
}
