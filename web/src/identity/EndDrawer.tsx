import { Drawer } from '../controls/Drawer.tsx';
import { StepForm } from '../controls/StepForm.tsx';

type Props = {
  title: string;
  open: boolean;
  /** What ending it means. */
  hint: string;
  submit: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onEnd: () => void;
};

/** Something that cannot be undone is asked for once more. */
export function EndDrawer({ title, open, hint, submit, busy, error, onClose, onEnd }: Props) {
  return (
    <Drawer open={open} title={title} onClose={onClose}>
      <StepForm submit={submit} danger busy={busy} error={error} onSubmit={onEnd}>
        <p className="muted">{hint}</p>
      </StepForm>
    </Drawer>
  );
}
