import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { instantIn } from '../../kernel/format/instant-in.ts';
import { useRecallTexts } from './texts.ts';

const GRADES = ['1', '2', '3'] as const;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** From a recall that was tried to one that is under way. */
export function OpenForm({ item }: { item: string }) {
  const t = useRecallTexts();
  const navigate = useNavigate();
  const { today, zone } = useFormat();
  const [entry, setEntry] = useState({
    ...{ number: `ZH-${today.replaceAll('-', '')}`, title: '', hazard: '', grade: '1' },
    ...{ date: today, time: '00:00' },
  });
  const change = (part: Partial<typeof entry>) => setEntry({ ...entry, ...part });
  const open = useCommand('recall.open', ({ id }) => {
    sayDone(t('started'));
    void navigate({ to: `/recalls/${id}` });
  });
  const { number, title, hazard, grade, date, time } = entry;
  const isWhole = number.trim() && title.trim() && hazard.trim() && date && TIME.test(time);
  function send() {
    const known_at = instantIn(zone, date, time);
    const said = { number: number.trim(), title: title.trim(), hazard: hazard.trim() };
    const suspicion = { items: [{ item }] };
    open.mutate({ body: { ...said, grade: Number(grade) as 1 | 2 | 3, known_at, suspicion } });
  }
  return (
    <StepForm
      submit={t('start')}
      busy={open.isPending}
      error={open.error}
      disabled={!isWhole}
      onSubmit={send}
    >
      <p className="muted">{t('start_hint')}</p>
      <TextField
        label={t('case_title')}
        value={title}
        onChange={(text) => change({ title: text })}
      />
      <TextArea
        label={t('hazard')}
        hint={t('hazard_hint')}
        value={hazard}
        onChange={(text) => change({ hazard: text })}
      />
      <SelectField
        label={t('grade')}
        value={grade}
        options={GRADES.map((one) => ({ value: one, label: t(`grade_${one}_long`) }))}
        onChange={(text) => change({ grade: text })}
      />
      <DateField
        label={t('known_on')}
        hint={t('known_hint')}
        value={date}
        onChange={(text) => change({ date: text })}
      />
      <TextField
        label={t('known_time')}
        placeholder="08:30"
        fault={TIME.test(time) ? undefined : t('fault_time')}
        value={time}
        onChange={(text) => change({ time: text })}
      />
      <TextField label={t('number')} value={number} onChange={(text) => change({ number: text })} />
    </StepForm>
  );
}
