import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { parseMoney } from '../../kernel/format/money.ts';
import { useLedgerTexts } from './texts.ts';
import { useAccounts } from './use-accounts.ts';

type Line = { key: number; account_code: string; side: 'debit' | 'credit'; typed: string };

const CURRENCY = 'CNY';
const newLine = (key: number, side: Line['side']): Line => ({
  key,
  account_code: '',
  side,
  typed: '',
});

/** The signed amount of a line; undefined while something of it is missing. */
function amountOf({ account_code, side, typed }: Line): bigint | undefined {
  const minor = parseMoney(typed, CURRENCY);
  if (!account_code || minor === undefined || BigInt(minor) <= 0n) return undefined;
  return side === 'debit' ? BigInt(minor) : -BigInt(minor);
}

/** An entry by hand, for what happens beside the trade of this chain. */
export function EntryForm({ onDone }: { onDone: () => void }) {
  const t = useLedgerTexts();
  const format = useFormat();
  const [on, setOn] = useState(format.today);
  const [memo, setMemo] = useState('');
  const [lines, setLines] = useState<readonly Line[]>([newLine(1, 'debit'), newLine(2, 'credit')]);
  const post = useCommand('entry.post', () => {
    sayDone(t('posted_done'));
    onDone();
  });
  const amounts = lines.map(amountOf);
  const sum = amounts.reduce<bigint>((all, amount) => all + (amount ?? 0n), 0n);
  const whole = amounts.every((amount) => amount !== undefined);
  const total = format.money((sum < 0n ? -sum : sum).toString(), CURRENCY);
  return (
    <StepForm
      submit={sum === 0n ? t('send') : t('uneven', { total })}
      busy={post.isPending}
      error={post.error}
      disabled={!whole || sum !== 0n || !memo.trim()}
      onSubmit={() =>
        post.mutate({
          body: {
            booked_on: on,
            memo: memo.trim(),
            lines: lines.map((line) => ({
              account_code: line.account_code,
              currency: CURRENCY,
              amount_minor: (amountOf(line) ?? 0n).toString(),
            })),
          },
        })
      }
    >
      <p className="muted">{t('post_hint')}</p>
      <DateField label={t('booked_on')} value={on} onChange={setOn} />
      <TextField label={t('memo')} value={memo} onChange={setMemo} />
      {lines.map((line) => (
        <EntryLine
          key={line.key}
          line={line}
          onChange={(next) => setLines(lines.map((one) => (one.key === next.key ? next : one)))}
        />
      ))}
      <div>
        <Button
          size="small"
          icon="plus"
          onClick={() => setLines([...lines, newLine(lines.length + 1, 'credit')])}
        >
          {t('add_line')}
        </Button>
      </div>
    </StepForm>
  );
}

function EntryLine({ line, onChange }: { line: Line; onChange: (line: Line) => void }) {
  const t = useLedgerTexts();
  const format = useFormat();
  const { accounts, accountName } = useAccounts();
  return (
    <section className="stack-tight offer">
      <SelectField
        label={t('account')}
        placeholder={t('choose')}
        options={accounts.map(({ code }) => ({ value: code, label: accountName(code) }))}
        value={line.account_code}
        onChange={(account_code) => onChange({ ...line, account_code })}
      />
      <TextField
        label={t('amount')}
        value={line.typed}
        inputMode="decimal"
        suffix={format.currency(CURRENCY)}
        onChange={(typed) => onChange({ ...line, typed })}
      />
      <Choice
        label={t('side')}
        options={[
          { value: 'debit', label: t('debit') },
          { value: 'credit', label: t('credit') },
        ]}
        value={line.side}
        onChange={(side) => onChange({ ...line, side })}
      />
    </section>
  );
}
