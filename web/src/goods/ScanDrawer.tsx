import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { ask } from '../kernel/api/ask.ts';
import { Camera } from './Camera.tsx';
import { useGoodsTexts } from './texts.ts';

/** Application identifier 00 stands before an SSCC in a GS1-128 label; the number follows it. */
const SSCC = /^(?:\]C1)?(?:\(?00\)?)?(\d{18})$/;

type Props = { open: boolean; onClose: () => void };

/** Finds a shipment by its label, scanned or typed, and opens its receipt. */
export function ScanDrawer({ open, onClose }: Props) {
  const t = useGoodsTexts();
  return (
    <Drawer open={open} title={t('scan')} onClose={onClose}>
      <Finder />
    </Drawer>
  );
}

function Finder() {
  const t = useGoodsTexts();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'absent'>('idle');
  const [error, setError] = useState<unknown>(null);

  async function find(text: string) {
    const sscc = SSCC.exec(text.replace(/\s/g, ''))?.[1];
    setState('busy');
    setError(null);
    try {
      const by = sscc ? { sscc } : { number: text.trim() };
      const { items } = await ask('despatch.list', { query: { ...by, side: 'receiving' } });
      const found = items.find((one) => one.state === 'under_way') ?? items[0];
      if (!found) return setState('absent');
      await navigate({
        to:
          found.state === 'under_way' ? `/shipments/${found.id}/receive` : `/shipments/${found.id}`,
      });
    } catch (problem) {
      setError(problem);
      setState('idle');
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim()) void find(code);
  }

  return (
    <div className="stack">
      <p className="muted">{t('scan_hint')}</p>
      <Camera
        onCode={(text) => {
          setCode(text);
          void find(text);
        }}
      />
      <form className="stack" onSubmit={submit}>
        <TextField
          label={t('code')}
          value={code}
          autoCapitalize="characters"
          autoComplete="off"
          fault={state === 'absent' ? t('not_found') : undefined}
          onChange={(text) => {
            setCode(text);
            setState('idle');
          }}
        />
        <Button
          kind="primary"
          size="large"
          type="submit"
          busy={state === 'busy'}
          disabled={!code.trim()}
        >
          {t('find')}
        </Button>
      </form>
      {error !== null && <ProblemNotice error={error} />}
    </div>
  );
}
