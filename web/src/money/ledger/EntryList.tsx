import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Entry } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column, Filter } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { FactEvidence } from '../../weave/FactEvidence.tsx';
import { useLedgerTexts } from './texts.ts';
import { useAccounts } from './use-accounts.ts';

/** Entries with their lines; each leads to the fact that it books. */
export function EntryList() {
  const t = useLedgerTexts();
  const may = useMay();
  const [shown, setShown] = useState<Entry>();
  const { accounts, accountName } = useAccounts();
  const columns = useColumns(accountName, setShown);
  const filters: Filter[] = [
    {
      kind: 'choice',
      id: 'account_code',
      label: t('account_filter'),
      options: accounts.map(({ code }) => ({ value: code, label: accountName(code) })),
    },
  ];
  const reversible = shown?.kind === 'manual' && may('money.entry.reverse');
  return (
    <>
      <DataList<Entry>
        path="/api/v1/ledger/entries"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        name={t('export_entries')}
        empty={<Empty title={t('none_entries')}>{t('no_balances_more')}</Empty>}
      />
      <Drawer
        open={shown !== undefined}
        title={shown?.memo ?? ''}
        onClose={() => setShown(undefined)}
      >
        {shown && <FactEvidence id={shown.fact_id} />}
        {shown && reversible && <Reverse id={shown.id} onDone={() => setShown(undefined)} />}
      </Drawer>
    </>
  );
}

function useColumns(
  accountName: (code: string) => string,
  onShow: (entry: Entry) => void,
): Column<Entry>[] {
  const t = useLedgerTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const partner = ({ counterparty_id }: Entry) =>
    counterparty_id ? partyName(counterparty_id) : '–';
  return [
    {
      id: 'booked_on',
      label: t('booked_on'),
      card: 'aside',
      cell: ({ booked_on }) => format.date(booked_on),
      text: ({ booked_on }) => booked_on,
    },
    {
      id: 'kind',
      label: t('kind'),
      card: 'title',
      cell: ({ kind }) => t(`kind_${kind}`),
      text: ({ kind }) => t(`kind_${kind}`),
    },
    { id: 'partner', label: t('partner'), cell: partner, text: partner },
    {
      id: 'memo',
      label: t('memo'),
      cell: ({ memo }) => memo,
      text: ({ memo }) => memo,
    },
    {
      id: 'lines',
      label: t('lines'),
      card: 'wide',
      cell: (entry) => <Lines entry={entry} accountName={accountName} />,
      text: ({ lines }) =>
        lines
          .map((line) => `${line.account_code} ${format.minor(line.amount_minor, line.currency)}`)
          .join(' | '),
    },
    {
      id: 'fact',
      label: '',
      card: 'wide',
      cell: (entry) => (
        <Button size="small" kind="quiet" onClick={() => onShow(entry)}>
          {t('fact')}
        </Button>
      ),
    },
  ];
}

type LinesProps = { entry: Entry; accountName: (code: string) => string };

function Lines({ entry, accountName }: LinesProps) {
  const t = useLedgerTexts();
  const format = useFormat();
  return (
    <ul className="entry-lines">
      {entry.lines.map(({ account_code, amount_minor, currency }) => {
        const debit = !amount_minor.startsWith('-');
        const total = format.money(debit ? amount_minor : amount_minor.slice(1), currency);
        return (
          <li key={`${account_code}${amount_minor}`} className={debit ? '' : 'is-credit'}>
            <span>{accountName(account_code)}</span>
            <span>{t(debit ? 'on_debit' : 'on_credit', { total })}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Reverse({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useLedgerTexts();
  const [reason, setReason] = useState('');
  const reverse = useCommand('entry.reverse', () => {
    sayDone(t('reversed_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('reverse')}
      danger
      busy={reverse.isPending}
      error={reverse.error}
      disabled={!reason.trim()}
      onSubmit={() => reverse.mutate({ params: { id }, body: { reason: reason.trim() } })}
    >
      <TextArea label={t('reverse_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
