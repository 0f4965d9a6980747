import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { StepForm } from '../controls/StepForm.tsx';

/** For how many hours the old secret is good beside the new one. */
const OVERLAPS = [0, 24, 168] as const;
type Word = 'rotate' | 'rotate_hint' | 'overlap' | `overlap_${(typeof OVERLAPS)[number]}`;

type Props = {
  /** What is rotated has its own words for it. */
  t: (word: Word) => string;
  busy: boolean;
  error: Error | null;
  onRotate: (overlap_hours: number) => void;
};

/** Asks for how long the old secret is to live on while the systems that use it are moved. */
export function RotationForm({ t, busy, error, onRotate }: Props) {
  const [hours, setHours] = useState('24');
  return (
    <StepForm
      submit={t('rotate')}
      busy={busy}
      error={error}
      onSubmit={() => onRotate(Number(hours))}
    >
      <p className="muted">{t('rotate_hint')}</p>
      <Choice
        label={t('overlap')}
        hideLabel={false}
        options={OVERLAPS.map((value) => ({ value: String(value), label: t(`overlap_${value}`) }))}
        value={hours}
        onChange={setHours}
      />
    </StepForm>
  );
}
