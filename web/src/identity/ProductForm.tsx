import { useState } from 'react';
import { Facts } from '../controls/Facts.tsx';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Product } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import {
  bodyOf,
  changeOf,
  EMPTY,
  type Entry,
  entryOf,
  isLifeFaulty,
  isPackFaulty,
  isWhole,
} from './product-entry.ts';
import { useIdentityTexts } from './texts.ts';

/** Units in which food and its packing are sold; others come in by the catalogue sheet. */
const UNITS = ['CT', 'XBG', 'XBX', 'KGM', 'TNE', 'LTR', 'C62', 'H87'] as const;

export function ProductForm({ onDone }: { onDone: () => void }) {
  const t = useIdentityTexts();
  const add = useCommand('product.create', () => {
    sayDone(t('product_done'));
    onDone();
  });
  return (
    <Entries begin={EMPTY} step={add} onSubmit={(entry) => add.mutate({ body: bodyOf(entry) })} />
  );
}

/** Says some things anew of a product that is listed. */
export function ProductChangeForm({ product, onDone }: { product: Product; onDone: () => void }) {
  const t = useIdentityTexts();
  const { id } = product;
  const change = useCommand('product.change', () => {
    sayDone(t('product_changed'));
    onDone();
  });
  return (
    <Entries
      begin={entryOf(product)}
      product={product}
      isReady={(entry) => Object.keys(changeOf(entry, product)).length > 0}
      step={change}
      onSubmit={(entry) => change.mutate({ params: { id }, body: changeOf(entry, product) })}
    />
  );
}

type EntriesProps = {
  begin: Entry;
  product?: Product;
  isReady?: (entry: Entry) => boolean;
  step: { isPending: boolean; error: Error | null };
  onSubmit: (entry: Entry) => void;
};

function Entries({ begin, product, isReady = () => true, step, onSubmit }: EntriesProps) {
  const t = useIdentityTexts();
  const [entry, setEntry] = useState(begin);
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change });
  return (
    <StepForm
      submit={t('save')}
      busy={step.isPending}
      error={step.error}
      disabled={!isWhole(entry) || !isReady(entry)}
      onSubmit={() => onSubmit(entry)}
    >
      <Naming entry={entry} onChange={set} product={product} />
      <Packing entry={entry} onChange={set} product={product} />
      <Keeping entry={entry} onChange={set} />
    </StepForm>
  );
}

type PartProps = { entry: Entry; onChange: (change: Partial<Entry>) => void };
type OfProduct = PartProps & { product: Product | undefined };

/** What others order and count a listed product by stays as it is. */
function Naming({ entry, onChange, product }: OfProduct) {
  const t = useIdentityTexts();
  const format = useFormat();
  const gtin = product?.gtin ?? null;
  return (
    <>
      {product ? (
        <Facts
          rows={[
            [t('code'), product.code],
            [t('unit'), format.unit(product.unit, '1')],
            ...(gtin === null ? [] : [[t('gtin'), gtin] as const]),
          ]}
        />
      ) : (
        <TextField label={t('code')} value={entry.code} onChange={(code) => onChange({ code })} />
      )}
      <TextField
        label={t('product_name')}
        value={entry.name_zh}
        onChange={(name_zh) => onChange({ name_zh })}
      />
      <TextField
        label={t('product_name_en')}
        optional
        value={entry.name_en}
        onChange={(name_en) => onChange({ name_en })}
      />
      {!product && (
        <SelectField
          label={t('unit')}
          options={UNITS.map((value) => ({ value, label: format.unit(value, '1') }))}
          value={entry.unit}
          onChange={(unit) => onChange({ unit })}
        />
      )}
      {gtin === null && (
        <TextField
          label={t('gtin')}
          hint={product ? t('gtin_hint') : undefined}
          optional
          inputMode="numeric"
          value={entry.gtin}
          onChange={(gtin) => onChange({ gtin })}
        />
      )}
    </>
  );
}

/** How many base units a packing unit holds: those that are known, and one more. */
function Packing({ entry, onChange, product }: OfProduct) {
  const t = useIdentityTexts();
  const format = useFormat();
  const id = product?.id ?? '';
  const found = useApi('product.get', { params: { id } }, product !== undefined);
  const known = found.data?.id === id ? found.data.units : [];
  const taken = [entry.unit, ...known.map(({ unit }) => unit)];
  return (
    <>
      {known.length > 0 && (
        <Facts
          rows={known.map(({ unit, base_quantity }) => [
            format.quantity('1', unit),
            format.quantity(base_quantity, entry.unit),
          ])}
        />
      )}
      <div className="entry-pair">
        <SelectField
          label={t('pack')}
          optional
          placeholder="–"
          options={UNITS.filter((unit) => !taken.includes(unit)).map((value) => ({
            value,
            label: format.unit(value, '1'),
          }))}
          value={entry.pack}
          onChange={(pack) => onChange({ pack })}
        />
        <TextField
          label={t('pack_holds')}
          optional
          inputMode="decimal"
          suffix={format.unit(entry.unit, '2')}
          value={entry.pack_holds}
          fault={isPackFaulty(entry) ? t('fault_pack') : undefined}
          onChange={(pack_holds) => onChange({ pack_holds })}
        />
      </div>
    </>
  );
}

function Keeping({ entry, onChange }: PartProps) {
  const t = useIdentityTexts();
  return (
    <>
      <TextField
        label={t('shelf_life')}
        optional
        inputMode="numeric"
        suffix={t('days')}
        value={entry.shelf_life_days}
        fault={isLifeFaulty(entry) ? t('fault_number') : undefined}
        onChange={(shelf_life_days) => onChange({ shelf_life_days })}
      />
      <div className="entry-pair">
        <TextField
          label={t('temperature_low')}
          optional
          suffix="℃"
          value={entry.temperature_min_c}
          onChange={(temperature_min_c) => onChange({ temperature_min_c })}
        />
        <TextField
          label={t('temperature_high')}
          optional
          suffix="℃"
          value={entry.temperature_max_c}
          onChange={(temperature_max_c) => onChange({ temperature_max_c })}
        />
      </div>
      <TextField
        label={t('tax_code')}
        hint={t('tax_code_hint')}
        optional
        inputMode="numeric"
        value={entry.tax_code}
        onChange={(tax_code) => onChange({ tax_code })}
      />
    </>
  );
}
