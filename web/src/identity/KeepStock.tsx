import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Place } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useIdentityTexts } from './texts.ts';

const KEEPERS = ['platform', 'events'] as const;

/** What moves the stock of a place: what trade records, or what a warehouse system captures. */
export function KeepStock({ place, onDone }: { place: Place; onDone: () => void }) {
  const t = useIdentityTexts();
  const now = place.stock_kept_by ?? 'platform';
  const [kept_by, setKeptBy] = useState<(typeof KEEPERS)[number]>(now);
  const [reason, setReason] = useState('');
  const keep = useCommand('place.keep_stock', ({ rows }) => {
    sayDone(t('keep_done', { count: rows }));
    onDone();
  });
  return (
    <StepForm
      submit={t('save')}
      busy={keep.isPending}
      error={keep.error}
      disabled={kept_by === now || !reason.trim()}
      onSubmit={() =>
        keep.mutate({ params: { id: place.id }, body: { kept_by, reason: reason.trim() } })
      }
    >
      <Choice
        label={t('keep_by')}
        options={KEEPERS.map((value) => ({ value, label: t(`kept_${value}`) }))}
        value={kept_by}
        onChange={setKeptBy}
      />
      <p>{t(`keep_hint_${kept_by}`)}</p>
      <p className="muted">{t('keep_opening')}</p>
      {kept_by === 'events' && place.gln === null && (
        <p className="late">{t('keep_no_gln', { id: place.id })}</p>
      )}
      <TextField label={t('keep_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
