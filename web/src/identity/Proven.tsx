import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import type { AccountGuard } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { refreshAll } from '../kernel/api/refresh.ts';
import { hasPasskeys, signWithPasskey } from '../kernel/passkey.ts';
import { EntryProblem } from '../shell/EntryProblem.tsx';
import { useSecurityTexts } from './security-texts.ts';

/**
 * Shows what changes an account's guard to whoever has just proved that it is theirs; whoever has
 * not is asked for that first. The server decides; this only asks before it would refuse.
 */
export function Proven({ guard, children }: { guard: AccountGuard; children: ReactNode }) {
  const [proved, setProved] = useState(Date.parse(guard.proved_until) > Date.now());
  return proved ? children : <Proof guard={guard} onDone={() => setProved(true)} />;
}

function Proof({ guard, onDone }: { guard: AccountGuard; onDone: () => void }) {
  const t = useSecurityTexts();
  const client = useQueryClient();
  const [way, setWay] = useState<'password' | 'code'>('password');
  const [text, setText] = useState('');
  const after = { onSuccess: onDone, onSettled: () => void refreshAll(client) };
  const byText = useMutation({
    mutationFn: () =>
      ask('account.prove', { body: way === 'code' ? { code: text.trim() } : { password: text } }),
    ...after,
  });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const passkey = await signWithPasskey(await ask('account.ask_proof', {}));
      return ask('account.prove', { body: { passkey } });
    },
    ...after,
  });
  function turn() {
    byText.reset();
    setText('');
    setWay(way === 'password' ? 'code' : 'password');
  }
  return (
    <StepForm
      submit={t('prove')}
      busy={byText.isPending}
      error={byText.error}
      disabled={!text}
      onSubmit={() => byText.mutate()}
    >
      <p className="muted">{t('prove_hint')}</p>
      {way === 'password' ? (
        <TextField
          label={t('current_password')}
          type="password"
          autoComplete="current-password"
          value={text}
          onChange={setText}
          autoFocus
        />
      ) : (
        <TextField
          key={way}
          label={t('totp_first')}
          name="proof-code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={text}
          onChange={setText}
          autoFocus
        />
      )}
      {guard.totp_since !== null && (
        <Button kind="quiet" onClick={turn}>
          {way === 'password' ? t('prove_by_code') : t('prove_by_password')}
        </Button>
      )}
      {guard.passkeys.length > 0 && hasPasskeys() && (
        <Button icon="key" busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t('prove_by_passkey')}
        </Button>
      )}
      <EntryProblem error={byPasskey.error} />
    </StepForm>
  );
}
