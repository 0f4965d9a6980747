import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { ReportDraft } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { Prefilled } from './Prefilled.tsx';
import { useCollectionTexts } from './texts.ts';
import { type Entry, type Item, typedValue, type Value } from './values.ts';

type Props = {
  item: Item;
  entry: Entry;
  evidence: ReportDraft['evidence'][string] | undefined;
  answer: Value | undefined;
  disabled: boolean;
  onChange: (entry: Entry) => void;
};

/** One item of a form: a figure, its two bounds, a choice or words. */
export function ItemField({ item, entry, evidence, answer, disabled, onChange }: Props) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const { takes_interval, source, is_required } = item;
  const from = source ? t('source', { table: source.table, item: source.item }) : null;
  const hint = (
    <>
      <Prefilled evidence={evidence} value={answer} />
      {from && <span className="muted small"> {from}</span>}
    </>
  );
  const optional = is_required === false ? { optional: true } : {};
  if (item.kind === 'choice') {
    return (
      <SelectField
        label={read(item.name)}
        hint={hint}
        {...optional}
        placeholder={t('choose')}
        disabled={disabled}
        options={(item.choices ?? []).map(({ code, name }) => ({ value: code, label: read(name) }))}
        value={entry.low}
        onChange={(low) => onChange({ ...entry, low })}
      />
    );
  }
  const fault = typedValue(item, entry) === undefined ? t('fault_number') : undefined;
  return (
    <div className="report-item">
      <Figure
        {...{ item, entry, disabled, fault, onChange, hint }}
        label={entry.is_interval ? `${read(item.name)} · ${t('low')}` : read(item.name)}
      />
      {takes_interval && (
        <label className="row small">
          <input
            type="checkbox"
            checked={entry.is_interval}
            disabled={disabled}
            onChange={(event) => onChange({ ...entry, is_interval: event.target.checked })}
          />
          {t('unknown')}
        </label>
      )}
    </div>
  );
}

type FigureProps = {
  item: Item;
  entry: Entry;
  label: string;
  hint: React.ReactNode;
  fault: string | undefined;
  disabled: boolean;
  onChange: (entry: Entry) => void;
};

function Figure({ item, entry, label, hint, fault, disabled, onChange }: FigureProps) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const format = useFormat();
  const suffix = { amount: t('yuan'), percent: '%', count: '', text: '', choice: '', quantity: '' };
  const shared = {
    disabled,
    inputMode: item.kind === 'text' ? ('text' as const) : ('decimal' as const),
    suffix: item.kind === 'quantity' ? format.unit(item.unit ?? '', '2') : suffix[item.kind],
  };
  const optional = item.is_required === false ? { optional: true } : {};
  return (
    <div className={entry.is_interval ? 'report-bounds' : ''}>
      <TextField
        {...shared}
        {...optional}
        label={label}
        hint={hint}
        fault={fault}
        value={entry.low}
        onChange={(low) => onChange({ ...entry, low })}
      />
      {entry.is_interval && (
        <TextField
          {...shared}
          label={`${read(item.name)} · ${t('high')}`}
          value={entry.high}
          onChange={(high) => onChange({ ...entry, high })}
        />
      )}
    </div>
  );
}
