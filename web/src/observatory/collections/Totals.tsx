import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useCollectionTexts } from './texts.ts';
import { useShownValue } from './use-shown-value.ts';
import '../../table/table.css';

/** What the accepted reports add up to, as bounds where some of them are. */
export function Totals({ id }: { id: string }) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const shown = useShownValue();
  const totals = useApi('collection.totals', { params: { id } });
  if (totals.isError) return <ProblemNotice error={totals.error} />;
  if (!totals.data) return <Skeleton rows={3} />;
  const { items, units } = totals.data;
  return (
    <Card title={t('totals')} note={t('totals_units', { count: units })}>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>{t('item')}</th>
              <th className="figure">{t('total')}</th>
              <th className="figure">{t('answered')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.code}>
                <td>{read(item.name)}</td>
                <td className="figure">{shown(item, { low: item.low, high: item.high })}</td>
                <td className="figure">{item.answered}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
