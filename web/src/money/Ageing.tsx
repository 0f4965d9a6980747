import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import type { AgeingRow } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import type { Search } from '../kernel/search.ts';
import { useSession } from '../kernel/session.ts';
import type { Column } from '../table/columns.ts';
import { ExportSheet } from '../table/ExportSheet.tsx';
import { Rows } from '../table/Rows.tsx';
import { PaymentRecordOf } from './PaymentRecordOf.tsx';
import { useMoneyTexts } from './texts.ts';

const AGES = [
  'not_due',
  'late_1_30',
  'late_31_60',
  'late_61_90',
  'late_over_90',
  'disputed',
] as const;

/** What is open, by partner and by how late it is. */
export function Ageing() {
  const t = useMoneyTexts();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { party } = useSession();
  const [shown, setShown] = useState<AgeingRow['counterparty']>();
  const side = search.side === 'buyer' ? 'buyer' : 'seller';
  const read = useBilingual();
  const ageing = useApi('receivable.age', { query: { side } });
  const rows = ageing.data?.items ?? [];
  // Owed by us, the record that matters is our own.
  const columns = useColumns((row) =>
    setShown(side === 'seller' ? row.counterparty : { id: party.id, name: party.name }),
  );
  return (
    <section className="card stack">
      <div className="row spread">
        <Choice
          label={t('side')}
          options={[
            { value: 'seller', label: t('receivables') },
            { value: 'buyer', label: t('payables') },
          ]}
          value={side}
          onChange={(value) =>
            void navigate({ to: '.', search: { ...search, side: value } as never, replace: true })
          }
        />
        {rows.length > 0 && <ExportSheet name={t('ageing')} columns={columns} rows={rows} />}
      </div>
      {ageing.isError && <ProblemNotice error={ageing.error} />}
      {ageing.isPending && <Skeleton rows={4} />}
      {ageing.isSuccess && rows.length === 0 && (
        <Empty title={t('none_ageing')}>{t('none_ageing_more')}</Empty>
      )}
      {rows.length > 0 && (
        <Rows
          columns={columns}
          rows={rows}
          rowKey={({ counterparty, currency }) => `${counterparty.id}${currency}`}
        />
      )}
      <Drawer
        open={shown !== undefined}
        title={shown ? t('record_of', { name: read(shown.name) }) : ''}
        onClose={() => setShown(undefined)}
      >
        {shown && <PaymentRecordOf buyer={shown.id} />}
      </Drawer>
    </section>
  );
}

function useColumns(onRecord: (row: AgeingRow) => void): Column<AgeingRow>[] {
  const t = useMoneyTexts();
  const format = useFormat();
  const read = useBilingual();
  const amount = (row: AgeingRow, minor: string) =>
    minor === '0' ? '–' : format.money(minor, row.currency);
  return [
    {
      id: 'partner',
      label: t('partner'),
      card: 'title',
      cell: (row) => (
        <button type="button" className="text-button" onClick={() => onRecord(row)}>
          {read(row.counterparty.name)}
        </button>
      ),
      text: ({ counterparty }) => read(counterparty.name),
    },
    ...AGES.map(
      (age): Column<AgeingRow> => ({
        id: age,
        label: t(age),
        figure: true,
        cell: (row) => {
          const minor = row[`${age}_minor`];
          const late = age !== 'not_due' && minor !== '0';
          return <span className={late ? 'late' : ''}>{amount(row, minor)}</span>;
        },
        text: (row) => format.minor(row[`${age}_minor`], row.currency),
      }),
    ),
    {
      id: 'open',
      label: t('open'),
      figure: true,
      card: 'aside',
      cell: (row) => <span className="strong">{amount(row, row.open_minor)}</span>,
      text: (row) => format.minor(row.open_minor, row.currency),
    },
  ];
}
