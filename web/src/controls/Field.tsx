import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { useControlTexts } from './texts.ts';

export type FrameProps = {
  label: string;
  hint?: ReactNode | undefined;
  /** What is wrong with the entry; read out when it appears. */
  fault?: string | undefined;
  optional?: boolean;
};

type FieldProps = FrameProps & {
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
};

/** A label, its control, and below it the hint or the fault, tied together for screen readers. */
export function Field({ label, hint, fault, optional, children }: FieldProps) {
  const t = useControlTexts();
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className={`field${fault ? ' is-faulty' : ''}`}>
      <label className="field-label" htmlFor={id}>
        {label}
        {optional && <span className="muted"> · {t('optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': note, 'aria-invalid': fault !== undefined })}
      <div id={note} className={fault ? 'field-note late' : 'field-note muted'} aria-live="polite">
        {fault ?? hint}
      </div>
    </div>
  );
}

type TextFieldProps = FrameProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
    onChange: (value: string) => void;
    /** A unit or currency that stands behind the entry. */
    suffix?: string;
  };

export function TextField(props: TextFieldProps) {
  const { label, hint, fault, optional, onChange, suffix, ...input } = props;
  const frame = { label, hint, ...(optional ? { optional } : {}), ...(fault ? { fault } : {}) };
  return (
    <Field {...frame}>
      {(ids) => (
        <span className="input-frame">
          <input
            {...input}
            {...ids}
            className="input"
            onChange={(event) => onChange(event.target.value)}
          />
          {suffix && <span className="input-suffix">{suffix}</span>}
        </span>
      )}
    </Field>
  );
}
