import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { AccountGuard } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { OpenSessions } from './OpenSessions.tsx';
import { OwnData } from './OwnData.tsx';
import { PasskeySetting } from './PasskeySetting.tsx';
import { Proven } from './Proven.tsx';
import { ProviderSetting } from './ProviderSetting.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SecurityLog } from './SecurityLog.tsx';
import { useSecurityTexts } from './security-texts.ts';
import { TotpSetting } from './TotpSetting.tsx';

/** How the reader's own account is guarded, where it is open, and what happened to it. */
export function Security() {
  const t = useSecurityTexts();
  const guard = useApi('account.guard', {});
  return (
    <>
      {guard.isError && <ProblemNotice error={guard.error} />}
      {guard.isPending && <Skeleton rows={6} />}
      {guard.data && (
        <>
          <Card title={t('sign_in_ways')}>
            <ul className="setting-rows">
              <PasswordSetting />
              <TotpSetting guard={guard.data} />
              <RecoverySetting guard={guard.data} />
            </ul>
          </Card>
          <PasskeySetting guard={guard.data} />
          <ProviderSetting guard={guard.data} />
          <OwnData guard={guard.data} />
        </>
      )}
      <OpenSessions />
      <SecurityLog />
    </>
  );
}

function PasswordSetting() {
  const t = useSecurityTexts();
  const [open, setOpen] = useState(false);
  const [entry, setEntry] = useState({ old: '', fresh: '' });
  const change = useCommand('account.change_password', () => {
    sayDone(t('password_changed'));
    setEntry({ old: '', fresh: '' });
    setOpen(false);
  });
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{t('password')}</span>
        <span className="muted small">{t('password_hint')}</span>
      </span>
      <Tag>{t('on')}</Tag>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('change')}
      </Button>
      <Drawer open={open} title={t('change_password')} onClose={() => setOpen(false)}>
        <StepForm
          submit={t('change')}
          busy={change.isPending}
          error={change.error}
          disabled={!entry.old || entry.fresh.length < 10}
          onSubmit={() => change.mutate({ body: entry })}
        >
          <p className="muted">{t('change_password_hint')}</p>
          <TextField
            label={t('current_password')}
            type="password"
            autoComplete="current-password"
            value={entry.old}
            onChange={(old) => setEntry({ ...entry, old })}
          />
          <TextField
            label={t('new_password')}
            hint={t('new_password_hint')}
            type="password"
            autoComplete="new-password"
            value={entry.fresh}
            onChange={(fresh) => setEntry({ ...entry, fresh })}
          />
        </StepForm>
      </Drawer>
    </li>
  );
}

/** How many codes are left for the day on which phone and passkeys are gone. */
function RecoverySetting({ guard }: { guard: AccountGuard }) {
  const t = useSecurityTexts();
  const [open, setOpen] = useState(false);
  const renew = useCommand('account.renew_recovery_codes');
  if (guard.totp_since === null && guard.passkeys.length === 0) return null;
  const left = guard.recovery_codes_left;
  function close() {
    setOpen(false);
    renew.reset();
  }
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{t('recovery_codes')}</span>
        <span className="muted small">{t('recovery_hint')}</span>
      </span>
      <Tag tone={left <= 3 ? 'late' : 'plain'}>{t('codes_left', { count: left })}</Tag>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('renew')}
      </Button>
      <Drawer open={open} title={t('renew_codes')} onClose={close}>
        <Proven guard={guard}>
          {renew.data ? (
            <RecoveryCodes codes={renew.data.recovery_codes} />
          ) : (
            <StepForm
              submit={t('renew_codes')}
              busy={renew.isPending}
              error={renew.error}
              onSubmit={() => renew.mutate({})}
            >
              <p className="muted">{t('renew_hint')}</p>
            </StepForm>
          )}
        </Proven>
      </Drawer>
    </li>
  );
}
