import { useState } from 'react';
import { useProductName } from '../commerce/product-names.ts';
import { Choice } from '../controls/Choice.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { StockRow } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { parsePositive } from '../kernel/format/entry.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useGoodsTexts } from './texts.ts';

/** What becomes of goods on hold: back into sale, or destroyed. */
export function SettleForm({ row, onDone }: { row: StockRow; onDone: () => void }) {
  const t = useGoodsTexts();
  const format = useFormat();
  const name = useProductName()({ ...row, name: row.product_name });
  const [entry, setEntry] = useState({
    ...{ outcome: 'released' as 'released' | 'destroyed', quantity: row.quantity, reason: '' },
  });
  const settle = useCommand('stock.settle_held', () => {
    sayDone(t('settled_done'));
    onDone();
  });
  const { outcome, reason } = entry;
  const quantity = parsePositive(entry.quantity);
  const { place_id, product_id, lot, unit } = row;
  return (
    <StepForm
      submit={t('settle')}
      danger={outcome === 'destroyed'}
      busy={settle.isPending}
      error={settle.error}
      disabled={quantity === undefined || !reason.trim()}
      onSubmit={() =>
        quantity !== undefined &&
        settle.mutate({
          body: {
            ...{ place_id, outcome, reason: reason.trim() },
            lines: [{ product_id, lot, unit, quantity }],
          },
        })
      }
    >
      <p>
        {name} · {lot || t('no_lot')} · {format.quantity(row.quantity, unit)}
      </p>
      <p className="muted">{t('settle_hint')}</p>
      <Choice
        label={t('settle_outcome')}
        options={[
          { value: 'released', label: t('settle_released') },
          { value: 'destroyed', label: t('settle_destroyed') },
        ]}
        value={outcome}
        onChange={(value) => setEntry({ ...entry, outcome: value })}
      />
      <TextField
        label={t('settle_quantity')}
        value={entry.quantity}
        inputMode="decimal"
        suffix={format.unit(unit, entry.quantity)}
        fault={quantity === undefined ? t('fault_number') : undefined}
        onChange={(text) => setEntry({ ...entry, quantity: text })}
      />
      <TextField
        label={t('settle_reason')}
        value={reason}
        onChange={(text) => setEntry({ ...entry, reason: text })}
      />
    </StepForm>
  );
}
