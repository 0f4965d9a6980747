import { lazy, Suspense } from 'react';
import { useFormat } from '../kernel/format/format.ts';
import { useMedia } from '../kernel/use-media.ts';
import { Field, type FrameProps } from './Field.tsx';
import { useControlTexts } from './texts.ts';

export type DateInputProps = {
  label: string;
  /** Business date, or empty. */
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** The first date that can be chosen. */
  earliest?: string;
  disabled?: boolean;
  id?: string;
  describedBy?: string;
  invalid?: boolean;
};

const PickedDate = lazy(() => import('./PickedDate.tsx'));

/**
 * A business date. Under a finger the phone's own picker opens, which everybody knows; with a
 * mouse a calendar that speaks the language of the console and not that of the browser.
 */
export function DateInput(props: DateInputProps) {
  const fine = useMedia('(pointer: fine)');
  if (!fine) return <TouchedDate {...props} />;
  return (
    <Suspense fallback={<span className="input date-waiting" />}>
      <PickedDate {...props} />
    </Suspense>
  );
}

type DateFieldProps = Omit<DateInputProps, 'id' | 'describedBy' | 'invalid'> & FrameProps;

export function DateField({ label, hint, fault, optional, ...input }: DateFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault} {...(optional ? { optional } : {})}>
      {(ids) => (
        <DateInput
          {...input}
          label={label}
          id={ids.id}
          describedBy={ids['aria-describedby']}
          invalid={ids['aria-invalid']}
        />
      )}
    </Field>
  );
}

/** The native entry, with the date written over it as the rest of the page writes dates. */
function TouchedDate(props: DateInputProps) {
  const t = useControlTexts();
  const format = useFormat();
  const { label, value, onChange, placeholder, earliest, disabled, id, describedBy } = props;
  return (
    <span className="date-touched">
      <input
        id={id}
        className="input"
        type="date"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={props.invalid}
        value={value}
        min={earliest}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className={value ? '' : 'muted'} aria-hidden="true">
        {value ? format.date(value) : (placeholder ?? t('choose_date'))}
      </span>
    </span>
  );
}
