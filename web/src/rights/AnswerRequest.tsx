import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { DateField } from '../controls/DateInput.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { RightsRequest } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { dayOf, endOfDay } from '../kernel/format/end-of-day.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useRightsTexts } from './texts.ts';

type Props = { request: RightsRequest; onDone: () => void };

const blank = { accept: 'yes' as 'yes' | 'no', answer: '', until: '', fact: '' };

/** What the form says, without what does not belong to the answer that was chosen. */
function answerOf(kind: RightsRequest['kind'], { accept, answer, until, fact }: typeof blank) {
  const yes = accept === 'yes';
  const silent = yes && kind === 'consent';
  return {
    accept: yes,
    ...(answer.trim() && !silent ? { answer: answer.trim() } : {}),
    ...(silent && until ? { share_until: endOfDay(until) } : {}),
    ...(yes && kind === 'correction' && fact.trim() ? { corrected_by: fact.trim() } : {}),
  };
}

/** The holder's yes or no; a yes is carried out with the same press. */
export function AnswerRequest({ request, onDone }: Props) {
  const t = useRightsTexts();
  const { today } = useFormat();
  const { id, kind } = request;
  const until = request.share_until ? dayOf(request.share_until) : '';
  const [entry, setEntry] = useState({ ...blank, until });
  const answer = useCommand('rights_request.answer', () => {
    sayDone(t('answered_done'));
    onDone();
  });
  const accept = entry.accept === 'yes';
  const silent = accept && kind === 'consent';
  return (
    <StepForm
      submit={accept ? t(`accept_${kind}`) : t('send_answer')}
      danger={accept && kind === 'deletion'}
      busy={answer.isPending}
      error={answer.error}
      disabled={!silent && !entry.answer.trim()}
      onSubmit={() => answer.mutate({ params: { id }, body: answerOf(kind, entry) })}
    >
      <Choice
        label={t('decide')}
        options={[
          { value: 'yes', label: t(kind === 'explanation' ? 'accept_explanation' : 'accept') },
          { value: 'no', label: t('refuse') },
        ]}
        value={entry.accept}
        onChange={(value) => setEntry({ ...entry, accept: value })}
      />
      {silent && (
        <DateField
          label={t('share_until')}
          optional
          value={entry.until}
          earliest={today}
          onChange={(until) => setEntry({ ...entry, until })}
        />
      )}
      {accept && kind === 'correction' && (
        <TextField
          label={t('correction_fact')}
          hint={t('correction_fact_hint')}
          value={entry.fact}
          onChange={(fact) => setEntry({ ...entry, fact })}
        />
      )}
      {!silent && (
        <TextArea
          label={t('answer')}
          hint={t('answer_hint')}
          value={entry.answer}
          onChange={(text) => setEntry({ ...entry, answer: text })}
        />
      )}
    </StepForm>
  );
}
