import { useState } from 'react';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Operations } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useIdentityTexts } from './texts.ts';

type NewProduct = Operations['product.create']['body'];

/** Units in which food and its packing are sold; others come in by the catalogue sheet. */
const UNITS = ['CT', 'XBG', 'XBX', 'KGM', 'TNE', 'LTR', 'C62', 'H87'] as const;
const EMPTY = {
  code: '',
  name_zh: '',
  name_en: '',
  gtin: '',
  unit: 'CT',
  shelf_life_days: '',
  temperature_min_c: '',
  temperature_max_c: '',
  tax_code: '',
};

type Entry = typeof EMPTY;

function isLifeFaulty({ shelf_life_days }: Entry): boolean {
  return shelf_life_days.trim() !== '' && !/^\d+$/.test(shelf_life_days);
}

/** Entries left empty are not said. */
function bodyOf(entry: typeof EMPTY): NewProduct {
  const { code, name_zh, unit, shelf_life_days, ...texts } = entry;
  const said = Object.entries(texts).flatMap(([name, typed]) =>
    typed.trim() ? [[name, typed.trim()]] : [],
  );
  return {
    code: code.trim(),
    name_zh: name_zh.trim(),
    unit,
    ...Object.fromEntries(said),
    ...(shelf_life_days.trim() ? { shelf_life_days: Number(shelf_life_days) } : {}),
  };
}

export function ProductForm({ onDone }: { onDone: () => void }) {
  const t = useIdentityTexts();
  const [entry, setEntry] = useState(EMPTY);
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change });
  const add = useCommand('product.create', () => {
    sayDone(t('product_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('save')}
      busy={add.isPending}
      error={add.error}
      disabled={!entry.code.trim() || !entry.name_zh.trim() || isLifeFaulty(entry)}
      onSubmit={() => add.mutate({ body: bodyOf(entry) })}
    >
      <Naming entry={entry} onChange={set} />
      <Keeping entry={entry} onChange={set} />
    </StepForm>
  );
}

type PartProps = { entry: Entry; onChange: (change: Partial<Entry>) => void };

function Naming({ entry, onChange }: PartProps) {
  const t = useIdentityTexts();
  const format = useFormat();
  return (
    <>
      <TextField label={t('code')} value={entry.code} onChange={(code) => onChange({ code })} />
      <TextField
        label={t('product_name')}
        value={entry.name_zh}
        onChange={(name_zh) => onChange({ name_zh })}
      />
      <TextField
        label={t('product_name_en')}
        optional
        value={entry.name_en}
        onChange={(name_en) => onChange({ name_en })}
      />
      <SelectField
        label={t('unit')}
        options={UNITS.map((value) => ({ value, label: format.unit(value, '1') }))}
        value={entry.unit}
        onChange={(unit) => onChange({ unit })}
      />
      <TextField
        label={t('gtin')}
        optional
        inputMode="numeric"
        value={entry.gtin}
        onChange={(gtin) => onChange({ gtin })}
      />
    </>
  );
}

function Keeping({ entry, onChange }: PartProps) {
  const t = useIdentityTexts();
  return (
    <>
      <TextField
        label={t('shelf_life')}
        optional
        inputMode="numeric"
        suffix={t('days')}
        value={entry.shelf_life_days}
        fault={isLifeFaulty(entry) ? t('fault_number') : undefined}
        onChange={(shelf_life_days) => onChange({ shelf_life_days })}
      />
      <div className="entry-pair">
        <TextField
          label={t('temperature_low')}
          optional
          suffix="℃"
          value={entry.temperature_min_c}
          onChange={(temperature_min_c) => onChange({ temperature_min_c })}
        />
        <TextField
          label={t('temperature_high')}
          optional
          suffix="℃"
          value={entry.temperature_max_c}
          onChange={(temperature_max_c) => onChange({ temperature_max_c })}
        />
      </div>
      <TextField
        label={t('tax_code')}
        hint={t('tax_code_hint')}
        optional
        inputMode="numeric"
        value={entry.tax_code}
        onChange={(tax_code) => onChange({ tax_code })}
      />
    </>
  );
}
