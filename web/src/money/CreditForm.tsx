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
import { netOf } from './amounts.ts';
import { useMoneyTexts } from './texts.ts';

type Props = { owed: readonly Receivable[]; onDone: () => void };

/** Takes back a part of one invoice: what is disputed of it is filled in. */
export function CreditForm({ owed, onDone }: Props) {
  const t = useMoneyTexts();
  const open = owed.filter(({ open_minor }) => BigInt(open_minor) > 0n);
  const contested = open.find(({ disputed_minor }) => BigInt(disputed_minor) > 0n) ?? open[0];
  const [chosen, setChosen] = useState(contested?.id ?? '');
  const invoice = useApi('invoice.get', { params: { id: chosen } }, chosen !== '');
  const one = open.find(({ id }) => id === chosen);
  if (!one) return <p className="muted">{t('none_receivables')}</p>;
  const rate = invoice.data?.id === chosen ? (invoice.data.lines[0]?.tax_rate ?? '0') : undefined;
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
      {rate === undefined ? (
        <Skeleton rows={3} />
      ) : (
        <Credit key={chosen} owed={one} rate={rate} onDone={onDone} />
      )}
    </div>
  );
}

function Credit({ owed, rate, onDone }: { owed: Receivable; rate: string; onDone: () => void }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const { id, currency, open_minor, disputed_minor } = owed;
  const exponent = currencyExponent(currency);
  const [typed, setTyped] = useState(
    BigInt(disputed_minor) > 0n ? minorToDecimal(disputed_minor, exponent) : '',
  );
  const [reason, setReason] = useState('');
  const issue = useCommand('credit_note.issue', ({ number }) => {
    sayDone(t('credited_done', { number }));
    onDone();
  });
  const minor = parseMoney(typed, currency) ?? '0';
  const right = BigInt(minor) > 0n && BigInt(minor) <= BigInt(open_minor);
  return (
    <StepForm
      submit={t('send_credit', { total: format.money(right ? minor : '0', currency) })}
      busy={issue.isPending}
      error={issue.error}
      disabled={!right || !reason.trim()}
      onSubmit={() => {
        const price = minorToDecimal(netOf(minor, rate), exponent);
        const line = { name: t('credit_line'), quantity: '1', unit: 'C62', price, tax_rate: rate };
        issue.mutate({ body: { invoice_id: id, reason: reason.trim(), lines: [line] } });
      }}
    >
      <p className="muted">{t('credit_hint')}</p>
      <TextField
        label={t('amount')}
        value={typed}
        inputMode="decimal"
        suffix={format.currency(currency)}
        hint={t('tax_rate', { rate: format.share(rate) })}
        fault={
          typed && !right
            ? t('fault_amount', { most: format.money(open_minor, currency) })
            : undefined
        }
        onChange={setTyped}
      />
      <TextArea label={t('credit_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
