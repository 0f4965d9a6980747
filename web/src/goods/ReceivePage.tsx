import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Despatch } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { Page } from '../shell/Page.tsx';
import { type Arrival, allGood, faultOf, toReceiptLine } from './arrival.ts';
import { ReceiveLine } from './ReceiveLine.tsx';
import { useGoodsTexts } from './texts.ts';
import './goods.css';
import '../phone/phone.css';

/** The receipt of a shipment on one screen: everything is here until it is said not to be. */
export function ReceivePage() {
  const t = useGoodsTexts();
  const read = useBilingual();
  const format = useFormat();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useApi('despatch.get', { params: { id } });
  const despatch = found.data?.id === id ? found.data : undefined;
  const from = despatch && [
    read(despatch.seller.name),
    `${t('despatched')} ${format.instant(despatch.despatched_at)}`,
  ];
  return (
    <Page
      title={t('receive_title', { number: despatch?.number ?? '' })}
      back={`/shipments/${id}`}
      subtitle={from?.join(' · ')}
    >
      {found.isError && <ProblemNotice error={found.error} />}
      {!despatch && found.isPending && <Skeleton rows={6} />}
      {despatch && <Receive despatch={despatch} />}
    </Page>
  );
}

function Receive({ despatch }: { despatch: Despatch }) {
  const t = useGoodsTexts();
  const navigate = useNavigate();
  const [arrivals, setArrivals] = useState<ReadonlyMap<number, Arrival>>(new Map());
  const [tried, setTried] = useState(false);
  const receive = useCommand('receipt.record', async () => {
    sayDone(t('received_done'));
    await navigate({ to: `/orders/${despatch.order_id}` });
  });
  const arrivalOf = (line_no: number) => arrivals.get(line_no) ?? allGood;
  const { lines } = despatch;
  const poor = lines.filter(({ line_no }) => !arrivalOf(line_no).good).length;

  function send() {
    setTried(true);
    if (lines.some(({ line_no, quantity }) => faultOf(quantity, arrivalOf(line_no)))) return;
    receive.mutate({
      body: {
        despatch_id: despatch.id,
        lines: lines.map((line) => toReceiptLine(line, arrivalOf(line.line_no))),
      },
    });
  }

  if (despatch.state !== 'under_way' && !receive.isPending && !receive.isSuccess) {
    return <p className="muted">{t('over')}</p>;
  }
  return (
    <form
      className="stack-tight answer-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ol className="answer-lines">
        {lines.map((line) => (
          <ReceiveLine
            key={line.line_no}
            line={line}
            sender={despatch.seller.id}
            arrival={arrivalOf(line.line_no)}
            fault={tried ? faultOf(line.quantity, arrivalOf(line.line_no)) : undefined}
            onChange={(change) =>
              setArrivals((before) => {
                const was = before.get(line.line_no) ?? allGood;
                return new Map(before).set(line.line_no, { ...was, ...change });
              })
            }
          />
        ))}
      </ol>
      {receive.isError && <ProblemNotice error={receive.error} />}
      <div className="answer-send">
        <Button kind="primary" size="large" type="submit" busy={receive.isPending}>
          {poor > 0
            ? t('send_receipt_poor', { count: lines.length, poor })
            : t('send_receipt', { count: lines.length })}
        </Button>
      </div>
    </form>
  );
}
