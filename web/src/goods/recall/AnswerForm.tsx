import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { RecallLine } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { parseDecimal } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useNames } from '../trace/names.ts';
import { useRecallTexts } from './texts.ts';
import { useLines } from './use-lines.ts';

const PARTS = ['kept', 'destroyed', 'passed_on', 'missing'] as const;
type Entry = Partial<Record<(typeof PARTS)[number] | 'remark', string>>;

/** What an entry says; undefined where a figure in it is none. */
function answerOf(line_no: number, entry: Entry) {
  const figures = PARTS.flatMap((part) => (entry[part]?.trim() ? [part] : []));
  const parsed = figures.map((part) => [part, parseDecimal(entry[part] ?? '')] as const);
  if (figures.length === 0 || parsed.some(([, value]) => value === undefined)) return undefined;
  const remark = entry.remark?.trim();
  return { line_no, ...Object.fromEntries(parsed), ...(remark ? { remark } : {}) };
}

/** The answer to a notice, row by row: what is on hold, destroyed, passed on, or not found. */
export function AnswerForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useRecallTexts();
  const [entries, setEntries] = useState<ReadonlyMap<number, Entry>>(new Map());
  const lines = useLines({ notice: id });
  const answer = useCommand('recall_notice.answer', () => {
    sayDone(t('answered_done'));
    onDone();
  });
  if (!lines.data) return <Skeleton rows={4} />;
  const rows = lines.data.pages.flatMap(({ items }) => items);
  const filled = [...entries].filter(([, entry]) => Object.values(entry).some((one) => one.trim()));
  const said = filled.flatMap(([line_no, entry]) => answerOf(line_no, entry) ?? []);
  return (
    <StepForm
      submit={t('answer_send')}
      busy={answer.isPending}
      error={answer.error}
      disabled={said.length === 0 || said.length < filled.length}
      onSubmit={() => answer.mutate({ params: { id }, body: { lines: said } })}
    >
      <p className="muted">{t('answer_hint')}</p>
      {rows.map((line) => (
        <AnswerLine
          key={line.line_no}
          line={line}
          entry={entries.get(line.line_no) ?? {}}
          onChange={(entry) => setEntries(new Map(entries).set(line.line_no, entry))}
        />
      ))}
      {lines.hasNextPage && (
        <Button busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </StepForm>
  );
}

type LineProps = { line: RecallLine; entry: Entry; onChange: (entry: Entry) => void };

function AnswerLine({ line, entry, onChange }: LineProps) {
  const t = useRecallTexts();
  const names = useNames();
  const format = useFormat();
  const { item, quantity, unit } = line;
  return (
    <fieldset className="answer-line">
      <legend>
        {names.thing(item)}
        {quantity !== null && <span className="muted"> · {format.quantity(quantity, unit)}</span>}
      </legend>
      <div className="answer-figures">
        {PARTS.map((part) => {
          const typed = entry[part] ?? '';
          const wrong = typed.trim() !== '' && parseDecimal(typed) === undefined;
          return (
            <TextField
              key={part}
              label={t(part)}
              value={typed}
              inputMode="decimal"
              suffix={unit ? format.unit(unit, typed || '0') : ''}
              fault={wrong ? t('fault_number') : undefined}
              onChange={(text) => onChange({ ...entry, [part]: text })}
            />
          );
        })}
      </div>
      <TextField
        label={t('remark')}
        optional
        value={entry.remark ?? ''}
        onChange={(remark) => onChange({ ...entry, remark })}
      />
    </fieldset>
  );
}
