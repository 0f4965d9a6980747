import { Link } from '@tanstack/react-router';
import { Button } from '../../controls/Button.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { RecallLine } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { writeSearch } from '../../kernel/search.ts';
import { useNames } from '../trace/names.ts';
import { useTraceTexts } from '../trace/texts.ts';
import { useRecallTexts } from './texts.ts';
import { useLines } from './use-lines.ts';

const ANSWERED = ['kept', 'destroyed', 'passed_on', 'missing'] as const;

/** The goods of a recall or of one notice, a page at a time. */
export function Lines({ of }: { of: { recall: string } | { notice: string } }) {
  const t = useRecallTexts();
  const lines = useLines(of);
  if (lines.isError) return <ProblemNotice error={lines.error} />;
  if (!lines.data) return <Skeleton rows={4} />;
  const rows = lines.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th>{t('thing')}</th>
              <th>{t('where')}</th>
              <th className="figure">{t('quantity')}</th>
              <th>{t('answer')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((line) => (
              <Line key={`${line.notice_id} ${line.line_no}`} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      {lines.hasNextPage && (
        <Button busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Line({ line }: { line: RecallLine }) {
  const t = useRecallTexts();
  const names = useNames();
  const format = useFormat();
  const { item, quantity, unit, answer } = line;
  const found = ANSWERED.filter((part) => answer && Number(answer[part]) > 0).map(
    (part) => `${t(part)} ${format.quantity(answer?.[part] ?? '0', unit)}`,
  );
  return (
    <tr>
      <td>
        <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>
      </td>
      <td>
        <Place line={line} />
      </td>
      <td className="figure">{quantity === null ? '–' : format.quantity(quantity, unit)}</td>
      <td>
        {found.length > 0 ? found.join('，') : t('not_answered')}
        {answer?.remark && <span className="muted"> {answer.remark}</span>}
      </td>
    </tr>
  );
}

function Place({ line }: { line: RecallLine }) {
  const t = useTraceTexts();
  const names = useNames();
  if (line.ended) return t(`ended_${line.ended}` as 'ended_sold');
  if (line.state === 'in_transit') return t('part_in_transit');
  if (line.state === 'unknown') return t('part_unknown');
  return names.place(line.place);
}
