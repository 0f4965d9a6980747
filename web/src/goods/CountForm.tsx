import { useState } from 'react';
import { useProductName } from '../commerce/product-names.ts';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { StockRow } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { parseDecimal } from '../kernel/format/entry.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useSession } from '../kernel/session.ts';
import { dispositionKey } from './dispositions.ts';
import { useGoodsTexts } from './texts.ts';

type Row = Pick<
  StockRow,
  'product_id' | 'product_name' | 'lot' | 'disposition' | 'unit' | 'best_before' | 'quantity'
>;

type Props = { place: string; rows: readonly StockRow[]; onDone: () => void };

const keyOf = (row: Row) => [row.product_id, row.lot, row.disposition, row.unit].join();

/** What was counted at a place: rows of the books, and products that the books do not know yet. */
export function CountForm({ place, rows, onDone }: Props) {
  const t = useGoodsTexts();
  const [added, setAdded] = useState<readonly Row[]>([]);
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const [reason, setReason] = useState('');
  const count = useCommand('stock.count', ({ changed }) => {
    sayDone(t('counted_done', { count: changed }));
    onDone();
  });
  const all = [...rows, ...added];
  const entries = all.map((row) => ({ row, text: typed.get(keyOf(row))?.trim() ?? '' }));
  const filled = entries.filter(({ text }) => text !== '');
  const lines = filled.flatMap(({ row, text }) => {
    const counted = parseDecimal(text);
    if (counted === undefined) return [];
    const { product_id, product_name, lot, disposition, unit, best_before } = row;
    const until = best_before ? { best_before } : {};
    return [{ product_id, product_name, lot, disposition, unit, counted, ...until }];
  });
  return (
    <StepForm
      submit={t('send_count', { count: lines.length })}
      busy={count.isPending}
      error={count.error}
      disabled={lines.length === 0 || lines.length < filled.length}
      onSubmit={() =>
        count.mutate({
          body: { place_id: place, reason: reason.trim() || t('count_default'), lines },
        })
      }
    >
      <p className="muted">{t(all.length > 0 ? 'count_hint' : 'count_none')}</p>
      {entries.map(({ row, text }) => (
        <CountedRow
          key={keyOf(row)}
          row={row}
          typed={text}
          onChange={(next) => setTyped(new Map(typed).set(keyOf(row), next))}
        />
      ))}
      <AddProduct onAdd={(row) => setAdded([...added, row])} known={all.map(keyOf)} />
      <TextField
        label={t('count_reason')}
        placeholder={t('count_default')}
        value={reason}
        onChange={setReason}
      />
    </StepForm>
  );
}

type CountedProps = { row: Row; typed: string; onChange: (typed: string) => void };

function CountedRow({ row, typed, onChange }: CountedProps) {
  const t = useGoodsTexts();
  const format = useFormat();
  const name = useProductName()({ ...row, name: row.product_name });
  const notes = [
    row.lot || t('no_lot'),
    row.best_before && format.date(row.best_before),
    row.disposition !== 'sellable_accessible' && t(dispositionKey(row.disposition)),
    t('count_stored', { quantity: format.quantity(row.quantity, row.unit) }),
  ];
  return (
    <TextField
      label={name}
      hint={notes.filter(Boolean).join(' · ')}
      value={typed}
      inputMode="decimal"
      placeholder={t('counted')}
      suffix={format.unit(row.unit, typed || '0')}
      fault={typed && parseDecimal(typed) === undefined ? t('fault_number') : undefined}
      onChange={onChange}
    />
  );
}

const CATALOGUE_ROWS = 200;

type AddProps = { known: readonly string[]; onAdd: (row: Row) => void };

/** Goods that were never booked here: a product of the own catalogue, with its lot. */
function AddProduct({ known, onAdd }: AddProps) {
  const t = useGoodsTexts();
  const { party } = useSession();
  const productName = useProductName();
  const products = useApi('product.list', {
    query: { owner_id: party.id, limit: CATALOGUE_ROWS },
  });
  const items = products.data?.items ?? [];
  if (items.length === 0) return null;

  function add(id: string) {
    const product = items.find((one) => one.id === id);
    if (!product) return;
    const row: Row = {
      product_id: product.id,
      product_name: product.name_zh,
      lot: '',
      disposition: 'sellable_accessible',
      unit: product.unit,
      best_before: null,
      quantity: '0',
    };
    if (!known.includes(keyOf(row))) onAdd(row);
  }

  return (
    <SelectField
      label={t('count_new')}
      placeholder={t('choose')}
      options={items.map((one) => ({
        value: one.id,
        label: productName({ product_id: one.id, name: one.name_zh }),
      }))}
      value=""
      onChange={add}
    />
  );
}
