import { type ChangeEvent, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { MatchProposal } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { useMoneyTexts } from './texts.ts';

/** The lines of bank statements that wait, each with what it seems to pay. */
export function BankMatches() {
  const t = useMoneyTexts();
  const may = useMay();
  const matches = useApi('statement_line.match', { query: {} });
  const items = matches.data?.items ?? [];
  return (
    <div className="stack">
      {may('money.statement.import') && <Import />}
      <Card>
        {matches.isError && <ProblemNotice error={matches.error} />}
        {matches.isPending && <Skeleton rows={4} />}
        {matches.isSuccess && items.length === 0 && (
          <Empty title={t('bank_none')}>{t('bank_none_more')}</Empty>
        )}
        <ul className="match-list">
          {items.map((item) => (
            <Match key={item.line.id} proposal={item} />
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Import() {
  const t = useMoneyTexts();
  const [takeGood, setTakeGood] = useState(false);
  const load = useCommand('statement.import', ({ taken, known, unread }) =>
    sayDone(t('imported', { taken, known, unread })),
  );

  function take(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (!file) return;
    // Browsers name a CSV after what is installed on the machine; the server wants its own name.
    const csv = new File([file], file.name, { type: 'text/csv' });
    load.mutate({ query: { take_good: String(takeGood) }, file: csv });
  }

  return (
    <Card title={t('import')} note={t('import_hint')}>
      <div className="stack">
        <div className="row">
          <label className={`button is-primary is-medium${load.isPending ? ' is-busy' : ''}`}>
            {t('choose_file')}
            <input
              type="file"
              className="hidden-text"
              accept=".csv,text/csv"
              disabled={load.isPending}
              onChange={take}
            />
          </label>
          <label className="row">
            <input
              type="checkbox"
              checked={takeGood}
              onChange={(event) => setTakeGood(event.target.checked)}
            />
            {t('take_good')}
          </label>
        </div>
        {load.isError && <ProblemNotice error={load.error} />}
      </div>
    </Card>
  );
}

function Match({ proposal }: { proposal: MatchProposal }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const read = useBilingual();
  const may = useMay();
  const accept = useCommand('statement_line.accept', () => sayDone(t('matched_done')));
  const aside = useCommand('statement_line.set_aside', () => sayDone(t('aside_done')));
  const { line, counterparty, payment_id, allocations, reason } = proposal;
  const choice = choiceOf(proposal);
  const numbers = allocations.map(({ number }) => number).join('、');
  const incoming = !line.amount_minor.startsWith('-');
  return (
    <li className="match">
      <div className="stack-tight is-close">
        <span className="strong">
          {line.counterparty_name} · {format.money(line.amount_minor, line.currency)}
        </span>
        <span className="muted small">
          {[format.date(line.booked_on), t(incoming ? 'incoming' : 'outgoing'), line.memo]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className="stack-tight is-close">
        <span>
          {payment_id && t('known_payment')}
          {!payment_id && allocations.length > 0 && t('for_invoices', { numbers })}
          {!choice && t('no_proposal')}
          {counterparty && <span className="muted"> · {read(counterparty.name)}</span>}
        </span>
        <span className="muted small">{read(reason)}</span>
      </div>
      <div className="row">
        {choice && may('money.payment.confirm') && (
          <Button
            size="small"
            kind="primary"
            busy={accept.isPending}
            onClick={() => accept.mutate({ params: { id: line.id }, body: choice })}
          >
            {t('take_match')}
          </Button>
        )}
        {may('money.statement.import') && (
          <Button
            size="small"
            busy={aside.isPending}
            onClick={() => aside.mutate({ params: { id: line.id } })}
          >
            {t('set_aside')}
          </Button>
        )}
      </div>
      {accept.isError && <ProblemNotice error={accept.error} />}
      {aside.isError && <ProblemNotice error={aside.error} />}
    </li>
  );
}

/** What accepting the proposal says; undefined where it proposes nothing. */
function choiceOf({ payment_id, counterparty, allocations }: MatchProposal) {
  if (payment_id) return { payment_id };
  if (!counterparty || allocations.length === 0) return undefined;
  return {
    counterparty_id: counterparty.id,
    allocations: allocations.map(({ receivable_id, amount_minor }) => ({
      receivable_id,
      amount_minor,
    })),
  };
}
