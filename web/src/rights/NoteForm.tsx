import { useState } from 'react';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useRightsTexts } from './texts.ts';

/** What the objector adds to a fact that stands. */
export function NoteForm({ id }: { id: string }) {
  const t = useRightsTexts();
  const [note, setNote] = useState('');
  const add = useCommand('rights_request.note', () => sayDone(t('noted_done')));
  return (
    <StepForm
      submit={t('add_note')}
      busy={add.isPending}
      error={add.error}
      disabled={!note.trim()}
      onSubmit={() => add.mutate({ params: { id }, body: { note } })}
    >
      <TextArea label={t('add_note')} hint={t('note_hint')} value={note} onChange={setNote} />
    </StepForm>
  );
}
