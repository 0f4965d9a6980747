import { useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';

const PERCENT = /^(?:100|\d{1,2}(?:\.\d{1,2})?)$/;

/** How much of each product that went in may be lost: of the firm's own making, and its alone. */
export function LossForms({ classes }: { classes: readonly string[] }) {
  const t = useTraceTexts();
  return (
    <div className="stack">
      <p className="muted">{t('set_loss_hint')}</p>
      {classes.map((item) => (
        <OneLoss key={item} item={item} />
      ))}
    </div>
  );
}

function OneLoss({ item }: { item: string }) {
  const found = useApi('loss_allowance.list', { query: { item, limit: 1 } });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data) return <Skeleton rows={2} />;
  const [said] = found.data.items;
  return <LossForm item={item} percent={said ? String(Number(said.percent)) : ''} />;
}

/** @param percent empty where nothing was said yet */
function LossForm({ item, percent }: { item: string; percent: string }) {
  const t = useTraceTexts();
  const names = useNames();
  const [entry, setEntry] = useState(percent);
  const set = useCommand('loss_allowance.set', () => sayDone(t('loss_set')));
  const typed = entry.trim();
  return (
    <StepForm
      submit={t('save_loss')}
      busy={set.isPending}
      error={set.error}
      disabled={typed !== '' && !PERCENT.test(typed)}
      onSubmit={() => set.mutate({ body: { item, percent: typed === '' ? null : typed } })}
    >
      <TextField
        label={`${names.thing(item)} · %`}
        inputMode="decimal"
        value={entry}
        onChange={setEntry}
      />
    </StepForm>
  );
}
