import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { DespatchRow } from '../generated/api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePart } from '../kernel/part.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { useShellTexts } from '../shell/texts.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { ScanDrawer } from './ScanDrawer.tsx';
import { useGoodsTexts } from './texts.ts';

export function ShipmentsPage() {
  const t = useGoodsTexts();
  const shell = useShellTexts();
  const may = useMay();
  const { today } = useFormat();
  const [scanning, setScanning] = useState(false);
  const columns = useColumns();
  const filters = useFilters();
  const { only_carries } = usePart();
  const scan = may('trade.receipt.record') && !only_carries && (
    <Button kind="primary" icon="scan" onClick={() => setScanning(true)}>
      {t('scan')}
    </Button>
  );
  return (
    <Page title={shell('shipments')} action={scan}>
      <DataList<DespatchRow>
        path="/api/v1/despatches"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/shipments/${id}`}
        isLate={(row) => isLate(row, today)}
        name={t('export_shipments')}
        empty={<Empty title={t('none')}>{t('none_more')}</Empty>}
      />
      <ScanDrawer open={scanning} onClose={() => setScanning(false)} />
    </Page>
  );
}

function isLate({ state, expected_on }: DespatchRow, today: string): boolean {
  return state === 'lost' || (state === 'under_way' && expected_on < today);
}

function useFilters(): Filter[] {
  const t = useGoodsTexts();
  const { party } = useSession();
  const carries = party.roles.includes('carrier');
  const sides = carries ? (['carrying'] as const) : (['receiving', 'sending'] as const);
  return [
    { kind: 'text', id: 'number', label: t('number') },
    {
      kind: 'choice',
      id: 'side',
      label: t('side'),
      options: sides.map((value) => ({ value, label: t(value) })),
    },
    {
      kind: 'choice',
      id: 'state',
      label: t('state'),
      options: (['under_way', 'received', 'lost'] as const).map((value) => ({
        value,
        label: t(`state_${value}`),
      })),
    },
  ];
}

function useColumns(): Column<DespatchRow>[] {
  const t = useGoodsTexts();
  const format = useFormat();
  const read = useBilingual();
  const carrier = (row: DespatchRow) => (row.carrier ? read(row.carrier.name) : t('own'));
  return [
    {
      id: 'number',
      label: t('number'),
      card: 'title',
      cell: ({ number }) => number,
      text: ({ number }) => number,
    },
    {
      id: 'order',
      label: t('order'),
      card: 'none',
      cell: ({ order_number }) => order_number ?? '–',
      text: ({ order_number }) => order_number ?? '',
    },
    {
      id: 'from',
      label: t('from'),
      cell: ({ seller }) => read(seller.name),
      text: ({ seller }) => read(seller.name),
    },
    {
      id: 'to',
      label: t('to'),
      cell: ({ buyer }) => read(buyer.name),
      text: ({ buyer }) => read(buyer.name),
    },
    { id: 'carrier', label: t('carrier'), card: 'none', cell: carrier, text: carrier },
    {
      id: 'state',
      label: t('state'),
      card: 'aside',
      cell: (row) => (
        <Tag tone={isLate(row, format.today) ? 'late' : 'plain'}>{t(`state_${row.state}`)}</Tag>
      ),
      text: ({ state }) => t(`state_${state}`),
    },
    {
      id: 'despatched',
      label: t('despatched'),
      figure: true,
      cell: ({ despatched_at }) => format.dateOf(despatched_at),
      text: ({ despatched_at }) => despatched_at,
    },
    {
      id: 'expected',
      label: t('expected'),
      figure: true,
      cell: (row) =>
        isLate(row, format.today) ? (
          <span className="late">{t('late', { date: format.date(row.expected_on) })}</span>
        ) : (
          format.date(row.expected_on)
        ),
      text: ({ expected_on }) => expected_on,
    },
  ];
}
