import { useId } from 'react';

export type Option<T extends string> = { value: T; label: string };

type Props<T extends string> = {
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
  /** 'pills' stand apart, as on the answer screen; 'joined' share one frame. */
  look?: 'pills' | 'joined';
  hideLabel?: boolean;
};

/** A few choices of which one holds: radio buttons, so that arrow keys work as people expect. */
export function Choice<T extends string>(props: Props<T>) {
  const { label, options, value, onChange, look = 'joined', hideLabel = true } = props;
  const name = useId();
  return (
    <fieldset className="choice-field">
      <legend className={hideLabel ? 'hidden-text' : 'field-label'}>{label}</legend>
      <div className={`choice is-${look}`}>
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              className="hidden-text"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="choice-text">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
