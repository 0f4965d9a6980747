import { type ReactNode, useState } from 'react';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import type { Product } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { MadeLots } from './MadeLots.tsx';
import {
  type Entry,
  followDay,
  goneFrom,
  isHalfTimed,
  type LyingLot,
  type Making,
  productionOf,
} from './production.ts';
import { useProductionTexts } from './texts.ts';
import { UsedLots } from './UsedLots.tsx';
import './production.css';

type Props = {
  /** Of the own catalogue. */
  products: readonly Product[];
  /** What lies at the place, in sale. */
  rows: readonly LyingLot[];
  start: Entry;
  /** What it means to say no time. */
  untimed: string;
  submit: string;
  busy: boolean;
  error: unknown;
  /** Something else is still to be said. */
  disabled?: boolean;
  onSend: (making: Making) => void;
  children?: ReactNode;
};

/** What was made of what, and when. */
export function ProductionForm(props: Props) {
  const { products, rows, start, untimed, submit, busy, error, disabled = false } = props;
  const { onSend, children } = props;
  const t = useProductionTexts();
  const { zone, today } = useFormat();
  const [entry, setEntry] = useState(start);
  function change(part: Partial<Entry>) {
    const next = { ...entry, ...part };
    // What was recorded already is printed on the goods.
    const isNew = start.made.length === 0;
    const made = followDay(next.made, entry.date || today, next.date || today);
    setEntry(isNew ? { ...next, made } : next);
  }
  const given = productionOf(entry, rows, zone);
  return (
    <StepForm
      submit={submit}
      busy={busy}
      error={error}
      disabled={given === null || disabled}
      onSubmit={() => given && onSend(given)}
    >
      <MadeLots
        products={products}
        made={entry.made}
        day={entry.date || today}
        onChange={(made) => change({ made })}
      />
      <UsedLots
        rows={rows}
        own={products.map(({ id }) => id)}
        typed={entry.used}
        gone={goneFrom(rows, entry.used)}
        onType={(typed) => change({ used: new Map([...entry.used, ...typed]) })}
      />
      <When entry={entry} untimed={untimed} onChange={change} />
      <TextField
        label={t('order')}
        optional
        value={entry.order}
        maxLength={60}
        onChange={(order) => change({ order })}
      />
      {children}
    </StepForm>
  );
}

type WhenProps = { entry: Entry; untimed: string; onChange: (part: Partial<Entry>) => void };

function When({ entry, untimed, onChange }: WhenProps) {
  const t = useProductionTexts();
  return (
    <div className="entry-pair">
      <DateField
        label={t('made_on')}
        optional
        hint={untimed}
        value={entry.date}
        fault={isHalfTimed(entry) ? t('fault_half_timed') : undefined}
        onChange={(date) => onChange({ date })}
      />
      <TextField
        label={t('made_time')}
        optional
        type="time"
        value={entry.time}
        onChange={(time) => onChange({ time })}
      />
    </div>
  );
}
