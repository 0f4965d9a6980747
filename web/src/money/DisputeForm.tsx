import { useState } from 'react';
import { currencyExponent } from '../../../src/kernel/currencies.ts';
import { TextField } from '../controls/Field.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Receivable } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { minorToDecimal, parseMoney } from '../kernel/format/money.ts';
import { disputableMinor } from './amounts.ts';
import { useMoneyTexts } from './texts.ts';

type Props = { owed: readonly Receivable[]; onDone: () => void };

/** Contests a part of one invoice; the three-way match proposes how much. */
export function DisputeForm({ owed, onDone }: Props) {
  const t = useMoneyTexts();
  const open = owed.filter(({ payable_minor }) => BigInt(payable_minor) > 0n);
  const [chosen, setChosen] = useState(open[0]?.id ?? '');
  const invoice = useApi('invoice.get', { params: { id: chosen } }, chosen !== '');
  const one = open.find(({ id }) => id === chosen);
  if (!one) return <p className="muted">{t('nothing_owed')}</p>;
  const ready = invoice.data?.id === chosen;
  return (
    <div className="stack">
      {open.length > 1 && (
        <SelectField
          label={t('which_invoice')}
          options={open.map(({ id, number }) => ({ value: id, label: number }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      {ready && invoice.data ? (
        <Contest
          key={chosen}
          owed={one}
          suggested={disputableMinor(invoice.data, currencyExponent(one.currency))}
          onDone={onDone}
        />
      ) : (
        <Skeleton rows={3} />
      )}
    </div>
  );
}

type ContestProps = { owed: Receivable; suggested: string; onDone: () => void };

function Contest({ owed, suggested, onDone }: ContestProps) {
  const t = useMoneyTexts();
  const format = useFormat();
  const { id, currency, payable_minor } = owed;
  const fits = BigInt(suggested) > 0n && BigInt(suggested) <= BigInt(payable_minor);
  const [typed, setTyped] = useState(
    fits ? minorToDecimal(suggested, currencyExponent(currency)) : '',
  );
  const [reason, setReason] = useState('');
  const open = useCommand('dispute.open', () => {
    sayDone(t('disputed_done'));
    onDone();
  });
  const minor = parseMoney(typed, currency) ?? '0';
  const right = BigInt(minor) > 0n && BigInt(minor) <= BigInt(payable_minor);
  const rest = right ? (BigInt(payable_minor) - BigInt(minor)).toString() : payable_minor;
  return (
    <StepForm
      submit={t('send_dispute', { total: format.money(right ? minor : '0', currency) })}
      busy={open.isPending}
      error={open.error}
      disabled={!right || !reason.trim()}
      onSubmit={() =>
        open.mutate({ params: { id }, body: { amount_minor: minor, reason: reason.trim() } })
      }
    >
      <TextField
        label={t('amount')}
        value={typed}
        inputMode="decimal"
        suffix={format.currency(currency)}
        hint={fits ? t('dispute_suggested') : undefined}
        fault={
          typed && !right
            ? t('fault_amount', { most: format.money(payable_minor, currency) })
            : undefined
        }
        onChange={setTyped}
      />
      <TextArea label={t('dispute_reason')} value={reason} onChange={setReason} />
      <p className="muted">{t('dispute_hint', { rest: format.money(rest, currency) })}</p>
    </StepForm>
  );
}
