import { useState } from 'react';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useRightsTexts } from './texts.ts';

export type Asked =
  | { kind: 'correction' | 'explanation'; fact_id: string }
  | { kind: 'deletion'; file_id: string };
const HINTS = {
  correction: 'object_hint',
  explanation: 'explain_hint',
  deletion: 'delete_hint',
} as const;

/** Asks whoever recorded a fact, or keeps a file, for something, in the asker's own words. */
export function AskForm({ asked, onDone }: { asked: Asked; onDone: () => void }) {
  const t = useRightsTexts();
  const [statement, setStatement] = useState('');
  const ask = useCommand('rights_request.ask', () => {
    sayDone(t('asked_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('submit')}
      busy={ask.isPending}
      error={ask.error}
      disabled={!statement.trim()}
      onSubmit={() => ask.mutate({ body: { ...asked, statement: statement.trim() } })}
    >
      <p className="muted">{t(HINTS[asked.kind])}</p>
      <TextArea label={t('your_words')} value={statement} onChange={setStatement} />
    </StepForm>
  );
}
