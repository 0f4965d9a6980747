import { Field, type FrameProps } from '../controls/Field.tsx';

type Props = FrameProps & { accept: string; onText: (text: string) => void };

/** A file whose text is read here; it is sent with the question. */
export function TextFile({ accept, onText, ...frame }: Props) {
  return (
    <Field {...frame}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          className="text-file"
          accept={accept}
          onChange={async (event) => onText((await event.target.files?.[0]?.text()) ?? '')}
        />
      )}
    </Field>
  );
}
