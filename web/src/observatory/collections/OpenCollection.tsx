import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Party } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { nameOf } from '../../kernel/parties.ts';
import { useCollectionTexts } from './texts.ts';

const MOST = 200;
const ROLES = ['core', 'manufacturer', 'supplier', 'dealer', 'carrier', 'warehouse'] as const;
type Role = (typeof ROLES)[number];

/** Asks firms of one kind, or one firm, by a form. @param form the one that is chosen at first */
export function OpenCollection({ form = '' }: { form?: string }) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const navigate = useNavigate();
  const { today } = useFormat();
  const forms = useApi('statistical_form.list', { query: { limit: MOST } });
  const parties = useApi('party.list', { query: { limit: MOST } });
  const [entry, setEntry] = useState({ form, period: '', due: '', whom: '' });
  const change = (part: Partial<typeof entry>) => setEntry({ ...entry, ...part });
  const open = useCommand('collection.open', ({ id }) => {
    sayDone(t('opened'));
    void navigate({ to: `/observatory/collections/${id}` });
  });
  const members = parties.data?.items ?? [];
  const role = ROLES.find((one) => one === entry.whom);
  const asked = role ? withRole(members, role) : members.filter(({ id }) => id === entry.whom);
  return (
    <StepForm
      submit={`${t('open')} · ${t('asked', { count: asked.length })}`}
      busy={open.isPending}
      error={open.error}
      disabled={!entry.form || !entry.period.trim() || !entry.due || asked.length === 0}
      onSubmit={() =>
        open.mutate({
          body: {
            form_id: entry.form,
            period: entry.period.trim(),
            due_on: entry.due,
            party_ids: asked.map(({ id }) => id),
          },
        })
      }
    >
      <SelectField
        label={t('form')}
        placeholder={t('choose')}
        value={entry.form}
        options={(forms.data?.items ?? []).map(({ id, name }) => ({
          value: id,
          label: read(name),
        }))}
        onChange={(form) => change({ form })}
      />
      <TextField
        label={t('period')}
        hint={t('period_hint')}
        value={entry.period}
        onChange={(period) => change({ period })}
      />
      <DateField
        label={t('due')}
        value={entry.due}
        earliest={today}
        onChange={(due) => change({ due })}
      />
      <Whom members={members} value={entry.whom} onChange={(whom) => change({ whom })} />
    </StepForm>
  );
}

const withRole = (members: readonly Party[], role: Role) =>
  members.filter(({ roles }) => roles.includes(role));

type WhomProps = { members: readonly Party[]; value: string; onChange: (whom: string) => void };

/** All firms of one kind, or one firm. */
function Whom({ members, value, onChange }: WhomProps) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const kinds = ROLES.filter((one) => withRole(members, one).length > 0);
  return (
    <SelectField
      label={t('whom')}
      placeholder={t('choose')}
      value={value}
      options={[
        ...kinds.map((one) => ({ value: one, label: t('all_of', { role: t(`role_${one}`) }) })),
        ...members.map((one) => ({ value: one.id, label: read(nameOf(one)) })),
      ]}
      onChange={onChange}
    />
  );
}
