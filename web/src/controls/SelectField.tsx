import type { Option } from './Choice.tsx';
import { Field, type FrameProps } from './Field.tsx';

type Props = FrameProps & {
  options: readonly Option<string>[];
  value: string;
  onChange: (value: string) => void;
  /** Stands for no choice; without it one of the options always holds. */
  placeholder?: string;
  disabled?: boolean;
};

/** One of a list: the browser's own control, which every phone and screen reader knows. */
export function SelectField(props: Props) {
  const { options, value, onChange, placeholder, disabled = false, ...frame } = props;
  return (
    <Field {...frame}>
      {(ids) => (
        <select
          {...ids}
          className="input"
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
