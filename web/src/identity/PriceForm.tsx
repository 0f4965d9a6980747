import { useState } from 'react';
import { Decimal } from '../../../src/kernel/decimal.ts';
import { useProductName } from '../commerce/product-names.ts';
import { DateField } from '../controls/DateInput.tsx';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Product, SupplyAgreement } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { parseDecimal } from '../kernel/format/entry.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useIdentityTexts } from './texts.ts';

/** Rates of value-added tax in force, in percent. */
const TAX_PERCENT = ['13', '9', '6', '3', '1', '0'] as const;

type Props = { agreement: SupplyAgreement; products: readonly Product[] };

export function PriceForm({ agreement, products }: Props) {
  const t = useIdentityTexts();
  const format = useFormat();
  const productName = useProductName();
  const [entry, setEntry] = useState({ product: '', price: '', tax: '13', from: format.today });
  const set = useCommand('price.set', () => {
    sayDone(t('price_done'));
    setEntry({ ...entry, product: '', price: '' });
  });
  const product = products.find(({ id }) => id === entry.product);
  const price = parseDecimal(entry.price);
  return (
    <StepForm
      submit={t('set_price')}
      busy={set.isPending}
      error={set.error}
      disabled={!product || price === undefined || !entry.from}
      onSubmit={() => {
        if (!product || price === undefined) return;
        const tax_rate = new Decimal(entry.tax).div(100).toFixed();
        const one = { product_id: product.id, unit: product.unit, price, tax_rate };
        set.mutate({
          params: { id: agreement.id },
          body: { prices: [{ ...one, valid_from: entry.from }] },
        });
      }}
    >
      <SelectField
        label={t('product')}
        placeholder={t('choose')}
        options={products.map((one) => ({
          value: one.id,
          label: productName({ product_id: one.id, name: one.name_zh }),
        }))}
        value={entry.product}
        onChange={(id) => setEntry({ ...entry, product: id })}
      />
      <div className="entry-pair">
        <TextField
          label={t('price')}
          value={entry.price}
          inputMode="decimal"
          suffix={
            product
              ? `${format.currency(agreement.currency)}/${format.unit(product.unit, '1')}`
              : format.currency(agreement.currency)
          }
          fault={entry.price && price === undefined ? t('fault_number') : undefined}
          onChange={(typed) => setEntry({ ...entry, price: typed })}
        />
        <SelectField
          label={t('tax_rate')}
          options={TAX_PERCENT.map((value) => ({ value, label: `${value} %` }))}
          value={entry.tax}
          onChange={(tax) => setEntry({ ...entry, tax })}
        />
      </div>
      <DateField
        label={t('valid_from')}
        value={entry.from}
        onChange={(from) => setEntry({ ...entry, from })}
      />
    </StepForm>
  );
}
