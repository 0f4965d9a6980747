import { useState } from 'react';
import { useProductName } from '../../commerce/product-names.ts';
import { Choice } from '../../controls/Choice.tsx';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Operations, Order, OrderLine } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { parsePositive } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useStepTexts } from './texts.ts';

type Change = Operations['order.change']['body']['lines'][number];
type Entry = { quantity: string; on: string; cancelled: boolean };

const entryOf = (line: OrderLine): Entry => ({
  quantity: line.quantity,
  on: line.requested[0]?.on ?? '',
  cancelled: false,
});

/** What of a line was changed: nothing, something, or an entry that is no quantity. */
function changeOf(line: OrderLine, entry: Entry): Change | undefined | 'faulty' {
  if (entry.cancelled) return { change: 'cancel', line_no: line.line_no };
  const quantity = parsePositive(entry.quantity);
  if (quantity === undefined) return 'faulty';
  const before = entryOf(line);
  const changes = {
    ...(Number(quantity) === Number(before.quantity) ? {} : { quantity }),
    ...(entry.on === before.on ? {} : { requested_on: entry.on }),
  };
  if (Object.keys(changes).length === 0) return undefined;
  return { change: 'alter', line_no: line.line_no, ...changes };
}

export function ChangeForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useStepTexts();
  const lines = order.lines.filter(
    ({ state, despatched }) =>
      ['open', 'accepted', 'countered'].includes(state) && Number(despatched) === 0,
  );
  const [entries, setEntries] = useState<ReadonlyMap<number, Entry>>(new Map());
  const [reason, setReason] = useState('');
  const entry = (line: OrderLine) => entries.get(line.line_no) ?? entryOf(line);
  const changes = lines.map((line) => changeOf(line, entry(line)));
  const faulty = changes.includes('faulty');
  const made = changes.filter((one) => one !== undefined && one !== 'faulty');
  const change = useCommand('order.change', () => {
    sayDone(t('changed_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('send_change')}
      busy={change.isPending}
      error={change.error}
      disabled={faulty || made.length === 0}
      onSubmit={() =>
        change.mutate({
          params: { id: order.id },
          body: { lines: made, ...(reason.trim() ? { reason: reason.trim() } : {}) },
        })
      }
    >
      <p className="muted">{t('change_hint')}</p>
      {lines.map((line) => (
        <ChangedLine
          key={line.line_no}
          line={line}
          entry={entry(line)}
          onChange={(next) => setEntries(new Map(entries).set(line.line_no, next))}
        />
      ))}
      <TextField label={t('change_reason')} value={reason} onChange={setReason} optional />
    </StepForm>
  );
}

type LineProps = { line: OrderLine; entry: Entry; onChange: (entry: Entry) => void };

function ChangedLine({ line, entry, onChange }: LineProps) {
  const t = useStepTexts();
  const format = useFormat();
  const name = useProductName()(line);
  const wrong = !entry.cancelled && parsePositive(entry.quantity) === undefined;
  return (
    <section className="stack-tight offer">
      <h3>{name}</h3>
      {!entry.cancelled && (
        <div className="entry-pair">
          <TextField
            label={t('quantity')}
            value={entry.quantity}
            inputMode="decimal"
            suffix={format.unit(line.unit, entry.quantity)}
            fault={wrong ? t('fault_quantity') : undefined}
            onChange={(quantity) => onChange({ ...entry, quantity })}
          />
          <DateField
            label={t('wanted_on')}
            value={entry.on}
            earliest={format.today}
            onChange={(on) => onChange({ ...entry, on })}
          />
        </div>
      )}
      <Choice
        label={name}
        options={[
          { value: 'keep', label: t('keep_line') },
          { value: 'cancel', label: t('cancel_line') },
        ]}
        value={entry.cancelled ? 'cancel' : 'keep'}
        onChange={(value) => onChange({ ...entry, cancelled: value === 'cancel' })}
      />
    </section>
  );
}
