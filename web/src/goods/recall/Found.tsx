import { Decimal } from '../../../../src/kernel/decimal.ts';
import type { RecallNotice } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useRecallTexts } from './texts.ts';
import './recall.css';

export type Progress = RecallNotice['progress'][number];

const PARTS = ['kept', 'destroyed', 'passed_on', 'missing'] as const;

/** What of the goods was found, as a bar with its figures: what is open is the empty part. */
export function Found({ progress }: { progress: readonly Progress[] }) {
  const t = useRecallTexts();
  const format = useFormat();
  return (
    <div className="found-bars">
      {progress
        .filter(({ unit }) => unit !== '')
        .map((sum) => {
          const parts = PARTS.filter((part) => !new Decimal(sum[part]).eq(0));
          const open = openOf(sum);
          const whole = Decimal.max(sum.listed, new Decimal(sum.listed).minus(open), 1);
          return (
            <div key={sum.unit} className="found">
              <div className="found-bar" aria-hidden="true">
                {parts.map((part) => (
                  <span
                    key={part}
                    className={`found-part is-${part}`}
                    ref={(element) => {
                      const share = new Decimal(sum[part]).div(whole).times(100).toFixed(2);
                      element?.style.setProperty('inline-size', `${share}%`);
                    }}
                  />
                ))}
              </div>
              <p className="found-figures">
                <span>
                  {t('listed')} <b>{format.quantity(sum.listed, sum.unit)}</b>
                </span>
                {parts.map((part) => (
                  <span key={part} className={`found-figure is-${part}`}>
                    {t(part)} {format.quantity(sum[part], sum.unit)}
                  </span>
                ))}
                {open.gt(0) && (
                  <span className="muted">
                    {t('open_amount')} {format.quantity(open.toFixed(), sum.unit)}
                  </span>
                )}
              </p>
            </div>
          );
        })}
    </div>
  );
}

/** What of the listed goods nobody has accounted for yet; below zero where more was found. */
export function openOf(sum: Progress) {
  return PARTS.reduce((left, part) => left.minus(sum[part]), new Decimal(sum.listed));
}
