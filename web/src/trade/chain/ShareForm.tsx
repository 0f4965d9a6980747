import { useState } from 'react';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { endOfDay } from '../../kernel/format/end-of-day.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { nameOf, useParties } from '../../kernel/parties.ts';
import { useSession } from '../../kernel/session.ts';
import { useChainTexts } from './texts.ts';

const SCOPES = ['stock', 'orders', 'shipments', 'invoices', 'ledger', 'readings'] as const;

export function ShareForm({ onDone }: { onDone: () => void }) {
  const t = useChainTexts();
  const read = useBilingual();
  const { today } = useFormat();
  const { party } = useSession();
  const others = useParties().filter(({ id, status }) => id !== party.id && status === 'active');
  const [entry, setEntry] = useState({ reader: '', scope: 'stock', purpose: '', until: '' });
  const scope = SCOPES.find((one) => one === entry.scope) ?? 'stock';
  const share = useCommand('sharing.create', () => {
    sayDone(t('shared_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('share')}
      busy={share.isPending}
      error={share.error}
      disabled={!entry.reader || !entry.purpose.trim()}
      onSubmit={() =>
        share.mutate({
          body: {
            reader_id: entry.reader,
            scope,
            purpose: entry.purpose.trim(),
            ...(entry.until ? { valid_until: endOfDay(entry.until) } : {}),
          },
        })
      }
    >
      <p className="muted">{t('share_hint')}</p>
      <SelectField
        label={t('with_whom')}
        placeholder={t('choose')}
        options={others
          .map((one) => ({ value: one.id, label: read(nameOf(one)) }))
          .toSorted((a, b) => a.label.localeCompare(b.label))}
        value={entry.reader}
        onChange={(reader) => setEntry({ ...entry, reader })}
      />
      <SelectField
        label={t('scope')}
        options={SCOPES.map((value) => ({ value, label: t(`scope_${value}`) }))}
        value={scope}
        onChange={(next) => setEntry({ ...entry, scope: next })}
      />
      <TextField
        label={t('purpose')}
        value={entry.purpose}
        onChange={(purpose) => setEntry({ ...entry, purpose })}
      />
      <DateField
        label={t('valid_until')}
        optional
        value={entry.until}
        earliest={today}
        onChange={(until) => setEntry({ ...entry, until })}
      />
    </StepForm>
  );
}
