import { useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { Notice } from '../../controls/Notice.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { RecallNotice } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useRecallTexts } from './texts.ts';

type SendProps = { id: string; drafts: readonly RecallNotice[]; onDone: () => void };

/** Sends all drafts; for parties outside the chain it asks how they were told. */
export function SendForm({ id, drafts, onDone }: SendProps) {
  const t = useRecallTexts();
  const [note, setNote] = useState('');
  const [toldBy, setToldBy] = useState('');
  const outside = drafts.filter(({ addressee_id }) => addressee_id === null);
  const count = drafts.length - (toldBy.trim() ? 0 : outside.length);
  const send = useCommand('recall.send', ({ sent }) => {
    sayDone(t('sent_done', { count: sent }));
    onDone();
  });
  const body = {
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(toldBy.trim() ? { told_by: toldBy.trim() } : {}),
  };
  return (
    <StepForm
      submit={t('send_all', { count })}
      busy={send.isPending}
      error={send.error}
      disabled={count === 0}
      onSubmit={() => send.mutate({ params: { id }, body })}
    >
      <TextArea label={t('note')} hint={t('note_hint')} value={note} onChange={setNote} />
      {outside.length > 0 && (
        <>
          <p className="muted">{t('outsiders', { count: outside.length })}</p>
          <TextField
            label={t('told_by')}
            hint={t('told_by_hint')}
            value={toldBy}
            onChange={setToldBy}
          />
        </>
      )}
    </StepForm>
  );
}

type CloseProps = { id: string; notices: readonly RecallNotice[]; onDone: () => void };

/** Ends the recall with a word on what became of it. */
export function CloseForm({ id, notices, onDone }: CloseProps) {
  const t = useRecallTexts();
  const unanswered = notices.filter(({ answered_at }) => answered_at === null).length;
  const [outcome, setOutcome] = useState('');
  const close = useCommand('recall.close', () => {
    sayDone(t('closed_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('close')}
      busy={close.isPending}
      error={close.error}
      disabled={!outcome.trim()}
      onSubmit={() => close.mutate({ params: { id }, body: { outcome: outcome.trim() } })}
    >
      {unanswered > 0 && (
        <Notice tone="caution">{t('close_unanswered', { count: unanswered })}</Notice>
      )}
      <TextArea label={t('outcome')} hint={t('close_hint')} value={outcome} onChange={setOutcome} />
    </StepForm>
  );
}
