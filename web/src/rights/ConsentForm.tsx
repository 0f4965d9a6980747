import { useState } from 'react';
import { DateField } from '../controls/DateInput.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { endOfDay } from '../kernel/format/end-of-day.ts';
import { useFormat } from '../kernel/format/format.ts';
import { nameOf, useParties } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import { useRightsTexts } from './texts.ts';

const SCOPES = ['orders', 'shipments', 'stock', 'invoices', 'ledger', 'readings'] as const;

/** Asks another member for leave to read some of its data. */
export function ConsentForm({ onDone }: { onDone: () => void }) {
  const t = useRightsTexts();
  const read = useBilingual();
  const { today } = useFormat();
  const { party } = useSession();
  const others = useParties().filter(({ id, status }) => id !== party.id && status === 'active');
  const [entry, setEntry] = useState({ holder: '', scope: 'orders', purpose: '', until: '' });
  const scope = SCOPES.find((one) => one === entry.scope) ?? 'orders';
  const ask = useCommand('rights_request.ask', () => {
    sayDone(t('asked_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('ask_consent')}
      busy={ask.isPending}
      error={ask.error}
      disabled={!entry.holder || !entry.purpose.trim()}
      onSubmit={() =>
        ask.mutate({
          body: {
            kind: 'consent',
            holder_id: entry.holder,
            scope,
            statement: entry.purpose.trim(),
            ...(entry.until ? { share_until: endOfDay(entry.until) } : {}),
          },
        })
      }
    >
      <p className="muted">{t('ask_consent_hint')}</p>
      <SelectField
        label={t('whose')}
        placeholder={t('choose')}
        options={others
          .map((one) => ({ value: one.id, label: read(nameOf(one)) }))
          .toSorted((a, b) => a.label.localeCompare(b.label))}
        value={entry.holder}
        onChange={(holder) => setEntry({ ...entry, holder })}
      />
      <SelectField
        label={t('wanted')}
        options={SCOPES.map((value) => ({ value, label: t(`scope_${value}`) }))}
        value={scope}
        onChange={(next) => setEntry({ ...entry, scope: next })}
      />
      <TextArea
        label={t('wanted_purpose')}
        value={entry.purpose}
        onChange={(purpose) => setEntry({ ...entry, purpose })}
      />
      <DateField
        label={t('until')}
        optional
        value={entry.until}
        earliest={today}
        onChange={(until) => setEntry({ ...entry, until })}
      />
    </StepForm>
  );
}
