import { Link } from '@tanstack/react-router';
import { Empty } from '../../controls/Empty.tsx';
import type { Balance } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column, Filter } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { useLedgerTexts } from './texts.ts';
import { useAccounts } from './use-accounts.ts';

/** Balances by account and partner; the account leads to its entries. */
export function Balances() {
  const t = useLedgerTexts();
  const { accounts, accountName } = useAccounts();
  const columns = useColumns(accountName);
  const filters: Filter[] = [
    {
      kind: 'choice',
      id: 'account_code',
      label: t('account_filter'),
      options: accounts.map(({ code }) => ({ value: code, label: accountName(code) })),
    },
  ];
  return (
    <DataList<Balance>
      path="/api/v1/ledger/balances"
      columns={columns}
      filters={filters}
      rowKey={(row) => `${row.account_code}${row.counterparty?.id ?? ''}${row.currency}`}
      name={t('export_balances')}
      empty={<Empty title={t('no_balances')}>{t('no_balances_more')}</Empty>}
    />
  );
}

function useColumns(accountName: (code: string) => string): Column<Balance>[] {
  const t = useLedgerTexts();
  const format = useFormat();
  const read = useBilingual();
  const partner = ({ counterparty }: Balance) => (counterparty ? read(counterparty.name) : '–');
  const balance = ({ balance_minor, currency }: Balance) => {
    const minor = BigInt(balance_minor);
    if (minor === 0n) return t('even');
    const total = format.money((minor < 0n ? -minor : minor).toString(), currency);
    return t(minor > 0n ? 'on_debit' : 'on_credit', { total });
  };
  return [
    {
      id: 'account',
      label: t('account'),
      card: 'title',
      cell: ({ account_code }) => (
        <Link to="/ledger" search={{ tab: 'entries', account_code } as never}>
          {accountName(account_code)}
        </Link>
      ),
      text: ({ account_code }) => accountName(account_code),
    },
    { id: 'partner', label: t('partner'), cell: partner, text: partner },
    {
      id: 'debit',
      label: t('debit'),
      figure: true,
      cell: ({ debit_minor, currency }) => format.money(debit_minor, currency),
      text: ({ debit_minor, currency }) => format.minor(debit_minor, currency),
    },
    {
      id: 'credit',
      label: t('credit'),
      figure: true,
      cell: ({ credit_minor, currency }) => format.money(credit_minor, currency),
      text: ({ credit_minor, currency }) => format.minor(credit_minor, currency),
    },
    {
      id: 'balance',
      label: t('balance'),
      figure: true,
      card: 'aside',
      cell: (row) => <span className="strong">{balance(row)}</span>,
      text: ({ balance_minor, currency }) => format.minor(balance_minor, currency),
    },
  ];
}
