import { useState } from 'react';
import { DateField } from '../controls/DateInput.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { ReceivableDetail } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMoneyTexts } from './texts.ts';

/** The day the agreed inspection passed, from which the term runs. */
export function AcceptForm({ owed, onDone }: { owed: ReceivableDetail; onDone: () => void }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const [on, setOn] = useState(format.today);
  const accept = useCommand('receivable.accept', () => {
    sayDone(t('accepted_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('accept')}
      busy={accept.isPending}
      error={accept.error}
      disabled={!on}
      onSubmit={() => accept.mutate({ params: { id: owed.id }, body: { accepted_on: on } })}
    >
      {owed.inspection_due_on && (
        <p className="muted">{t('accept_hint', { date: format.date(owed.inspection_due_on) })}</p>
      )}
      <DateField label={t('accepted_on')} value={on} onChange={setOn} />
    </StepForm>
  );
}
