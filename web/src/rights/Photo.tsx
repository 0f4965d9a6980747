import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import { addressOf } from '../kernel/api/ask.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { AskForm } from './AskForm.tsx';
import { useRightsTexts } from './texts.ts';
import './rights.css';

type Props = { id: string; owner: string; name: string };

/** A photo that proves something: seen large on a press, and taken away by whoever keeps it. */
export function Photo({ id, owner, name }: Props) {
  const t = useRightsTexts();
  const [open, setOpen] = useState(false);
  const [gone, setGone] = useState(false);
  if (gone) return <span className="photo-gone muted small">{t('photo_gone')}</span>;
  const source = addressOf('file.get', { id });
  return (
    <>
      <button type="button" className="photo" aria-label={name} onClick={() => setOpen(true)}>
        <img src={source} alt={name} width="72" height="72" onError={() => setGone(true)} />
      </button>
      <Drawer open={open} title={name} onClose={() => setOpen(false)}>
        <div className="stack">
          <img className="photo-large" src={source} alt={name} />
          <Removal id={id} owner={owner} onErased={() => setGone(true)} />
        </div>
      </Drawer>
    </>
  );
}

type RemovalProps = { id: string; owner: string; onErased: () => void };

/** Its owner deletes it; whoever else sees it asks the owner to. */
function Removal({ id, owner, onErased }: RemovalProps) {
  const t = useRightsTexts();
  const may = useMay();
  const { party } = useSession();
  const [asked, setAsked] = useState(false);
  const erase = useCommand('file.erase', () => {
    sayDone(t('erased_done'));
    onErased();
  });
  const own = owner === party.id;
  if (!may(own ? 'kernel.file.erase' : 'rights.request.ask')) return null;
  if (!asked) {
    return (
      <div>
        <Button size="small" onClick={() => setAsked(true)}>
          {t(own ? 'erase_file' : 'delete_file')}
        </Button>
      </div>
    );
  }
  if (!own) {
    return <AskForm asked={{ kind: 'deletion', file_id: id }} onDone={() => setAsked(false)} />;
  }
  return (
    <StepForm
      submit={t('erase_file')}
      danger
      busy={erase.isPending}
      error={erase.error}
      onSubmit={() => erase.mutate({ params: { id } })}
    >
      <p className="muted">{t('erase_file_hint')}</p>
    </StepForm>
  );
}
