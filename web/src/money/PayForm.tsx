import { useState } from 'react';
import { currencyExponent } from '../../../src/kernel/currencies.ts';
import { DateField } from '../controls/DateInput.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Receivable } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { minorToDecimal, parseMoney } from '../kernel/format/money.ts';
import { sumMinor } from './amounts.ts';
import { useMoneyTexts } from './texts.ts';

type Props = {
  payer: string;
  payee: string;
  owed: readonly Receivable[];
  onDone: () => void;
};

const inMajor = ({ payable_minor, currency }: Receivable) =>
  minorToDecimal(payable_minor, currencyExponent(currency));

/** A payment and what it pays; the undisputed rest of each invoice is filled in. */
export function PayForm({ payer, payee, owed, onDone }: Props) {
  const t = useMoneyTexts();
  const format = useFormat();
  const open = owed.filter(({ payable_minor }) => BigInt(payable_minor) > 0n);
  const [amounts, setAmounts] = useState<ReadonlyMap<string, string>>(
    () => new Map(open.map((one) => [one.id, inMajor(one)])),
  );
  const [paidOn, setPaidOn] = useState(format.today);
  const [reference, setReference] = useState('');
  const record = useCommand('payment.record', () => {
    sayDone(t('paid_done'));
    onDone();
  });
  const [first] = open;
  if (!first) return <p className="muted">{t('nothing_owed')}</p>;
  const remittance = open.flatMap((one) => {
    const minor = parseMoney(amounts.get(one.id) || '0', one.currency);
    const fits = minor !== undefined && BigInt(minor) > 0n;
    return fits ? [{ receivable_id: one.id, amount_minor: minor }] : [];
  });
  const faulty = open.some((one) => isFaulty(one, amounts.get(one.id) ?? ''));
  const total = sumMinor(remittance.map(({ amount_minor }) => amount_minor));
  return (
    <StepForm
      submit={t('send_payment', { total: format.money(total, first.currency) })}
      busy={record.isPending}
      error={record.error}
      disabled={faulty || remittance.length === 0}
      onSubmit={() =>
        record.mutate({
          body: {
            payer_id: payer,
            payee_id: payee,
            currency: first.currency,
            amount_minor: total,
            paid_on: paidOn,
            reference: reference.trim() || null,
            remittance,
          },
        })
      }
    >
      {open.map((one) => (
        <Owed
          key={one.id}
          owed={one}
          typed={amounts.get(one.id) ?? ''}
          onChange={(typed) => setAmounts(new Map(amounts).set(one.id, typed))}
        />
      ))}
      <DateField label={t('paid_on')} value={paidOn} onChange={setPaidOn} />
      <TextField
        label={t('reference')}
        hint={t('reference_hint')}
        value={reference}
        optional
        onChange={setReference}
      />
    </StepForm>
  );
}

function isFaulty({ currency, payable_minor }: Receivable, typed: string): boolean {
  if (typed.trim() === '') return false;
  const minor = parseMoney(typed, currency);
  return minor === undefined || BigInt(minor) < 0n || BigInt(minor) > BigInt(payable_minor);
}

type OwedProps = { owed: Receivable; typed: string; onChange: (typed: string) => void };

function Owed({ owed, typed, onChange }: OwedProps) {
  const t = useMoneyTexts();
  const format = useFormat();
  const { number, currency, payable_minor, clock } = owed;
  const when =
    clock.days_late > 0
      ? t('late_short', { count: clock.days_late })
      : t('due_short', { date: format.date(clock.due_on) });
  const most = format.money(payable_minor, currency);
  return (
    <TextField
      label={number}
      hint={`${when} · ${t('payable')} ${most}`}
      value={typed}
      inputMode="decimal"
      suffix={format.currency(currency)}
      fault={isFaulty(owed, typed) ? t('fault_amount', { most }) : undefined}
      onChange={onChange}
    />
  );
}
