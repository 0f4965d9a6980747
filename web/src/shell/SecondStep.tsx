import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { goOn, goOnByPasskey, type SecondWay, type Session } from '../kernel/session.ts';
import { EntryProblem } from './EntryProblem.tsx';
import { useShellTexts } from './texts.ts';

type Props = {
  ticket: string;
  ways: readonly SecondWay[];
  onDone: (session: Session) => Promise<void>;
  onBack: () => void;
};

const HINTS = {
  totp: 'second_step_totp',
  passkey: 'second_step_passkey',
  recovery_code: 'second_step_recovery',
} as const;

/** The second step of a sign-in. */
export function SecondStep({ ticket, ways, onDone, onBack }: Props) {
  const t = useShellTexts();
  return (
    <FactorForm
      title={t('second_step')}
      ways={ways}
      onShow={async (way, code) => {
        if (way === 'passkey') return onDone(await goOnByPasskey(ticket));
        const shown = way === 'totp' ? { code } : { recovery_code: code };
        return onDone(await goOn(ticket, shown));
      }}
    >
      <Button kind="quiet" icon="back" onClick={onBack}>
        {t('begin_again')}
      </Button>
    </FactorForm>
  );
}

type FormProps = {
  title: string;
  /** Why it is asked for, where that is not plain. */
  why?: string;
  ways: readonly SecondWay[];
  onShow: (way: SecondWay, code: string) => Promise<void>;
  /** Ways out, below the other ways on. */
  children: ReactNode;
};

/** A factor to be shown: one way at a time, the others below it. */
export function FactorForm({ title, why, ways, onShow, children }: FormProps) {
  const t = useShellTexts();
  const [way, setWay] = useState<SecondWay>(ways[0] ?? 'totp');
  const [code, setCode] = useState('');
  const show = useMutation({
    mutationFn: () => onShow(way, code),
    onError: () => setCode(''),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    show.mutate();
  }
  function choose(next: SecondWay) {
    show.reset();
    setCode('');
    setWay(next);
  }
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <h1>{title}</h1>
      {why && <p>{why}</p>}
      <p className="muted">{t(HINTS[way])}</p>
      <EntryProblem error={show.error} />
      {way !== 'passkey' && (
        <TextField
          key={way}
          label={way === 'totp' ? t('code') : t('recovery_code')}
          value={code}
          onChange={setCode}
          name={way}
          inputMode={way === 'totp' ? 'numeric' : 'text'}
          autoComplete={way === 'totp' ? 'one-time-code' : 'off'}
          autoCapitalize="characters"
          spellCheck={false}
          required
          autoFocus
        />
      )}
      <Button kind="primary" size="large" type="submit" busy={show.isPending}>
        {way === 'passkey' ? t('show_passkey') : t('go_on')}
      </Button>
      <div className="sign-in-ways">
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Button key={other} kind="quiet" onClick={() => choose(other)}>
              {t(`with_${other}`)}
            </Button>
          ))}
        {children}
      </div>
      {way === 'recovery_code' && <p className="muted small">{t('lost_all')}</p>}
    </form>
  );
}
