import { useState } from 'react';
import { TextField } from '../controls/Field.tsx';
import { useBilingual } from '../kernel/bilingual.ts';
import { parseDecimal } from '../kernel/format/entry.ts';
import { useFormat } from '../kernel/format/format.ts';
import { nameOf } from '../kernel/parties.ts';
import type { Offer } from './offers.ts';
import { useCommerceTexts } from './texts.ts';
import './commerce.css';

type Props = {
  offers: readonly Offer[];
  currency: string;
  quantities: ReadonlyMap<string, string>;
  onChange: (key: string, typed: string) => void;
};

/** A list short enough to be read needs no search. */
const SEARCHED_FROM = 12;

export function OrderedItems({ offers, currency, quantities, onChange }: Props) {
  const t = useCommerceTexts();
  const read = useBilingual();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = offers.filter(({ key, product }) => {
    const text = `${product.name_zh} ${product.name_en} ${product.code} ${product.gtin ?? ''}`;
    return text.toLowerCase().includes(wanted) || quantities.get(key);
  });
  if (offers.length === 0) return <p className="muted">{t('items_none')}</p>;
  return (
    <div className="stack">
      {offers.length >= SEARCHED_FROM && (
        <TextField label={t('items_search')} value={search} type="search" onChange={setSearch} />
      )}
      <ul className="offers">
        {shown.map((offer) => (
          <Item
            key={offer.key}
            offer={offer}
            name={read(nameOf(offer.product))}
            currency={currency}
            typed={quantities.get(offer.key) ?? ''}
            onChange={(typed) => onChange(offer.key, typed)}
          />
        ))}
      </ul>
    </div>
  );
}

type ItemProps = {
  offer: Offer;
  name: string;
  currency: string;
  typed: string;
  onChange: (typed: string) => void;
};

function Item({ offer, name, currency, typed, onChange }: ItemProps) {
  const t = useCommerceTexts();
  const format = useFormat();
  const { product, price, unit } = offer;
  const cost = price
    ? `${format.priceIn(price, currency)} / ${format.unit(unit, '1')} · ${t('tax_extra')}`
    : t('no_price');
  const wrong = typed.trim() !== '' && parseDecimal(typed) === undefined;
  return (
    <li className="offer-row">
      <div className="stack-tight is-close">
        <span className="strong">{name}</span>
        <span className="muted small">
          {product.code} · {cost}
        </span>
      </div>
      <TextField
        label={t('quantity')}
        aria-label={`${t('quantity')} · ${name}`}
        value={typed}
        inputMode="decimal"
        placeholder="0"
        suffix={format.unit(unit, typed || '0')}
        fault={wrong ? t('quantity_fault') : undefined}
        onChange={onChange}
      />
    </li>
  );
}
