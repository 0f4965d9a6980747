import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DateField } from '../../controls/DateInput.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Order } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { nameOf, useParties } from '../../kernel/parties.ts';
import { useSession } from '../../kernel/session.ts';
import { DespatchedLines } from './DespatchedLines.tsx';
import { expectedOn, leftToSend } from './defaults.ts';
import { type DespatchProposal, useDespatchProposal } from './despatch-proposal.ts';
import { type LotEntry, newEntries, sentLines } from './lot-entries.ts';
import { OrderStepPage } from './OrderStepPage.tsx';
import { useStepTexts } from './texts.ts';

export function DespatchPage() {
  const t = useStepTexts();
  return (
    <OrderStepPage title={(number) => t('despatch_title', { number })}>
      {({ order }) => <Despatch order={order} />}
    </OrderStepPage>
  );
}

function Despatch({ order }: { order: Order }) {
  const t = useStepTexts();
  const { party } = useSession();
  const read = useBilingual();
  const [place, setPlace] = useState<string>();
  const places = useApi('place.list', { query: { owner_id: party.id } });
  const proposal = useDespatchProposal(order, true, place);
  if (!order.lines.some((line) => leftToSend(line).gt(0))) {
    return <Empty title={t('nothing_to_send')} />;
  }
  const from = place ?? proposal.data?.from_place_id ?? '';
  return (
    <div className="card narrow stack">
      {(places.data?.items.length ?? 0) > 0 && (
        <SelectField
          label={t('from_place')}
          hint={t('place_hint')}
          placeholder={t('no_place')}
          options={(places.data?.items ?? []).map((one) => ({
            value: one.id,
            label: read(nameOf(one)),
          }))}
          value={from}
          onChange={setPlace}
        />
      )}
      {proposal.isError && <ProblemNotice error={proposal.error} />}
      {proposal.isPending && <Skeleton rows={4} />}
      {proposal.data && (
        <DespatchForm
          key={`${order.version}${from}`}
          order={order}
          from={from}
          proposal={proposal.data}
        />
      )}
    </div>
  );
}

type FormProps = { order: Order; from: string; proposal: DespatchProposal };

function DespatchForm({ order, from, proposal }: FormProps) {
  const t = useStepTexts();
  const { today } = useFormat();
  const read = useBilingual();
  const navigate = useNavigate();
  const carriers = useParties().filter(({ roles }) => roles.includes('carrier'));
  const [entries, setEntries] = useState<readonly LotEntry[]>(() => newEntries(order, proposal));
  const [tail, setTail] = useState({ carrier: '', vehicle: '', on: expectedOn(order, today) });
  const lines = sentLines(entries);
  const send = useCommand('despatch.send', async () => {
    sayDone(t('despatched_done'));
    await navigate({ to: `/orders/${order.id}` });
  });

  function submit() {
    if (!lines) return;
    send.mutate({
      body: {
        order_id: order.id,
        expected_on: tail.on,
        lines,
        ...(from ? { from_place_id: from } : {}),
        ...(tail.carrier ? { carrier_id: tail.carrier } : {}),
        ...(tail.vehicle.trim() ? { vehicle: tail.vehicle.trim() } : {}),
      },
    });
  }

  return (
    <StepForm
      submit={t('send_goods', { count: lines?.length ?? 0 })}
      busy={send.isPending}
      error={send.error}
      disabled={!lines || lines.length === 0 || !tail.on}
      onSubmit={submit}
    >
      <DespatchedLines
        order={order}
        missing={proposal.missing}
        entries={entries}
        onChange={setEntries}
      />
      <div className="entry-row">
        <DateField
          label={t('expected_on')}
          value={tail.on}
          earliest={today}
          onChange={(on) => setTail({ ...tail, on })}
        />
        <SelectField
          label={t('carrier')}
          placeholder={t('own_carrier')}
          options={carriers.map((one) => ({ value: one.id, label: read(nameOf(one)) }))}
          value={tail.carrier}
          onChange={(carrier) => setTail({ ...tail, carrier })}
        />
        <TextField
          label={t('vehicle')}
          value={tail.vehicle}
          optional
          onChange={(vehicle) => setTail({ ...tail, vehicle })}
        />
      </div>
    </StepForm>
  );
}
