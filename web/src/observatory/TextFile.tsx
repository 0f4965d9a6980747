import { Field, type FrameProps } from '../controls/Field.tsx';

type Props = FrameProps & {
  accept: string;
  onText: (text: string) => void;
  /** A file of more bytes is not read. */
  most?: { bytes: number; onMore: () => void };
};

/** A file whose text is read here. */
export function TextFile({ accept, onText, most, ...frame }: Props) {
  async function read(file: File | undefined) {
    if (file && most && file.size > most.bytes) most.onMore();
    else onText((await file?.text()) ?? '');
  }
  return (
    <Field {...frame}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          className="text-file"
          accept={accept}
          onChange={(event) => void read(event.target.files?.[0])}
        />
      )}
    </Field>
  );
}
