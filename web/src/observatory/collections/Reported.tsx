import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { CollectionAsk, StatisticalReport } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { Prefilled } from './Prefilled.tsx';
import { useCollectionTexts } from './texts.ts';
import { useForm } from './use-form.ts';
import { useShownValue } from './use-shown-value.ts';
import '../../table/table.css';

/** What a firm has reported, item by item, with what it rests on. */
export function Reported({ ask, report }: { ask: CollectionAsk; report: StatisticalReport }) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const shown = useShownValue();
  const form = useForm(ask);
  if (form.isError) return <ProblemNotice error={form.error} />;
  if (!form.data) return <Skeleton rows={4} />;
  return (
    <Card title={t('reply')}>
      <div className="table-frame">
        <table className="table">
          <tbody>
            {form.data.items.map((item) => (
              <tr key={item.code}>
                <th scope="row">{read(item.name)}</th>
                <td>
                  <span className="figure">{shown(item, report.answers[item.code])}</span>{' '}
                  <Prefilled
                    evidence={report.evidence[item.code]}
                    value={report.answers[item.code]}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {Object.entries(report.notes).map(([rule, note]) => (
        <p key={rule} className="muted">
          {rule}：{note}
        </p>
      ))}
    </Card>
  );
}
