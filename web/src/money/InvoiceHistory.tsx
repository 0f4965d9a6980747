import { Link } from '@tanstack/react-router';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { ReceivableDetail } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay, useSession } from '../kernel/session.ts';
import type { InvoiceDetail } from './InvoicePage.tsx';
import { useMoneyTexts } from './texts.ts';

type Props = { invoice: InvoiceDetail; owed: ReceivableDetail };

/** Payments, credits and disputes of an invoice. */
export function InvoiceHistory({ invoice, owed }: Props) {
  const t = useMoneyTexts();
  const format = useFormat();
  const { allocations, credits, currency } = owed;
  const { disputes } = invoice;
  const empty = allocations.length + credits.length + disputes.length === 0;
  return (
    <Card title={t('history')}>
      {empty && <p className="muted">{t('no_history')}</p>}
      <ul className="link-list">
        {disputes.map((dispute) => (
          <DisputeRow key={dispute.id} dispute={dispute} owed={owed} />
        ))}
        {credits.map((credit) => (
          <li key={credit.credit_note_id}>
            <Link to={`/invoices/${credit.credit_note_id}`} className="link-row">
              <span className="muted">{format.date(credit.credited_on)}</span>
              <span>{t('credit_row', { number: credit.number })}</span>
              <span>{format.money(credit.amount_minor, currency)}</span>
            </Link>
          </li>
        ))}
        {allocations.map((part) => (
          <li key={`${part.payment_id}${part.toward}`} className="link-row">
            <span className="muted">{format.date(part.paid_on)}</span>
            <span>
              {t('payment_row')}
              {part.toward === 'interest' && ` · ${t('toward_interest')}`}
            </span>
            <span>{format.money(part.amount_minor, currency)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type DisputeProps = { dispute: InvoiceDetail['disputes'][number]; owed: ReceivableDetail };

function DisputeRow({ dispute, owed }: DisputeProps) {
  const t = useMoneyTexts();
  const format = useFormat();
  const may = useMay();
  const { party } = useSession();
  const withdraw = useCommand('dispute.withdraw', () => sayDone(t('withdrawn_done')));
  const { id, opened_at, reason, state, amount_minor } = dispute;
  const own = state === 'open' && owed.buyer.id === party.id && may('trade.invoice.dispute');
  return (
    <li className="stack-tight">
      <div className="link-row">
        <span className="muted">{format.dateOf(opened_at)}</span>
        <span>
          {t('dispute_row')} · {reason}
        </span>
        <Tag tone={state === 'open' ? 'late' : 'plain'}>{t(`dispute_${state}`)}</Tag>
        <span className={state === 'open' ? 'late' : ''}>
          {format.money(amount_minor, owed.currency)}
        </span>
      </div>
      {own && (
        <div>
          <Button
            size="small"
            busy={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { id } })}
          >
            {t('withdraw')}
          </Button>
        </div>
      )}
      {withdraw.isError && <ProblemNotice error={withdraw.error} />}
    </li>
  );
}
