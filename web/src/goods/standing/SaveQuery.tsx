import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Notice } from '../../controls/Notice.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { InputOf } from '../../kernel/api/ask.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import type { Search } from '../../kernel/search.ts';
import { useMay } from '../../kernel/session.ts';
import { useStandingTexts } from './texts.ts';

/** Gives what is searched for a name. */
export function SaveQuery({ conditions }: { conditions: Search }) {
  const t = useStandingTexts();
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may('goods.query.create') || Object.keys(conditions).length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('save')}</Button>
      <Drawer open={open} title={t('save_title')} onClose={() => setOpen(false)}>
        <SaveForm conditions={conditions} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

type Saved = InputOf<'event_query.save'>['body'];

function SaveForm({ conditions, onDone }: { conditions: Search; onDone: () => void }) {
  const t = useStandingTexts();
  const [name, setName] = useState('');
  const save = useCommand('event_query.save', () => {
    sayDone(t('saved'));
    onDone();
  });
  const { item, ...asked } = conditions;
  return (
    <StepForm
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      disabled={!name.trim() || item !== undefined}
      onSubmit={() => save.mutate({ body: { ...asked, name: name.trim() } as Saved })}
    >
      {item !== undefined && <Notice tone="caution">{t('save_item')}</Notice>}
      <TextField label={t('name')} hint={t('name_hint')} value={name} onChange={setName} />
      <p className="muted">{t('save_hint')}</p>
      <p>
        <Link to="/event-queries">{t('title')}</Link>
      </p>
    </StepForm>
  );
}
