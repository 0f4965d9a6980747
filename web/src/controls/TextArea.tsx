import { Field, type FrameProps } from './Field.tsx';

type Props = FrameProps & { value: string; onChange: (value: string) => void; rows?: number };

export function TextArea({ value, onChange, rows = 3, ...frame }: Props) {
  return (
    <Field {...frame}>
      {(ids) => (
        <textarea
          {...ids}
          className="input"
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
