import { useState } from 'react';
import { useProductName } from '../../commerce/product-names.ts';
import { Choice } from '../../controls/Choice.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Order, OrderLine } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useStepTexts } from './texts.ts';

type Props = { order: Order; onDone: () => void };

/** The buyer's word on what the seller offered instead; agreed unless it is turned down. */
export function CounterForm({ order, onDone }: Props) {
  const t = useStepTexts();
  const lines = order.lines.filter(({ state }) => state === 'countered');
  const [refused, setRefused] = useState<ReadonlySet<number>>(new Set());
  const answer = useCommand('order.answer_counter', () => {
    sayDone(t('answered_done'));
    onDone();
  });

  function choose(line_no: number, agrees: boolean) {
    const next = new Set(refused);
    if (agrees) next.delete(line_no);
    else next.add(line_no);
    setRefused(next);
  }

  return (
    <StepForm
      submit={t('send_answer', { count: lines.length })}
      busy={answer.isPending}
      error={answer.error}
      onSubmit={() =>
        answer.mutate({
          params: { id: order.id },
          body: {
            lines: lines.map(({ line_no }) => ({ line_no, agree: !refused.has(line_no) })),
          },
        })
      }
    >
      {lines.map((line) => (
        <Offer
          key={line.line_no}
          line={line}
          currency={order.currency}
          agrees={!refused.has(line.line_no)}
          onChoose={(agrees) => choose(line.line_no, agrees)}
        />
      ))}
    </StepForm>
  );
}

type OfferProps = {
  line: OrderLine;
  currency: string;
  agrees: boolean;
  onChoose: (agrees: boolean) => void;
};

function Offer({ line, currency, agrees, onChoose }: OfferProps) {
  const t = useStepTexts();
  const format = useFormat();
  const productName = useProductName();
  const name = productName(line);
  const parts = (schedule: OrderLine['requested']) =>
    schedule
      .map(({ quantity, on }) => `${format.date(on)} ${format.quantity(quantity, line.unit)}`)
      .join(' · ');
  return (
    <section className="stack-tight offer">
      <h3>{name}</h3>
      <p className="muted">
        {t('asked', {
          quantity: format.quantity(line.quantity, line.unit),
          date: line.requested.map(({ on }) => format.date(on)).join(' · '),
        })}
      </p>
      <p className="strong">
        {t('offered', { offer: parts(line.offered ?? line.requested) })}
        {line.offered_price &&
          ` · ${t('offered_price', { price: format.priceIn(line.offered_price, currency) })}`}
      </p>
      {line.reason && <p className="muted">{line.reason}</p>}
      <Choice
        label={t('agree_with', { item: name })}
        look="pills"
        options={[
          { value: 'yes', label: t('agree') },
          { value: 'no', label: t('disagree') },
        ]}
        value={agrees ? 'yes' : 'no'}
        onChange={(value) => onChoose(value === 'yes')}
      />
    </section>
  );
}
