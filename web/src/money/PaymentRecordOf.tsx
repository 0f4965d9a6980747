import { addDays } from '../../../src/kernel/dates.ts';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import type { PaymentRecord } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMoneyTexts } from './texts.ts';

const LOOKING_BACK_DAYS = 180;

/** How a buyer paid lately, as far as the reader may see its invoices. */
export function PaymentRecordOf({ buyer }: { buyer: string }) {
  const t = useMoneyTexts();
  const { today } = useFormat();
  const record = useApi('payment_record.get', {
    query: { buyer_id: buyer, from: addDays(today, -LOOKING_BACK_DAYS), to: today },
  });
  if (record.isError) return <ProblemNotice error={record.error} />;
  if (!record.data) return <Skeleton rows={4} />;
  const known = record.data.items.filter(({ invoices }) => invoices > 0);
  return (
    <div className="stack">
      <p className="muted">{t(known.length > 0 ? 'record_hint' : 'record_none')}</p>
      {known.map((item) => (
        <Figures key={item.currency} record={item} />
      ))}
    </div>
  );
}

function Figures({ record }: { record: PaymentRecord }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const share = (value: string | null) => (value === null ? '–' : format.share(value));
  const late = record.late_now_minor !== '0';
  return (
    <dl className="facts">
      <dt>{t('record_invoices')}</dt>
      <dd>
        {t('invoices_count', { count: record.invoices })} ·{' '}
        {format.money(record.amount_minor, record.currency)}
      </dd>
      <dt>{t('record_on_time')}</dt>
      <dd>{share(record.on_time_share)}</dd>
      <dt>{t('record_amount')}</dt>
      <dd>{share(record.on_time_amount_share)}</dd>
      <dt>{t('record_days')}</dt>
      <dd>
        {record.weighted_days_late === null
          ? '–'
          : t('days', { count: format.decimal(record.weighted_days_late, 1) })}
      </dd>
      <dt>{t('record_worst')}</dt>
      <dd>{t('days', { count: record.worst_days_late })}</dd>
      <dt>{t('record_late_now')}</dt>
      <dd className={late ? 'late' : ''}>{format.money(record.late_now_minor, record.currency)}</dd>
    </dl>
  );
}
