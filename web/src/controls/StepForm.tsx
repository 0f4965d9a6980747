import type { FormEvent, ReactNode } from 'react';
import { Button } from './Button.tsx';
import { ProblemNotice } from './Notice.tsx';

type Props = {
  children: ReactNode;
  submit: string;
  busy: boolean;
  error: unknown;
  onSubmit: () => void;
  disabled?: boolean;
  danger?: boolean;
};

/** A short form in a sheet: its entries, what the server said to it, and its one button. */
export function StepForm(props: Props) {
  const { children, submit, busy, error, onSubmit, disabled = false, danger = false } = props;
  function send(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form className="stack step-form" noValidate onSubmit={send}>
      {children}
      {error !== null && <ProblemNotice error={error} />}
      <div className="step-send">
        <Button
          kind={danger ? 'danger' : 'primary'}
          size="large"
          type="submit"
          busy={busy}
          disabled={disabled}
        >
          {submit}
        </Button>
      </div>
    </form>
  );
}
