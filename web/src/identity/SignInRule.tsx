import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays } from '../../../src/kernel/dates.ts';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Choice } from '../controls/Choice.tsx';
import { DateField } from '../controls/DateInput.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { SignInPolicy } from '../generated/api.ts';
import { refreshSession } from '../kernel/api/refresh.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { startOfDay } from '../kernel/format/end-of-day.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { useGateTexts } from './gate-texts.ts';
import { Proven } from './Proven.tsx';

/** Who of the colleagues has a second factor, for administrators; unknown to the others. */
export function useColleagueGuards(): ReadonlyMap<string, boolean> | undefined {
  const may = useMay();
  const asked = may('identity.sign_in_policy.set');
  const { data } = useApi('sign_in_policy.colleagues', {}, asked);
  return data && new Map(data.items.map(({ id, has_factor }) => [id, has_factor]));
}

/** What the party asks of its people's sign-ins, and the switch for it. */
export function SignInRule() {
  const t = useGateTexts();
  const may = useMay();
  const format = useFormat();
  const policy = useApi('sign_in_policy.get', {});
  const [open, setOpen] = useState(false);
  if (policy.isError) return <ProblemNotice error={policy.error} />;
  if (!policy.data) return <Skeleton rows={2} />;
  const { factor_from, set_by, set_at } = policy.data;
  const required = factor_from !== null;
  const turn = may('identity.sign_in_policy.set') && (
    <Button size="small" onClick={() => setOpen(true)}>
      {required ? t('lift') : t('require')}
    </Button>
  );
  return (
    <Card title={t('rule')} action={turn}>
      <div className="stack-tight is-close">
        <span className="strong">{saidOf(policy.data, t, format)}</span>
        {set_by && set_at && (
          <span className="muted small">
            {t('rule_set', { name: set_by.name, date: format.instant(set_at) })}
          </span>
        )}
        <span>
          <Missing />
        </span>
      </div>
      <Drawer
        open={open}
        title={required ? t('lift_title') : t('require_title')}
        onClose={() => setOpen(false)}
      >
        {required ? (
          <Lift policy={policy.data} onDone={() => setOpen(false)} />
        ) : (
          <Require policy={policy.data} onDone={() => setOpen(false)} />
        )}
      </Drawer>
    </Card>
  );
}

function saidOf(
  { factor_from }: SignInPolicy,
  t: ReturnType<typeof useGateTexts>,
  format: ReturnType<typeof useFormat>,
): string {
  if (factor_from === null) return t('rule_none');
  const date = format.dateOf(factor_from);
  return Date.parse(factor_from) > Date.now()
    ? t('rule_from', { date })
    : t('rule_since', { date });
}

/** How many have none yet: what an administrator looks at before, and after. */
function Missing() {
  const t = useGateTexts();
  const guards = useColleagueGuards();
  if (!guards) return null;
  const count = [...guards.values()].filter((has) => !has).length;
  return count > 0 ? (
    <Tag tone="waiting">{t('none_count', { count })}</Tag>
  ) : (
    <Tag>{t('all_have')}</Tag>
  );
}

type StepProps = { policy: SignInPolicy; onDone: () => void };

function useSet(policy: SignInPolicy, onDone: () => void, said: string) {
  const client = useQueryClient();
  const set = useCommand('sign_in_policy.set', () => {
    sayDone(said);
    void refreshSession(client);
    onDone();
  });
  const ifMatch = String(policy.version);
  return {
    ...set,
    to: (body: { factor_required: boolean; factor_from?: string }) => set.mutate({ body, ifMatch }),
  };
}

function Require({ policy, onDone }: StepProps) {
  const t = useGateTexts();
  const format = useFormat();
  const { factor } = useSession();
  const guard = useApi('account.guard', {});
  const [when, setWhen] = useState<'at_once' | 'from_day'>('at_once');
  const [day, setDay] = useState(addDays(format.today, 7));
  const set = useSet(policy, onDone, t('required'));
  if (!factor.is_set) return <OwnFirst />;
  if (guard.isError) return <ProblemNotice error={guard.error} />;
  if (!guard.data) return <Skeleton rows={4} />;
  const from = when === 'from_day' ? { factor_from: startOfDay(day) } : {};
  return (
    <Proven guard={guard.data}>
      <StepForm
        submit={t('require')}
        busy={set.isPending}
        error={set.error}
        disabled={when === 'from_day' && day === ''}
        onSubmit={() => set.to({ factor_required: true, ...from })}
      >
        <p className="muted">{t('require_what')}</p>
        <p>
          <Missing />
        </p>
        <Choice
          label={t('require_when')}
          look="pills"
          hideLabel={false}
          options={[
            { value: 'at_once', label: t('at_once') },
            { value: 'from_day', label: t('from_day') },
          ]}
          value={when}
          onChange={setWhen}
        />
        {when === 'from_day' && (
          <DateField
            label={t('day')}
            hint={t('day_hint')}
            earliest={addDays(format.today, 1)}
            value={day}
            onChange={setDay}
          />
        )}
      </StepForm>
    </Proven>
  );
}

/** Nobody is kept out by their own switch. */
function OwnFirst() {
  const t = useGateTexts();
  return (
    <Notice
      tone="caution"
      action={
        <Link to="/settings" search={{ tab: 'security' } as never}>
          {t('own_first_go')}
        </Link>
      }
    >
      {t('own_first')}
    </Notice>
  );
}

function Lift({ policy, onDone }: StepProps) {
  const t = useGateTexts();
  const guard = useApi('account.guard', {});
  const set = useSet(policy, onDone, t('lifted'));
  if (guard.isError) return <ProblemNotice error={guard.error} />;
  if (!guard.data) return <Skeleton rows={4} />;
  return (
    <Proven guard={guard.data}>
      <StepForm
        danger
        submit={t('lift')}
        busy={set.isPending}
        error={set.error}
        onSubmit={() => set.to({ factor_required: false })}
      >
        <p className="muted">{t('lift_what')}</p>
      </StepForm>
    </Proven>
  );
}
