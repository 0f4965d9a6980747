import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Progress } from '../../controls/Progress.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { type Part, partsOf, readWeights, type Weights, writeWeights } from './recipe.ts';
import { useIndexTexts } from './texts.ts';

const PAUSE_MS = 250;
const SCALE = 100;

type Props = {
  index: MeasuredIndex;
  /** Whether the recipe takes weights as they are given. */
  isGiven: boolean;
  busy: boolean;
  /** The weights that the address holds; empty where those of the recipe hold. */
  address: string;
  onChange: (weights: string) => void;
};

/** The parts of the index with their weights to pull at: the intervals are made anew. */
export function WeightSliders({ index, isGiven, busy, address, onChange }: Props) {
  const t = useIndexTexts();
  const parts = partsOf(index);
  if (!isGiven || parts.length < 2) {
    return (
      <Card title={t('weights')}>
        <p className="muted">{t('weights_fixed')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('weights')} note={t('weights_note')}>
      <Sliders parts={parts} busy={busy} address={address} onChange={onChange} />
    </Card>
  );
}

type SlidersProps = Omit<Props, 'index' | 'isGiven'> & { parts: readonly Part[] };

function Sliders({ parts, busy, address, onChange }: SlidersProps) {
  const t = useIndexTexts();
  const { pulled, pull, cancel } = usePulled(parts, address, onChange);
  const sum = parts.reduce((all, { code }) => all + (pulled[code] ?? 0), 0);
  return (
    <div className="stack">
      {parts.map(({ code, name }) => (
        <Slider
          key={code}
          name={name}
          value={pulled[code] ?? 0}
          share={sum > 0 ? (pulled[code] ?? 0) / sum : 0}
          // Of nothing but zeros there is no index: the last one cannot be pulled to the end.
          least={sum === pulled[code] ? 1 : 0}
          onPull={(value) => pull({ ...pulled, [code]: value })}
        />
      ))}
      {busy ? (
        <div className="stack-tight">
          <Progress label={t('computing')} done={0} />
          <Button size="small" onClick={cancel}>
            {t('cancel')}
          </Button>
        </div>
      ) : (
        address !== '' && (
          <Button size="small" onClick={() => onChange('')}>
            {t('reset')}
          </Button>
        )
      )}
    </div>
  );
}

/** What is pulled shows at once; the address, and so the question, follows when it rests. */
function usePulled(parts: readonly Part[], address: string, onChange: Props['onChange']) {
  const before = useRef('');
  const asked = readWeights(address);
  const base: Weights = Object.fromEntries(
    parts.map(({ code, share }) => [code, asked[code] ?? Math.round(share * SCALE)]),
  );
  const [own, setOwn] = useState<Weights>();
  const text = own && writeWeights(own);
  useEffect(() => {
    if (text === undefined) return;
    const timer = setTimeout(() => {
      setOwn(undefined);
      if (text === address) return;
      before.current = address;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, address, onChange]);
  return { pulled: own ?? base, pull: setOwn, cancel: () => onChange(before.current) };
}

type SliderProps = {
  name: string;
  value: number;
  share: number;
  least: number;
  onPull: (value: number) => void;
};

function Slider({ name, value, share, least, onPull }: SliderProps) {
  const t = useIndexTexts();
  const format = useFormat();
  const id = useId();
  const percent = format.decimal((share * 100).toFixed(0));
  return (
    <div className="weight">
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={SCALE}
        value={value}
        aria-valuetext={t('weight_share', { percent })}
        onChange={(event) => onPull(Math.max(least, Number(event.target.value)))}
      />
      <span className="number">{t('weight_share', { percent })}</span>
    </div>
  );
}
