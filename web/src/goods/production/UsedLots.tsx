import { useState } from 'react';
import { useProductName } from '../../commerce/product-names.ts';
import { Button } from '../../controls/Button.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Notice } from '../../controls/Notice.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { parsePositive } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useGoodsTexts } from '../texts.ts';
import { type LyingLot, rowKey } from './production.ts';
import { useProductionTexts } from './texts.ts';

/** So many lots of a product are shown at first. */
const FIRST_LOTS = 5;

type Props = {
  rows: readonly LyingLot[];
  /** The own products: materials come before them. */
  own: readonly string[];
  typed: ReadonlyMap<string, string>;
  /** A lot at which something was typed is there no more. */
  gone: boolean;
  /** At rows, by `rowKey`. */
  onType: (typed: readonly [string, string][]) => void;
};

/** What expires first is used first; goods without a date come last. */
const byDate = (one: LyingLot, other: LyingLot) =>
  (one.best_before ?? '9').localeCompare(other.best_before ?? '9') ||
  one.lot.localeCompare(other.lot);

/** Materials of what lies at the place, and how much of each lot went in. */
export function UsedLots({ rows, own, typed, gone, onType }: Props) {
  const t = useProductionTexts();
  const productName = useProductName();
  const [chosen, setChosen] = useState<readonly string[]>(() => {
    const named = rows.filter((row) => typed.get(rowKey(row)));
    return [...new Set(named.map(({ product_id }) => product_id))];
  });
  const lying = new Map<string, LyingLot[]>();
  for (const row of rows) lying.set(row.product_id, [...(lying.get(row.product_id) ?? []), row]);
  const isOwn = new Set(own);
  const left = [...lying.keys()]
    .filter((id) => !chosen.includes(id))
    .toSorted((one, other) => Number(isOwn.has(one)) - Number(isOwn.has(other)));
  const nameOf = (id: string) =>
    productName({ product_id: id, name: lying.get(id)?.[0]?.product_name ?? '' });
  return (
    <section className="stack-tight">
      <h2>{t('used')}</h2>
      <p className="muted">{t(rows.length > 0 ? 'used_hint' : 'used_none')}</p>
      {chosen.map((id) => (
        <LotsOfProduct
          key={id}
          name={nameOf(id)}
          rows={(lying.get(id) ?? []).toSorted(byDate)}
          typed={typed}
          onType={onType}
          onRemove={() => {
            onType((lying.get(id) ?? []).map((row) => [rowKey(row), '']));
            setChosen(chosen.filter((one) => one !== id));
          }}
        />
      ))}
      {gone && <Notice tone="caution">{t('gone')}</Notice>}
      {left.length > 0 && (
        <SelectField
          label={t(chosen.length > 0 ? 'used_more' : 'used_what')}
          placeholder={t('choose')}
          options={left.map((id) => ({ value: id, label: nameOf(id) }))}
          value=""
          onChange={(id) => id && setChosen([...chosen, id])}
        />
      )}
    </section>
  );
}

type LotsProps = Omit<Props, 'own' | 'gone'> & { name: string; onRemove: () => void };

/** Lots of one product; those that expire last are there when they are asked for. */
function LotsOfProduct({ name, rows, typed, onType, onRemove }: LotsProps) {
  const t = useProductionTexts();
  const [all, setAll] = useState(false);
  const shown = rows.filter((row, at) => all || at < FIRST_LOTS || typed.get(rowKey(row)));
  const more = rows.length - shown.length;
  return (
    <fieldset className="production-lots">
      <legend>{name}</legend>
      {shown.map((row) => (
        <UsedLot
          key={rowKey(row)}
          row={row}
          typed={typed.get(rowKey(row)) ?? ''}
          onChange={(next) => onType([[rowKey(row), next]])}
        />
      ))}
      <div className="row">
        {more > 0 && (
          <Button size="small" onClick={() => setAll(true)}>
            {t('more_lots', { count: more })}
          </Button>
        )}
        <Button size="small" onClick={onRemove}>
          {t('used_remove')}
        </Button>
      </div>
    </fieldset>
  );
}

type LotProps = { row: LyingLot; typed: string; onChange: (typed: string) => void };

function UsedLot({ row, typed, onChange }: LotProps) {
  const t = useProductionTexts();
  const goods = useGoodsTexts();
  const format = useFormat();
  const notes = [
    row.best_before && `${goods('best_before')} ${format.date(row.best_before)}`,
    t('there', { quantity: format.quantity(row.quantity, row.unit) }),
  ];
  const quantity = typed.trim() === '' ? '0' : parsePositive(typed);
  const isMore = quantity !== undefined && Number(quantity) > Number(row.quantity);
  const wrong = quantity === undefined ? t('fault_number') : isMore ? t('fault_more') : undefined;
  return (
    <TextField
      label={row.lot ? `${goods('lot')} ${row.lot}` : goods('no_lot')}
      hint={notes.filter(Boolean).join(' · ')}
      value={typed}
      inputMode="decimal"
      placeholder={t('used_quantity')}
      suffix={format.unit(row.unit, typed || '0')}
      fault={wrong}
      onChange={onChange}
    />
  );
}
