import { useProductName } from '../../commerce/product-names.ts';
import { Button } from '../../controls/Button.tsx';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { Product } from '../../generated/api.ts';
import { parsePositive } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useGoodsTexts } from '../texts.ts';
import { isTwice, type MadeLot, madeOn } from './production.ts';
import { useProductionTexts } from './texts.ts';

type Props = {
  products: readonly Product[];
  made: readonly MadeLot[];
  /** The day on which they were made. */
  day: string;
  onChange: (made: readonly MadeLot[]) => void;
};

/** Lots of the own catalogue's products that came into being. */
export function MadeLots({ products, made, day, onChange }: Props) {
  const t = useProductionTexts();
  const productName = useProductName();

  function add(id: string) {
    const product = products.find((one) => one.id === id);
    if (!product) return;
    onChange([...made, { product, quantity: '', ...madeOn(product, day) }]);
  }

  return (
    <section className="stack-tight">
      <h2>{t('made')}</h2>
      {made.map((line, at) => (
        <MadeEntry
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be of one product
          key={at}
          line={line}
          isTwice={isTwice(made, at)}
          onChange={(next) => onChange(made.with(at, next))}
          onRemove={() => onChange(made.toSpliced(at, 1))}
        />
      ))}
      {products.length === 0 ? (
        <p className="muted">{t('made_none')}</p>
      ) : (
        <SelectField
          label={t(made.length > 0 ? 'made_more' : 'made_what')}
          placeholder={t('choose')}
          options={products.map((one) => ({
            value: one.id,
            label: productName({ product_id: one.id, name: one.name_zh }),
          }))}
          value=""
          onChange={add}
        />
      )}
    </section>
  );
}

type EntryProps = {
  line: MadeLot;
  isTwice: boolean;
  onChange: (line: MadeLot) => void;
  onRemove: () => void;
};

function MadeEntry({ line, isTwice: twice, onChange, onRemove }: EntryProps) {
  const t = useProductionTexts();
  const goods = useGoodsTexts();
  const format = useFormat();
  const { product, lot, quantity, best_before } = line;
  const name = useProductName()({ product_id: product.id, name: product.name_zh });
  return (
    <fieldset className="production-lots">
      <legend>{name}</legend>
      <div className="made-entries">
        <TextField
          label={goods('lot')}
          value={lot}
          maxLength={20}
          fault={lot.trim() === '' ? t('fault_lot') : twice ? t('fault_twice') : undefined}
          onChange={(next) => onChange({ ...line, lot: next })}
        />
        <TextField
          label={t('made_quantity')}
          value={quantity}
          inputMode="decimal"
          suffix={format.unit(product.unit, quantity || '0')}
          fault={
            quantity !== '' && parsePositive(quantity) === undefined ? t('fault_number') : undefined
          }
          onChange={(next) => onChange({ ...line, quantity: next })}
        />
        <DateField
          label={goods('best_before')}
          optional
          value={best_before}
          onChange={(next) => onChange({ ...line, best_before: next })}
        />
      </div>
      <Button size="small" onClick={onRemove}>
        {t('remove')}
      </Button>
    </fieldset>
  );
}
