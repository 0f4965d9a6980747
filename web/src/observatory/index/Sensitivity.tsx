import { Card } from '../../controls/Card.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useIndexTexts } from './texts.ts';

const STEPS = [
  'denominate',
  'impute',
  'screen',
  'treat',
  'normalise',
  'weigh',
  'aggregate',
] as const;

/** How much of the movement of the ranks comes with each choice that could be made otherwise. */
export function Sensitivity({ index }: { index: MeasuredIndex }) {
  const t = useIndexTexts();
  const format = useFormat();
  const sorted = index.sensitivity.toSorted((one, other) => other.total.value - one.total.value);
  const two = (value: number) => format.decimal(value.toFixed(2));
  const nameOf = (name: string) => {
    const step = STEPS.find((one) => one === name);
    return step ? t(`step_${step}`) : name;
  };
  return (
    <Card title={t('sensitivity')}>
      <p className="muted small">{t('sensitivity_note')}</p>
      <ul className="effects">
        {sorted.map(({ step, kind, total: { value, low, high } }) => (
          <li key={`${step} ${kind}`} className="effect">
            <span>{nameOf(step)}</span>
            <span className="swing" aria-hidden="true">
              <span style={{ width: `${Math.min(100, Math.max(0, value * 100))}%` }} />
            </span>
            <span className="number">
              {t('share_range', { value: two(value), low: two(low), high: two(high) })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
