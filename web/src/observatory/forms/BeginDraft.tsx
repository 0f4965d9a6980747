import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Choice } from '../../controls/Choice.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormTexts } from './texts.ts';

const MOST = 200;

/** Begins a draft and goes to it. */
export function useBegin() {
  const t = useFormTexts();
  const navigate = useNavigate();
  return useCommand('form_draft.begin', ({ id }) => {
    sayDone(t('begun'));
    void navigate({ to: `/observatory/forms/drafts/${id}` });
  });
}

/** A new form: from nothing, or from a copy of one that there is. */
export function BeginDraft() {
  const t = useFormTexts();
  const read = useBilingual();
  const [as, setAs] = useState<'new' | 'copy'>('new');
  const [form_id, setForm] = useState('');
  const forms = useApi('statistical_form.list', { query: { limit: MOST } }, as === 'copy');
  const begin = useBegin();
  return (
    <StepForm
      submit={t('begin')}
      busy={begin.isPending}
      error={begin.error}
      disabled={as === 'copy' && form_id === ''}
      onSubmit={() => begin.mutate({ body: as === 'new' ? { as } : { as, form_id } })}
    >
      <Choice
        label={t('begin_from')}
        look="pills"
        value={as}
        options={(['new', 'copy'] as const).map((value) => ({ value, label: t(`begin_${value}`) }))}
        onChange={setAs}
      />
      {as === 'copy' && (
        <SelectField
          label={t('copy_of')}
          hint={t('copy_hint')}
          placeholder={t('choose')}
          value={form_id}
          options={(forms.data?.items ?? []).map(({ id, name, code }) => ({
            value: id,
            label: `${read(name)} · ${code}`,
          }))}
          onChange={setForm}
        />
      )}
    </StepForm>
  );
}
