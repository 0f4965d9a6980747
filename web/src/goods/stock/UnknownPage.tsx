import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { Tag } from '../../controls/Tag.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { UnknownName } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { useStockTexts } from './texts.ts';
import './stock.css';

/** What captured events named and nobody knows, with what to do about each. */
export function UnknownPage() {
  const t = useStockTexts();
  const may = useMay();
  const [chosen, setChosen] = useState<UnknownName | null>(null);
  const match = useCommand('stock_name.match', ({ found, settled }) =>
    sayDone(t('matched', { found, settled })),
  );
  const columns = useColumns(may('goods.stock_name.say') ? setChosen : null);
  return (
    <Page
      title={t('unknown_title')}
      back="/stock"
      subtitle={t('unknown_subtitle')}
      action={
        may('goods.stock_name.say') && (
          <Button kind="primary" busy={match.isPending} onClick={() => match.mutate({})}>
            {t('match')}
          </Button>
        )
      }
    >
      <DataList<UnknownName>
        path="/api/v1/stock/unknown"
        columns={columns}
        rowKey={({ what, name }) => `${what} ${name}`}
        name={t('export_unknown')}
        empty={<Empty title={t('unknown_none')}>{t('unknown_none_more')}</Empty>}
      />
      <Drawer open={chosen !== null} title={t('say')} onClose={() => setChosen(null)}>
        {chosen && <SayForm unknown={chosen} onDone={() => setChosen(null)} />}
      </Drawer>
    </Page>
  );
}

const MOST_PRODUCTS = 200;

function SayForm({ unknown, onDone }: { unknown: UnknownName; onDone: () => void }) {
  const t = useStockTexts();
  const read = useBilingual();
  const products = useApi('product.list', { query: { limit: MOST_PRODUCTS } });
  const [product, setProduct] = useState('');
  const say = useCommand('stock_name.say', ({ settled }) => {
    sayDone(t('said', { settled }));
    onDone();
  });
  return (
    <StepForm
      submit={t('save')}
      busy={say.isPending}
      error={say.error}
      disabled={product === ''}
      onSubmit={() => say.mutate({ body: { name: unknown.name, product_id: product } })}
    >
      <p className="stock-document">{unknown.name}</p>
      <SelectField
        label={t('product')}
        placeholder={t('choose')}
        options={(products.data?.items ?? []).map((one) => ({
          value: one.id,
          label: `${read({ zh: one.name_zh, en: one.name_en })} · ${one.code}`,
        }))}
        value={product}
        onChange={setProduct}
      />
    </StepForm>
  );
}

type OnSay = ((row: UnknownName) => void) | null;

function Steps({ row, onSay }: { row: UnknownName; onSay: OnSay }) {
  const t = useStockTexts();
  const leave = useCommand('stock_name.say', ({ settled }) => sayDone(t('said', { settled })));
  const isNamed = row.name !== '' && (row.what === 'goods' || row.what === 'place');
  if (onSay === null || !isNamed) return null;
  return (
    <span className="row">
      {row.what === 'goods' && (
        <Button size="small" onClick={() => onSay(row)}>
          {t('say')}
        </Button>
      )}
      <Button
        size="small"
        busy={leave.isPending}
        onClick={() => leave.mutate({ body: { name: row.name, product_id: null } })}
      >
        {t('leave_out')}
      </Button>
    </span>
  );
}

function useColumns(onSay: OnSay): Column<UnknownName>[] {
  const t = useStockTexts();
  const format = useFormat();
  const todo = ({ what, name }: UnknownName) => {
    if (name === '' && what === 'place') return t('todo_place_none');
    const isNumber = name.startsWith('https://id.gs1.org/');
    if (!isNumber && what === 'place') return t('todo_place_named');
    return !isNumber && what === 'goods' ? t('todo_goods_named') : t(`todo_${what}`);
  };
  return [
    {
      ...{ id: 'name', label: t('name'), card: 'title' },
      cell: ({ name }) => <span className="stock-document">{name || '–'}</span>,
      text: ({ name }) => name,
    },
    {
      ...{ id: 'what', label: t('what'), card: 'aside' },
      cell: ({ what }) => <Tag>{t(`what_${what}`)}</Tag>,
      text: ({ what }) => t(`what_${what}`),
    },
    { ...{ id: 'todo', label: t('todo'), card: 'wide' }, cell: todo, text: todo },
    {
      ...{ id: 'events', label: t('events'), figure: true },
      cell: ({ events, event_id }) => <Link to={`/events/${event_id}`}>{events}</Link>,
      text: ({ events }) => String(events),
    },
    {
      ...{ id: 'last_at', label: t('last_at') },
      cell: ({ last_at }) => format.instant(last_at),
      text: ({ last_at }) => last_at,
    },
    { id: 'steps', label: '', card: 'wide', cell: (row) => <Steps row={row} onSay={onSay} /> },
  ];
}
