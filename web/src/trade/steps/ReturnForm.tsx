import { useState } from 'react';
import { useProductName } from '../../commerce/product-names.ts';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Order } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { parsePositive } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { leftToReturn } from './defaults.ts';
import { useStepTexts } from './texts.ts';

/** Accepted goods that go back. */
export function ReturnForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useStepTexts();
  const format = useFormat();
  const productName = useProductName();
  const [quantities, setQuantities] = useState<ReadonlyMap<number, string>>(new Map());
  const [reason, setReason] = useState('');
  const send = useCommand('return.send', () => {
    sayDone(t('returned_done'));
    onDone();
  });
  const lines = order.lines.filter((line) => leftToReturn(line).gt(0));
  const sent = lines.flatMap(({ line_no }) => {
    const quantity = parsePositive(quantities.get(line_no) ?? '');
    return quantity ? [{ order_line_no: line_no, quantity }] : [];
  });
  return (
    <StepForm
      submit={t('send_return')}
      busy={send.isPending}
      error={send.error}
      disabled={sent.length === 0 || !reason.trim()}
      onSubmit={() =>
        send.mutate({ body: { order_id: order.id, reason: reason.trim(), lines: sent } })
      }
    >
      {lines.map((line) => (
        <TextField
          key={line.line_no}
          label={productName(line)}
          hint={t('return_left', {
            quantity: format.quantity(leftToReturn(line).toFixed(), line.unit),
          })}
          value={quantities.get(line.line_no) ?? ''}
          inputMode="decimal"
          suffix={format.unit(line.unit, '2')}
          onChange={(typed) => setQuantities(new Map(quantities).set(line.line_no, typed))}
        />
      ))}
      <TextArea label={t('return_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
