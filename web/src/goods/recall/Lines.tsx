import { Link } from '@tanstack/react-router';
import { Button } from '../../controls/Button.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { RecallLine } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { writeSearch } from '../../kernel/search.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useNames } from '../trace/names.ts';
import { useTraceTexts } from '../trace/texts.ts';
import { useRecallTexts } from './texts.ts';
import { useLines } from './use-lines.ts';

const ANSWERED = ['kept', 'destroyed', 'passed_on', 'missing'] as const;

/** The goods of a recall or of one notice, a page at a time. */
export function Lines({ of }: { of: { recall: string } | { notice: string } }) {
  const t = useRecallTexts();
  const columns = useColumns();
  const lines = useLines(of);
  if (lines.isError) return <ProblemNotice error={lines.error} />;
  if (!lines.data) return <Skeleton rows={4} />;
  return (
    <>
      <Rows
        columns={columns}
        rows={lines.data.pages.flatMap(({ items }) => items)}
        rowKey={({ notice_id, line_no }) => `${notice_id} ${line_no}`}
      />
      {lines.hasNextPage && (
        <Button busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function useColumns(): Column<RecallLine>[] {
  const t = useRecallTexts();
  const trace = useTraceTexts();
  const names = useNames();
  const format = useFormat();
  const place = (line: RecallLine) => {
    if (line.ended) {
      const ended = trace(`ended_${line.ended}` as 'ended_sold');
      return line.place ? `${ended} · ${names.place(line.place)}` : ended;
    }
    if (line.state === 'in_transit') return trace('part_in_transit');
    return line.state === 'unknown' ? trace('part_unknown') : names.place(line.place);
  };
  return [
    {
      ...{ id: 'item', label: t('thing'), card: 'title' },
      cell: ({ item }) => <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>,
    },
    { id: 'place', label: t('where'), cell: place },
    {
      ...{ id: 'quantity', label: t('quantity'), figure: true, card: 'aside' },
      cell: ({ quantity, unit }) => (quantity === null ? '–' : format.quantity(quantity, unit)),
    },
    { id: 'answer', label: t('answer'), cell: (line) => <Answer line={line} /> },
  ];
}

function Answer({ line: { answer, unit } }: { line: RecallLine }) {
  const t = useRecallTexts();
  const format = useFormat();
  if (!answer) return t('not_answered');
  const found = ANSWERED.filter((part) => Number(answer[part]) > 0).map(
    (part) => `${t(part)} ${format.quantity(answer[part], unit)}`,
  );
  return (
    <>
      {found.length > 0 ? found.join('，') : t('not_answered')}
      {answer.remark && <span className="muted"> {answer.remark}</span>}
    </>
  );
}
