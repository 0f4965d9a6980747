import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { AccountGuard } from '../generated/api.ts';
import { refreshSession } from '../kernel/api/refresh.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { CopyText } from './CopyText.tsx';
import { Proven } from './Proven.tsx';
import { QrCode } from './QrCode.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { useSecurityTexts } from './security-texts.ts';

/** Codes of an authenticator app: on, off, and how to turn them on. */
export function TotpSetting({ guard }: { guard: AccountGuard }) {
  const t = useSecurityTexts();
  const format = useFormat();
  const client = useQueryClient();
  const [open, setOpen] = useState<'add' | 'remove'>();
  const remove = useCommand('account.remove_totp', () => {
    sayDone(t('totp_removed'));
    void refreshSession(client);
    setOpen(undefined);
  });
  const since = guard.totp_since;
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{t('totp')}</span>
        <span className="muted small">
          {since ? t('since', { date: format.dateOf(since) }) : t('totp_hint')}
        </span>
      </span>
      <Tag>{since ? t('on') : t('off')}</Tag>
      <Button size="small" onClick={() => setOpen(since ? 'remove' : 'add')}>
        {since ? t('turn_off') : t('turn_on')}
      </Button>
      <Drawer open={open === 'add'} title={t('totp_add')} onClose={() => setOpen(undefined)}>
        <Proven guard={guard}>
          <AddTotp onDone={() => setOpen(undefined)} />
        </Proven>
      </Drawer>
      <Drawer open={open === 'remove'} title={t('totp_remove')} onClose={() => setOpen(undefined)}>
        <Proven guard={guard}>
          <StepForm
            danger
            submit={t('turn_off')}
            busy={remove.isPending}
            error={remove.error}
            onSubmit={() => remove.mutate({})}
          >
            <p className="muted">{t('totp_remove_hint')}</p>
          </StepForm>
        </Proven>
      </Drawer>
    </li>
  );
}

type AddProps = { onDone: () => void; onKept?: () => void };

/** @param onKept where something waits for the recovery codes to be written down */
export function AddTotp({ onDone, onKept }: AddProps) {
  const t = useSecurityTexts();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const begin = useCommand('account.ask_totp');
  const confirm = useCommand('account.add_totp', ({ recovery_codes }) => {
    sayDone(t('totp_added'));
    void refreshSession(client);
    if (!recovery_codes) onDone();
  });
  const { mutate } = begin;
  useEffect(() => mutate({}), [mutate]);
  const codes = confirm.data?.recovery_codes;
  if (codes) return <RecoveryCodes codes={codes} onKept={onKept} />;
  if (begin.isError) return <ProblemNotice error={begin.error} onRetry={() => mutate({})} />;
  if (!begin.data) return <Skeleton rows={6} />;
  const { uri, secret } = begin.data;
  return (
    <StepForm
      submit={t('turn_on')}
      busy={confirm.isPending}
      error={confirm.error}
      disabled={code.trim().length < 6}
      onSubmit={() => confirm.mutate({ body: { code: code.trim() } })}
    >
      <p>{t('totp_scan')}</p>
      <QrCode text={uri} label={t('totp_qr')} />
      <details>
        <summary className="muted small">{t('totp_by_hand')}</summary>
        <CopyText text={secret.match(/.{1,4}/g)?.join(' ') ?? secret} />
      </details>
      <TextField
        label={t('totp_first')}
        value={code}
        onChange={setCode}
        name="first-code"
        inputMode="numeric"
        autoComplete="one-time-code"
      />
    </StepForm>
  );
}
