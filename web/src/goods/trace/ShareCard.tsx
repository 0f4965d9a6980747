import { type FormEvent, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { TraceAnswer } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import '../../table/table.css';
import { LossForms } from './LossForms.tsx';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';

type Props = {
  answer: TraceAnswer;
  quantity: string;
  unit: string;
  onAmount: (amount: { quantity: string; unit: string }) => void;
};

/** How much of the lot is in what, once it is said how much there was; and what was lost. */
export function ShareCard({ answer, quantity, unit, onAmount }: Props) {
  const t = useTraceTexts();
  const [amount, setAmount] = useState(quantity);
  const [code, setCode] = useState(unit || 'KGM');
  function submit(event: FormEvent) {
    event.preventDefault();
    onAmount({ quantity: amount.trim(), unit: code.trim() });
  }
  return (
    <div className="halves">
      <Card title={t('shares')}>
        <form className="row" onSubmit={submit}>
          <TextField
            label={t('how_much')}
            value={amount}
            inputMode="decimal"
            onChange={setAmount}
          />
          <TextField label={t('unit')} value={code} maxLength={3} onChange={setCode} />
          <Button type="submit" disabled={!/^\d+(\.\d+)?$/.test(amount.trim())}>
            {t('work_out')}
          </Button>
        </form>
        {answer.shares && <Shares answer={answer} />}
      </Card>
      {answer.balances.length > 0 && (
        <Card title={t('balances')}>
          <Balances answer={answer} />
        </Card>
      )}
    </div>
  );
}

function Shares({ answer }: { answer: TraceAnswer }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const { shares, unit } = answer.shares ?? { shares: [], unit: '' };
  const amount = (value: string | null) => (value === null ? '–' : format.quantity(value, unit));
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('item')}</th>
          <th>{t('share_low')}</th>
          <th>{t('share_even')}</th>
          <th>{t('share_high')}</th>
        </tr>
      </thead>
      <tbody>
        {shares.map(({ item, low, proportional, high }) => (
          <tr key={item}>
            <td>{names.thing(item)}</td>
            <td className="figure">{amount(low)}</td>
            <td className="figure">{amount(proportional)}</td>
            <td className="figure">{amount(high)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const TONES = {
  within: 'plain',
  cannot_tell: 'plain',
  loss_above_allowance: 'late',
  gain: 'late',
} as const;

function Balances({ answer }: { answer: TraceAnswer }) {
  const t = useTraceTexts();
  const format = useFormat();
  const may = useMay();
  const read = useBilingual();
  const [setting, setSetting] = useState<readonly string[] | null>(null);
  const sums = (list: readonly { unit: string; quantity: string }[]) =>
    list.map(({ quantity, unit }) => format.quantity(quantity, unit)).join(' + ') || '–';
  return (
    <>
      <ul className="thing-list">
        {answer.balances.map((balance) => (
          <li key={balance.transformation}>
            <span>
              {t('inputs')} {sums(balance.inputs)} → {t('outputs')} {sums(balance.outputs)}
            </span>
            {balance.loss && (
              <span className="muted">
                {t('loss')} {format.quantity(balance.loss.quantity, balance.loss.unit)} (
                {balance.loss.percent} %)
                {balance.allowed && ` · ${t('allowed')} ${sums([balance.allowed])}`}
              </span>
            )}
            <Tag tone={TONES[balance.verdict]}>{t(`verdict_${balance.verdict}`)}</Tag>
            {balance.reason && <span className="muted small">{read(balance.reason)}</span>}
            {may('goods.loss.change') && balance.loss && (
              <Button size="small" onClick={() => setSetting(balance.of)}>
                {t('set_loss')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Drawer open={setting !== null} title={t('set_loss')} onClose={() => setSetting(null)}>
        {setting && <LossForms classes={setting} />}
      </Drawer>
    </>
  );
}
