import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays, daysBetween } from '../../../src/kernel/dates.ts';
import { useProductName } from '../commerce/product-names.ts';
import { Button } from '../controls/Button.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { Place, StockRow } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { nameOf, usePartyName } from '../kernel/parties.ts';
import { writeSearch } from '../kernel/search.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { useShellTexts } from '../shell/texts.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { DISPOSITIONS, dispositionKey } from './dispositions.ts';
import { SettleForm } from './SettleForm.tsx';
import { UnknownNotice } from './stock/UnknownNotice.tsx';
import { useGoodsTexts } from './texts.ts';

const MOST_PLACES = 200;
const SOON_DAYS = 30;
const EXPIRY_DAYS = [7, 30, 90] as const;

/** What lies where, by lot; what expires is red. */
export function StockPage() {
  const t = useGoodsTexts();
  const shell = useShellTexts();
  const may = useMay();
  const { today } = useFormat();
  const places = useApi('place.list', { query: { limit: MOST_PLACES } });
  const [held, setHeld] = useState<StockRow | null>(null);
  const columns = useColumns(places.data?.items ?? [], setHeld);
  const filters = useFilters(places.data?.items ?? []);
  const actions = (
    <div className="row">
      {may('goods.production.record') && (
        <Link to="/stock/production" className="button is-plain is-medium">
          {t('produce')}
        </Link>
      )}
      {may('goods.stock.count') && (
        <Link to="/stock/count" className="button is-primary is-medium">
          {t('count')}
        </Link>
      )}
    </div>
  );
  return (
    <Page title={shell('stock')} action={actions} notice={<UnknownNotice />}>
      <DataList<StockRow>
        path="/api/v1/stock"
        columns={columns}
        filters={filters}
        rowKey={(row) =>
          [row.owner_id, row.place_id, row.product_id, row.lot, row.disposition, row.unit].join()
        }
        isLate={({ best_before }) => best_before !== null && best_before < today}
        name={t('export_stock')}
        empty={<Empty title={t('none_stock')}>{t('none_stock_more')}</Empty>}
      />
      <Drawer open={held !== null} title={t('settle')} onClose={() => setHeld(null)}>
        {held && <SettleForm row={held} onDone={() => setHeld(null)} />}
      </Drawer>
    </Page>
  );
}

function useFilters(places: readonly Place[]): Filter[] {
  const t = useGoodsTexts();
  const read = useBilingual();
  const { today } = useFormat();
  return [
    {
      kind: 'choice',
      id: 'place_id',
      label: t('stock_place'),
      options: places.map((place) => ({ value: place.id, label: read(nameOf(place)) })),
    },
    {
      kind: 'choice',
      id: 'disposition',
      label: t('stock_disposition'),
      options: DISPOSITIONS.map((value) => ({ value, label: t(dispositionKey(value)) })),
    },
    {
      kind: 'choice',
      id: 'best_before',
      label: t('stock_expiring'),
      options: EXPIRY_DAYS.map((days) => ({
        value: addDays(today, days),
        label: t('day_in', { days }),
      })),
    },
  ];
}

type OnSettle = (row: StockRow) => void;

/** In what state goods are; what is on hold can be settled by its owner. */
function Condition({ row, onSettle }: { row: StockRow; onSettle: OnSettle }) {
  const t = useGoodsTexts();
  const may = useMay();
  const { party } = useSession();
  const { disposition, owner_id } = row;
  const isBad = disposition === 'damaged' || disposition === 'recalled';
  return (
    <span className="row">
      <Tag tone={isBad ? 'late' : 'plain'}>{t(dispositionKey(disposition))}</Tag>
      {disposition === 'recalled' && owner_id === party.id && may('goods.stock.settle') && (
        <Button size="small" onClick={() => onSettle(row)}>
          {t('settle')}
        </Button>
      )}
    </span>
  );
}

function useColumns(places: readonly Place[], onSettle: OnSettle): Column<StockRow>[] {
  const t = useGoodsTexts();
  const read = useBilingual();
  const productName = useProductName();
  const partyName = usePartyName();
  const { party } = useSession();
  const product = (row: StockRow) => productName({ ...row, name: row.product_name });
  const place = ({ place_id }: StockRow) => {
    const found = places.find(({ id }) => id === place_id);
    return found ? read(nameOf(found)) : '–';
  };
  const owner = ({ owner_id }: StockRow) =>
    owner_id === party.id ? read(party.name) : partyName(owner_id);
  return [
    { id: 'product', label: t('stock_product'), card: 'title', cell: product, text: product },
    { id: 'place', label: t('stock_place'), cell: place, text: place },
    { id: 'owner', label: t('stock_owner'), cell: owner, text: owner },
    {
      id: 'lot',
      label: t('lot'),
      cell: ({ lot }) => lot || t('no_lot'),
      text: ({ lot }) => lot,
    },
    {
      id: 'best_before',
      label: t('best_before'),
      figure: true,
      cell: (row) => <BestBefore row={row} />,
      text: ({ best_before }) => best_before ?? '',
    },
    {
      id: 'disposition',
      label: t('stock_disposition'),
      cell: (row) => <Condition row={row} onSettle={onSettle} />,
      text: ({ disposition }) => t(dispositionKey(disposition)),
    },
    {
      id: 'quantity',
      label: t('quantity'),
      figure: true,
      card: 'aside',
      cell: (row) => <Amount row={row} />,
      text: ({ quantity }) => quantity,
    },
  ];
}

/** Behind an own figure are the events that it comes from. */
function Amount({ row }: { row: StockRow }) {
  const format = useFormat();
  const { party } = useSession();
  const { owner_id, place_id, product_id, lot, disposition, quantity, unit } = row;
  const text = format.quantity(quantity, unit);
  const tone = Number(quantity) < 0 ? 'late' : '';
  if (owner_id !== party.id) return <span className={tone}>{text}</span>;
  const asked = { place_id, product_id, lot, disposition, unit };
  return (
    <Link to={`/stock/thread${writeSearch(asked)}`} className={tone}>
      {text}
    </Link>
  );
}

function BestBefore({ row: { best_before } }: { row: StockRow }) {
  const t = useGoodsTexts();
  const format = useFormat();
  if (!best_before) return '–';
  const date = format.date(best_before);
  const days = daysBetween(format.today, best_before);
  if (days < 0) return <span className="late">{t('expired', { date })}</span>;
  return days <= SOON_DAYS ? t('expires_soon', { date, days }) : date;
}
