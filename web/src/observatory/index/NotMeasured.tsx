import { Card } from '../../controls/Card.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useIndexTexts } from './texts.ts';

/** What the index does not measure goes with the numbers wherever they go. */
export function NotMeasured({ list }: { list: MeasuredIndex['not_measured'] }) {
  const t = useIndexTexts();
  const read = useBilingual();
  return (
    <Card title={t('not_measured')} className="is-caution">
      <ul className="open-list">
        {list.map((one) => (
          <li key={one.en}>{read(one)}</li>
        ))}
      </ul>
      <p className="muted small card-foot">{t('not_measured_foot')}</p>
    </Card>
  );
}
