import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { AccountErasure, AccountGuard } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { Proven } from './Proven.tsx';
import { useSecurityTexts } from './security-texts.ts';

type Step = 'copy' | 'erase';

/** What is held on the reader: a copy to take away, and a way out. */
export function OwnData({ guard }: { guard: AccountGuard }) {
  const t = useSecurityTexts();
  const [step, setStep] = useState<Step>();
  const { data } = useApi('account.erasure', {});
  const close = () => setStep(undefined);
  return (
    <Card title={t('own_data')}>
      {data?.erasure && <Leaving erasure={data.erasure} />}
      <ul className="setting-rows">
        <li className="setting-row">
          <span className="stack-tight is-close">
            <span className="strong">{t('own_copy')}</span>
            <span className="muted small">{t('own_copy_hint')}</span>
          </span>
          <Button size="small" onClick={() => setStep('copy')}>
            {t('own_copy_take')}
          </Button>
        </li>
        {data && data.erasure === null && (
          <li className="setting-row">
            <span className="stack-tight is-close">
              <span className="strong">{t('erase')}</span>
              <span className="muted small">{t('erase_hint')}</span>
            </span>
            <Button size="small" onClick={() => setStep('erase')}>
              {t('erase')}
            </Button>
          </li>
        )}
      </ul>
      <Drawer open={step === 'copy'} title={t('own_copy')} onClose={close}>
        <Proven guard={guard}>
          <Copy />
        </Proven>
      </Drawer>
      <Drawer open={step === 'erase'} title={t('erase')} onClose={close}>
        <Proven guard={guard}>
          <Erase onDone={close} />
        </Proven>
      </Drawer>
    </Card>
  );
}

function Copy() {
  const t = useSecurityTexts();
  const copy = useQuery({
    queryKey: ['account.copy_data'],
    queryFn: ({ signal }) => ask('account.copy_data', { signal }),
    gcTime: 0,
  });
  if (copy.isError) return <ProblemNotice error={copy.error} />;
  if (!copy.data) return <p className="muted">{t('own_copy_making')}</p>;
  const text = JSON.stringify(copy.data, null, 1);
  const href = `data:application/json;charset=utf-8,${encodeURIComponent(text)}`;
  return (
    <div className="stack">
      <a className="button is-primary is-large" href={href} download="jingwei-account.json">
        {t('own_copy_save')}
      </a>
      <details>
        <summary className="muted">{t('own_copy_look')}</summary>
        <pre className="fact-body">{text}</pre>
      </details>
    </div>
  );
}

function Erase({ onDone }: { onDone: () => void }) {
  const t = useSecurityTexts();
  const erase = useCommand('account.ask_erasure', () => {
    sayDone(t('erase_asked'));
    onDone();
  });
  return (
    <StepForm
      submit={t('erase')}
      danger
      busy={erase.isPending}
      error={erase.error}
      onSubmit={() => erase.mutate({})}
    >
      <p>{t('erase_what')}</p>
      <p className="muted">{t('erase_stays')}</p>
    </StepForm>
  );
}

function Leaving({ erasure: { due_at, blocked_by } }: { erasure: AccountErasure }) {
  const t = useSecurityTexts();
  const format = useFormat();
  const keep = useCommand('account.keep', () => sayDone(t('kept')));
  return (
    <Notice
      tone="caution"
      action={
        <Button size="small" busy={keep.isPending} onClick={() => keep.mutate({})}>
          {t('keep')}
        </Button>
      }
    >
      <p>{t('erase_due', { date: format.instant(due_at) })}</p>
      {blocked_by && <p>{t('erase_blocked')}</p>}
      {keep.isError && <ProblemNotice error={keep.error} />}
    </Notice>
  );
}
