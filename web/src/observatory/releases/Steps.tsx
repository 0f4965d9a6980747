import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { DateField } from '../../controls/DateInput.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Release } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { instantIn } from '../../kernel/format/instant-in.ts';
import { useMay } from '../../kernel/session.ts';
import { isHeld } from './ReleaseState.tsx';
import { useReleaseTexts } from './texts.ts';

type StepProps = { release: Release; onDone: () => void };
type Step = { name: StepName; permission: string; Form: ComponentType<StepProps> };
type StepName = 'plan' | 'plan_again' | 'publish' | 'withdraw' | 'withdraw_draft' | 'revise';

const make = 'publishing.release.make';
const goOut = 'publishing.release.publish';
const steps = {
  plan: { name: 'plan', permission: make, Form: Plan },
  plan_again: { name: 'plan_again', permission: make, Form: Plan },
  publish: { name: 'publish', permission: goOut, Form: Publish },
  withdraw: { name: 'withdraw', permission: goOut, Form: Withdraw },
  withdraw_draft: { name: 'withdraw_draft', permission: goOut, Form: Withdraw },
  revise: { name: 'revise', permission: make, Form: Revise },
} as const satisfies Record<StepName, Step>;

/** The steps that a release's state allows: the next one, then the others. */
function stepsOf(release: Release): readonly [Step | null, ...Step[]] {
  if (release.state === 'draft') return [steps.plan, steps.publish, steps.withdraw_draft];
  if (release.state === 'scheduled') {
    const next = isHeld(release) ? steps.publish : null;
    return [next, steps.plan_again, steps.withdraw_draft];
  }
  return release.state === 'published' ? [steps.revise, steps.withdraw] : [steps.revise];
}

export function NextStep({ release }: { release: Release }) {
  const [next] = stepsOf(release);
  return next && <StepButton step={next} release={release} kind="primary" />;
}

export function OtherSteps({ release }: { release: Release }) {
  const [, ...others] = stepsOf(release);
  return others.map((step) => (
    <StepButton key={step.name} step={step} release={release} kind="plain" />
  ));
}

type ButtonProps = { step: Step; release: Release; kind: 'primary' | 'plain' };

function StepButton({ step, release, kind }: ButtonProps) {
  const t = useReleaseTexts();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  if (!may(step.permission)) return null;
  return (
    <>
      <Button kind={kind} onClick={() => setOpen(true)}>
        {t(step.name)}
      </Button>
      <Drawer open={open} title={t(step.name)} onClose={close}>
        {open && <step.Form release={release} onDone={close} />}
      </Drawer>
    </>
  );
}

const MORNING = '09:30';

function Plan({ release: { id }, onDone }: StepProps) {
  const t = useReleaseTexts();
  const { today, zone } = useFormat();
  const [date, setDate] = useState('');
  const [time, setTime] = useState(MORNING);
  const plan = useCommand('release.plan', () => {
    sayDone(t('planned'));
    onDone();
  });
  return (
    <StepForm
      submit={t('plan')}
      busy={plan.isPending}
      error={plan.error}
      disabled={!date || !time}
      onSubmit={() =>
        plan.mutate({ params: { id }, body: { planned_at: instantIn(zone, date, time) } })
      }
    >
      <p>{t('plan_says')}</p>
      <DateField label={t('plan_date')} value={date} earliest={today} onChange={setDate} />
      <TextField label={t('plan_time')} type="time" value={time} onChange={setTime} />
    </StepForm>
  );
}

function Publish({ release: { id }, onDone }: StepProps) {
  const t = useReleaseTexts();
  const publish = useCommand('release.publish', () => {
    sayDone(t('published'));
    onDone();
  });
  return (
    <StepForm
      submit={t('publish')}
      busy={publish.isPending}
      error={publish.error}
      onSubmit={() => publish.mutate({ params: { id } })}
    >
      <p>{t('publish_says')}</p>
    </StepForm>
  );
}

function Withdraw({ release: { id, state }, onDone }: StepProps) {
  const t = useReleaseTexts();
  const [reason, setReason] = useState('');
  const withdraw = useCommand('release.withdraw', () => {
    sayDone(t('withdrawn'));
    onDone();
  });
  const isOut = state === 'published';
  return (
    <StepForm
      submit={t(isOut ? 'withdraw' : 'withdraw_draft')}
      danger
      busy={withdraw.isPending}
      error={withdraw.error}
      disabled={!reason.trim()}
      onSubmit={() => withdraw.mutate({ params: { id }, body: { reason: reason.trim() } })}
    >
      <p>{t(isOut ? 'withdraw_says' : 'withdraw_draft_says')}</p>
      <TextArea label={t('withdraw_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}

function Revise({ release: { id } }: StepProps) {
  const t = useReleaseTexts();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const revise = useCommand('release.revise', ({ id: next }) => {
    sayDone(t('revise_done'));
    void navigate({ to: `/observatory/releases/${next}` });
  });
  return (
    <StepForm
      submit={t('revise')}
      busy={revise.isPending}
      error={revise.error}
      disabled={!reason.trim()}
      onSubmit={() => revise.mutate({ params: { id }, body: { reason: reason.trim() } })}
    >
      <p>{t('revise_says')}</p>
      <TextArea label={t('revise_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
