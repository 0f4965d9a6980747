import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import type { Product } from '../generated/api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { nameOf, usePartyName } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { ProductChangeForm, ProductForm } from './ProductForm.tsx';
import { useIdentityTexts } from './texts.ts';

/** The catalogue that the reader may see: its own products and those of its suppliers. */
export function Products() {
  const t = useIdentityTexts();
  const may = useMay();
  const { party } = useSession();
  const read = useBilingual();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Product | null>(null);
  const columns = useColumns(setChanging);
  const filters: Filter[] = [
    { kind: 'text', id: 'search', label: t('search_product') },
    {
      kind: 'choice',
      id: 'owner_id',
      label: t('owner'),
      options: [{ value: party.id, label: read(party.name) }],
    },
  ];
  return (
    <>
      {may('commerce.product.create') && (
        <div>
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('add_product')}
          </Button>
        </div>
      )}
      <DataList<Product>
        path="/api/v1/products"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        name={t('export_products')}
        empty={<Empty title={t('none_products')}>{t('none_products_more')}</Empty>}
      />
      <Drawer open={adding} title={t('add_product')} onClose={() => setAdding(false)}>
        <ProductForm onDone={() => setAdding(false)} />
      </Drawer>
      <Drawer
        open={changing !== null}
        title={t('change_product')}
        onClose={() => setChanging(null)}
      >
        {changing && (
          <ProductChangeForm
            key={changing.id}
            product={changing}
            onDone={() => setChanging(null)}
          />
        )}
      </Drawer>
    </>
  );
}

function useColumns(onChange: (product: Product) => void): Column<Product>[] {
  const t = useIdentityTexts();
  const read = useBilingual();
  const format = useFormat();
  const partyName = usePartyName();
  const degrees = (text: string | null) => (text === null ? '' : format.decimal(text));
  const band = ({ temperature_min_c: low, temperature_max_c: high }: Product) =>
    low === null && high === null
      ? '–'
      : t('temperature_band', { low: degrees(low), high: degrees(high) });
  const life = ({ shelf_life_days }: Product) =>
    shelf_life_days === null ? '–' : t('shelf_life_days', { count: shelf_life_days });
  return [
    {
      id: 'name',
      label: t('product_name'),
      card: 'title',
      cell: (row) => read(nameOf(row)),
      text: (row) => read(nameOf(row)),
    },
    {
      id: 'code',
      label: t('code'),
      card: 'aside',
      cell: ({ code }) => code,
      text: ({ code }) => code,
    },
    {
      id: 'owner',
      label: t('owner'),
      cell: ({ owner_id }) => partyName(owner_id),
      text: ({ owner_id }) => partyName(owner_id),
    },
    {
      id: 'gtin',
      label: t('gtin'),
      cell: ({ gtin }) => gtin ?? '–',
      text: ({ gtin }) => gtin ?? '',
    },
    {
      id: 'unit',
      label: t('unit'),
      cell: ({ unit }) => format.unit(unit, '1'),
      text: ({ unit }) => unit,
    },
    { id: 'shelf_life', label: t('shelf_life'), figure: true, cell: life, text: life },
    { id: 'temperature', label: t('temperature'), figure: true, cell: band, text: band },
    ...useOwnColumns(onChange),
  ];
}

/** What the reader does with products of its own. */
function useOwnColumns(onChange: (product: Product) => void): Column<Product>[] {
  const t = useIdentityTexts();
  const may = useMay();
  const { party } = useSession();
  return [
    {
      id: 'scan',
      label: t('scan_page'),
      cell: ({ id, owner_id }) =>
        owner_id === party.id && may('consumer.page.read') ? (
          <Link to="/products/$id" params={{ id }}>
            {t('scan_open')}
          </Link>
        ) : (
          '–'
        ),
    },
    {
      id: 'change',
      label: '',
      cell: (row) =>
        row.owner_id === party.id &&
        may('commerce.product.change') && (
          <Button size="small" onClick={() => onChange(row)}>
            {t('change')}
          </Button>
        ),
    },
  ];
}
