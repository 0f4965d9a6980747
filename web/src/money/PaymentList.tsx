import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { Tag } from '../controls/Tag.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Payment } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import type { Search } from '../kernel/search.ts';
import { useMay, useSession } from '../kernel/session.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { useMoneyTexts } from './texts.ts';

const SIDES = { payee: { side: 'payee' }, payer: { side: 'payer' } } as const;
const STATES = ['recorded', 'confirmed', 'refused'] as const;

export function PaymentList() {
  const t = useMoneyTexts();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const [refusing, setRefusing] = useState<Payment>();
  const side = search.side === 'payer' ? 'payer' : 'payee';
  const columns = useColumns(setRefusing);
  const filters: Filter[] = [
    {
      kind: 'choice',
      id: 'state',
      label: t('payment_state'),
      options: STATES.map((value) => ({ value, label: t(`payment_${value}`) })),
    },
  ];
  return (
    <>
      <div>
        <Choice
          label={t('side')}
          options={[
            { value: 'payee', label: t('gets') },
            { value: 'payer', label: t('pays') },
          ]}
          value={side}
          onChange={(value) =>
            void navigate({ to: '.', search: { tab: 'payments', side: value } as never })
          }
        />
      </div>
      <DataList<Payment>
        key={side}
        path="/api/v1/payments"
        fixed={SIDES[side]}
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        isLate={({ state }) => state === 'refused'}
        name={t('export_payments')}
        empty={<Empty title={t('none_payments')}>{t('none_payments_more')}</Empty>}
      />
      <Drawer
        open={refusing !== undefined}
        title={t('refuse')}
        onClose={() => setRefusing(undefined)}
      >
        {refusing && <Refuse payment={refusing} onDone={() => setRefusing(undefined)} />}
      </Drawer>
    </>
  );
}

function useColumns(onRefuse: (payment: Payment) => void): Column<Payment>[] {
  const t = useMoneyTexts();
  const format = useFormat();
  const read = useBilingual();
  const { party } = useSession();
  const partner = (row: Payment) => read((row.payer.id === party.id ? row.payee : row.payer).name);
  const side = (row: Payment) => t(row.payer.id === party.id ? 'pays' : 'gets');
  return [
    { id: 'partner', label: t('partner'), card: 'title', cell: partner, text: partner },
    { id: 'side', label: t('side'), cell: side, text: side },
    {
      id: 'paid_on',
      label: t('paid_on'),
      figure: true,
      cell: ({ paid_on }) => format.date(paid_on),
      text: ({ paid_on }) => paid_on,
    },
    {
      id: 'reference',
      label: t('reference'),
      cell: ({ reference }) => reference ?? '–',
      text: ({ reference }) => reference ?? '',
    },
    {
      id: 'amount',
      label: t('amount'),
      figure: true,
      card: 'aside',
      cell: ({ amount_minor, currency }) => format.money(amount_minor, currency),
      text: ({ amount_minor, currency }) => format.minor(amount_minor, currency),
    },
    {
      id: 'allocated',
      label: t('allocated'),
      figure: true,
      cell: ({ allocated_minor, currency }) => format.money(allocated_minor, currency),
      text: ({ allocated_minor, currency }) => format.minor(allocated_minor, currency),
    },
    {
      id: 'state',
      label: t('payment_state'),
      card: 'wide',
      cell: (row) => <State payment={row} onRefuse={onRefuse} />,
      text: ({ state }) => t(`payment_${state}`),
    },
  ];
}

type StateProps = { payment: Payment; onRefuse: (payment: Payment) => void };

/** The state, or where the reader is the payee who has to speak, the two things to say. */
function State({ payment, onRefuse }: StateProps) {
  const t = useMoneyTexts();
  const may = useMay();
  const { party } = useSession();
  const confirm = useCommand('payment.confirm', () => sayDone(t('confirmed_done')));
  const { id, state, payee, reason } = payment;
  const asked = state === 'recorded' && payee.id === party.id && may('money.payment.confirm');
  if (!asked) {
    return (
      <span title={reason ?? undefined}>
        <Tag tone={state === 'refused' ? 'late' : 'plain'}>{t(`payment_${state}`)}</Tag>
      </span>
    );
  }
  return (
    <div className="stack-tight">
      <div className="row">
        <Button
          size="small"
          kind="primary"
          busy={confirm.isPending}
          onClick={() => confirm.mutate({ params: { id }, body: {} })}
        >
          {t('confirm')}
        </Button>
        <Button size="small" onClick={() => onRefuse(payment)}>
          {t('refuse')}
        </Button>
      </div>
      {confirm.isError && <ProblemNotice error={confirm.error} />}
    </div>
  );
}

function Refuse({ payment, onDone }: { payment: Payment; onDone: () => void }) {
  const t = useMoneyTexts();
  const [reason, setReason] = useState('');
  const refuse = useCommand('payment.refuse', () => {
    sayDone(t('refused_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('refuse')}
      danger
      busy={refuse.isPending}
      error={refuse.error}
      disabled={!reason.trim()}
      onSubmit={() =>
        refuse.mutate({ params: { id: payment.id }, body: { reason: reason.trim() } })
      }
    >
      <TextArea label={t('refuse_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
