import { ClockFigure, PaymentClock } from '../clock/PaymentClock.tsx';
import { Card } from '../controls/Card.tsx';
import type { ReceivableDetail } from '../generated/api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMoneyTexts } from './texts.ts';

/** The statutory clock of one invoice, with the sums it runs on and the articles behind it. */
export function ReceivableClock({ owed }: { owed: ReceivableDetail }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const money = (minor: string) => format.money(minor, owed.currency);
  const tone = (minor: string) => (minor === '0' ? undefined : ('late' as const));
  return (
    <Card title={t('clock')}>
      <PaymentClock {...owed.clock}>
        <ClockFigure label={t('payable')} value={money(owed.payable_minor)} />
        <ClockFigure
          label={t('disputed')}
          value={money(owed.disputed_minor)}
          tone={tone(owed.disputed_minor)}
        />
        <ClockFigure label={t('credited')} value={money(owed.credited_minor)} />
        <ClockFigure label={t('paid')} value={money(owed.paid_minor)} />
        <ClockFigure
          label={t('interest')}
          value={money(owed.interest_minor)}
          tone={tone(owed.interest_minor)}
        />
      </PaymentClock>
      <Rules owed={owed} />
    </Card>
  );
}

function Rules({ owed }: { owed: ReceivableDetail }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const read = useBilingual();
  const { start_rule, term_rule, clock, buyer_kind, seller_size, late_rate_daily } = owed;
  // The same article often rules both the start and the term.
  const rules = [start_rule, term_rule].map(
    ({ article, text }) => `${read(article)} · ${read(text)}`,
  );
  return (
    <dl className="facts clock-rules">
      <dt>{t('starts_on')}</dt>
      <dd>{format.date(clock.starts_on)}</dd>
      <dt>{t('due_on')}</dt>
      <dd>{format.date(clock.due_on)}</dd>
      {clock.statutory_due_on && (
        <>
          <dt>{t('statutory_due_on')}</dt>
          <dd>{format.date(clock.statutory_due_on)}</dd>
        </>
      )}
      <dt>{t('buyer_kind')}</dt>
      <dd>{t(`kind_${buyer_kind}`)}</dd>
      <dt>{t('seller_size')}</dt>
      <dd>{t(`size_${seller_size}`)}</dd>
      <dt>{t('late_rate')}</dt>
      <dd>
        {t('per_day', { rate: `${format.decimal(String(Number(late_rate_daily) * 100))} %` })}
      </dd>
      <dt>{t('rules')}</dt>
      <dd>
        <ul className="stack-tight is-close">
          {[...new Set(rules)].map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}
