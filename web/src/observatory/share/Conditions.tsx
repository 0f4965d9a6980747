import { useEffect, useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { MonthField } from '../../controls/MonthField.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { percentOf, thresholdOf } from '../interval.ts';
import { useAsked } from './asked.ts';
import { useShareTexts } from './texts.ts';

/** Period, rule and threshold; what is chosen stands in the address. */
export function Conditions({ split }: { split: RevenueSplit | null }) {
  const t = useShareTexts();
  const read = useBilingual();
  const { asked, change } = useAsked();
  const rules = split?.test.under_rules ?? [];
  return (
    <div className="share-conditions">
      <MonthField
        label={`${t('period')} · ${t('from')}`}
        value={asked.from ?? split?.period.from ?? ''}
        onChange={(from) => change({ from })}
      />
      <MonthField
        label={t('to')}
        value={asked.to ?? split?.period.to ?? ''}
        onChange={(to) => change({ to })}
      />
      <Threshold
        key={asked.threshold ?? split?.test.threshold ?? ''}
        value={asked.threshold ?? split?.test.threshold ?? '0.3'}
        onChange={(threshold) => change({ threshold })}
      />
      {split && (
        <SelectField
          label={t('rule')}
          options={rules.map(({ rule, name }) => ({ value: rule, label: read(name) }))}
          value={split.rule.id}
          onChange={(rule) => change({ rule })}
        />
      )}
    </div>
  );
}

const TYPING_PAUSE_MS = 600;

function Threshold({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useShareTexts();
  const [typed, setTyped] = useState(percentOf(value));
  const read = thresholdOf(typed);
  useEffect(() => {
    if (read === undefined || Number(read) === Number(value)) return;
    const timer = setTimeout(() => onChange(read), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [read, value, onChange]);
  return (
    <TextField
      label={t('threshold')}
      value={typed}
      inputMode="decimal"
      suffix="%"
      onChange={setTyped}
      fault={read === undefined ? t('threshold_fault') : undefined}
    />
  );
}
