import { useNavigate, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { OrderView } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { AnswerForm } from '../phone/AnswerForm.tsx';
import { toLineAnswer } from '../phone/answer.ts';
import { FlowStrip } from '../phone/FlowStrip.tsx';
import { usePhoneTexts } from '../phone/texts.ts';
import { Page } from '../shell/Page.tsx';
import { useProductName } from './product-names.ts';

/** The answer to an order, line by line, made for one thumb. */
export function AnswerPage() {
  const t = usePhoneTexts();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const view = useApi('order.view', { params: { id } });
  if (view.isError) {
    return (
      <Page title={t('answer')} back={`/orders/${id}`}>
        <ProblemNotice error={view.error} onRetry={() => void view.refetch()} />
      </Page>
    );
  }
  if (!view.data) {
    return (
      <Page title={t('answer')} back={`/orders/${id}`}>
        <Skeleton rows={6} />
      </Page>
    );
  }
  return <Answer view={view.data} />;
}

function Answer({ view }: { view: OrderView }) {
  const t = usePhoneTexts();
  const format = useFormat();
  const read = useBilingual();
  const productName = useProductName();
  const navigate = useNavigate();
  const { order } = view;
  const respond = useCommand('order.respond', async () => {
    sayDone(t('answered'));
    await navigate({ to: `/orders/${order.id}` });
  });
  const lines = order.lines
    .filter(({ state }) => state === 'open')
    .map((line) => ({
      id: String(line.line_no),
      name: productName(line),
      quantity: line.quantity,
      price: line.price,
      unit: line.unit,
      currency: order.currency,
      wanted_on: line.requested[0]?.on ?? order.requested_on,
    }));
  const ask = t('asks', { buyer: read(order.buyer.name), count: lines.length });
  const sum = t('sum', { total: format.money(order.total_minor, order.currency) });
  return (
    <Page
      title={order.number}
      back={`/orders/${order.id}`}
      subtitle={
        <>
          <p className="answer-ask">{ask}</p>
          <p>{sum}</p>
        </>
      }
    >
      <FlowStrip begun={['commerce']} />
      {respond.isError && <ProblemNotice error={respond.error} />}
      {lines.length === 0 ? (
        <p className="muted">{t('nothing_open')}</p>
      ) : (
        <AnswerForm
          key={order.version}
          lines={lines}
          busy={respond.isPending}
          onSend={(answers) =>
            respond.mutate({
              params: { id: order.id },
              body: {
                lines: lines.flatMap((line) => {
                  const answer = answers.get(line.id);
                  return answer ? [toLineAnswer(line, answer, t)] : [];
                }),
              },
            })
          }
        />
      )}
    </Page>
  );
}
