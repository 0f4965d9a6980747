import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { CollectionAsk, Form, ReportDraft } from '../../generated/api.ts';
import { addressOf } from '../../kernel/api/ask.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useLanguage } from '../../kernel/i18n/texts.ts';
import { useMay } from '../../kernel/session.ts';
import { Checks } from './Checks.tsx';
import { ItemField } from './ItemField.tsx';
import { useCollectionTexts } from './texts.ts';
import { type Entry, entryOf, type Item, typedValue } from './values.ts';

type Props = { ask: CollectionAsk; draft: ReportDraft; form: Form };

/** The draft of a report: every item with where its value comes from, and what the rules say. */
export function DraftForm({ ask, draft, form }: Props) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const typed = useTyped(draft, form);
  const isChecked = draft.state === 'for_check';
  return (
    <>
      {draft.asked_already.map((one) => (
        <Notice key={`${one.item} ${one.ask_id}`} tone="caution">
          {t('asked_already', { form: read(one.form), item: one.item })}
        </Notice>
      ))}
      <Card>
        <div className="report-items">
          {form.items.map((item) => (
            <ItemField
              key={item.code}
              item={item}
              entry={typed.entryOf(item)}
              evidence={draft.evidence[item.code]}
              answer={draft.answers[item.code]}
              disabled={isChecked}
              onChange={(entry) => typed.type(item, entry)}
            />
          ))}
          <TextField
            label={t('minutes')}
            hint={t('minutes_hint')}
            optional
            inputMode="numeric"
            value={typed.minutes}
            disabled={isChecked}
            onChange={typed.setMinutes}
          />
        </div>
      </Card>
      <Checks checks={draft.checks} notes={typed.notes} onNote={typed.note} />
      {isChecked ? <SecondPerson id={ask.id} /> : <Sending id={ask.id} typed={typed} />}
    </>
  );
}

/** What was typed so far, and what of it can be sent. */
function useTyped(draft: ReportDraft, { items }: Form) {
  const [entries, setEntries] = useState<Readonly<Record<string, Entry>>>({});
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>(draft.notes);
  const [minutes, setMinutes] = useState(draft.minutes === null ? '' : String(draft.minutes));
  const entry = (item: Item) => entries[item.code] ?? entryOf(item, draft.answers[item.code]);
  const values = items.map((item) => [item.code, typedValue(item, entry(item))] as const);
  return {
    entryOf: entry,
    type: (item: Item, given: Entry) => setEntries({ ...entries, [item.code]: given }),
    notes,
    note: (rule: string, text: string) => setNotes({ ...notes, [rule]: text }),
    minutes,
    setMinutes,
    /** Undefined while something that was typed is no figure. */
    body: values.some(([, value]) => value === undefined)
      ? undefined
      : {
          answers: Object.fromEntries(
            values.flatMap(([code, value]) => (value == null ? [] : [[code, value] as const])),
          ),
          notes: Object.fromEntries(Object.entries(notes).filter(([, text]) => text.trim())),
          minutes: /^\d+$/.test(minutes) ? Number(minutes) : null,
        },
  };
}

type SendingProps = { id: string; typed: ReturnType<typeof useTyped> };

function Sending({ id, typed: { body } }: SendingProps) {
  const t = useCollectionTexts();
  const params = { id };
  const save = useCommand('report_draft.edit');
  const submit = useCommand('report_draft.submit', () => sayDone(t('submitted')));
  const error = save.error ?? submit.error;
  const keep = async (isLast: boolean) => {
    if (!body) return;
    await save.mutateAsync({ params, body });
    if (isLast) submit.mutate({ params });
    else sayDone(t('saved'));
  };
  // What went wrong is shown by the command itself.
  const keepQuietly = (isLast: boolean) => void keep(isLast).catch(() => undefined);
  const busy = save.isPending || submit.isPending;
  return (
    <>
      {error && <ProblemNotice error={error} />}
      <div className="row">
        <Button
          kind="primary"
          size="large"
          busy={busy}
          disabled={!body}
          onClick={() => keepQuietly(true)}
        >
          {t('submit')}
        </Button>
        <Button size="large" busy={busy} disabled={!body} onClick={() => keepQuietly(false)}>
          {t('save')}
        </Button>
        <Sheets id={id} />
      </div>
    </>
  );
}

/** Where a form asks for a second person, that one passes it on or hands it back. */
function SecondPerson({ id }: { id: string }) {
  const t = useCollectionTexts();
  const may = useMay();
  const check = useCommand('report_draft.check', () => sayDone(t('done')));
  const decide = (decision: 'pass' | 'hand_back') =>
    check.mutate({ params: { id }, body: { decision } });
  return (
    <Notice tone="caution">
      <span className="row">
        {t('for_check')}
        {may('collections.draft.check') && (
          <>
            <Button kind="primary" busy={check.isPending} onClick={() => decide('pass')}>
              {t('pass')}
            </Button>
            <Button busy={check.isPending} onClick={() => decide('hand_back')}>
              {t('hand_back')}
            </Button>
          </>
        )}
      </span>
      {check.isError && <ProblemNotice error={check.error} />}
    </Notice>
  );
}

/** The draft out to a sheet, and back in from one. */
function Sheets({ id }: { id: string }) {
  const t = useCollectionTexts();
  const language = useLanguage();
  const load = useCommand('report_draft.import', () => sayDone(t('imported')));
  return (
    <>
      <a
        className="button is-plain is-medium"
        href={addressOf('report_draft.sheet', { id }, { format: 'xlsx', language })}
        download="report.xlsx"
      >
        {t('download')}
      </a>
      <label className="button is-plain is-medium">
        {t('import')}
        <input
          type="file"
          className="report-file"
          accept=".csv,.xlsx"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) load.mutate({ params: { id }, file });
            event.target.value = '';
          }}
        />
      </label>
      {load.isError && <ProblemNotice error={load.error} />}
    </>
  );
}
