import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { AccountGuard, Passkey } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { refreshAll, refreshSession } from '../kernel/api/refresh.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { hasPasskeys, makePasskey } from '../kernel/passkey.ts';
import { EntryProblem } from '../shell/EntryProblem.tsx';
import { Proven } from './Proven.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { useSecurityTexts } from './security-texts.ts';

/** The person's passkeys, by the names that they gave them. */
export function PasskeySetting({ guard }: { guard: AccountGuard }) {
  const t = useSecurityTexts();
  const format = useFormat();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey>();
  const remove = useCommand('account.remove_passkey', () => {
    sayDone(t('passkey_removed'));
    void refreshSession(client);
    setRemoving(undefined);
  });
  const add = hasPasskeys() && (
    <Button size="small" icon="plus" onClick={() => setAdding(true)}>
      {t('passkey_add')}
    </Button>
  );
  const { passkeys } = guard;
  return (
    <Card title={t('passkeys')} action={add}>
      {passkeys.length === 0 && <Empty title={t('none_passkeys')}>{t('none_passkeys_more')}</Empty>}
      <ul className="setting-rows">
        {passkeys.map((one) => (
          <li key={one.id} className="setting-row">
            <span className="stack-tight is-close">
              <span className="strong">{one.name}</span>
              <span className="muted small">
                {t('since', { date: format.dateOf(one.created_at) })}
                {' · '}
                {one.used_at ? t('used', { date: format.instant(one.used_at) }) : t('unused')}
              </span>
            </span>
            <Button size="small" onClick={() => setRemoving(one)}>
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <Drawer open={adding} title={t('passkey_add')} onClose={() => setAdding(false)}>
        <Proven guard={guard}>
          <AddPasskey onDone={() => setAdding(false)} />
        </Proven>
      </Drawer>
      <Drawer
        open={removing !== undefined}
        title={`${t('remove')} · ${removing?.name ?? ''}`}
        onClose={() => setRemoving(undefined)}
      >
        <Proven guard={guard}>
          <StepForm
            danger
            submit={t('remove')}
            busy={remove.isPending}
            error={remove.error}
            onSubmit={() => removing && remove.mutate({ params: { id: removing.id } })}
          >
            <p className="muted">{t('passkey_remove_hint')}</p>
          </StepForm>
        </Proven>
      </Drawer>
    </Card>
  );
}

type AddProps = { onDone: () => void; onKept?: () => void };

/** @param onKept where something waits for the recovery codes to be written down */
export function AddPasskey({ onDone, onKept }: AddProps) {
  const t = useSecurityTexts();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const response = await makePasskey(await ask('account.ask_new_passkey', {}));
      return ask('account.add_passkey', { body: { name: name.trim(), response } });
    },
    onSuccess: ({ recovery_codes }) => {
      sayDone(t('passkey_added'));
      void refreshAll(client);
      void refreshSession(client);
      if (!recovery_codes) onDone();
    },
  });
  const codes = add.data?.recovery_codes;
  if (codes) return <RecoveryCodes codes={codes} onKept={onKept} />;
  return (
    <StepForm
      submit={t('passkey_make')}
      busy={add.isPending}
      error={null}
      disabled={!name.trim()}
      onSubmit={() => add.mutate()}
    >
      <p className="muted">{t('passkey_hint')}</p>
      <TextField
        label={t('passkey_name')}
        hint={t('passkey_name_hint')}
        value={name}
        onChange={setName}
        name="passkey-name"
        autoFocus
      />
      <EntryProblem error={add.error} />
    </StepForm>
  );
}
