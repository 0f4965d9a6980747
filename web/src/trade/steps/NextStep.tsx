import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { currencyExponent } from '../../../../src/kernel/currencies.ts';
import { Button } from '../../controls/Button.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { OrderView } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Step } from '../order/next-step.ts';
import { expectedOn, invoiceTotal, leftToInvoice } from './defaults.ts';
import { useDespatchProposal } from './despatch-proposal.ts';
import { useStepTexts } from './texts.ts';

type Props = { view: OrderView; step: Step; onOpen: (step: Step) => void };

/**
 * The one button of an order. Answering, despatching and invoicing take one tap with what most
 * orders need filled in; "look first" opens the form with the same values.
 */
export function NextStep({ view, step, onOpen }: Props) {
  const t = useStepTexts();
  const { order } = view;
  if (step === 'respond') return <AcceptAll view={view} />;
  if (step === 'despatch') return <SendAll view={view} />;
  if (step === 'invoice') return <InvoiceAll view={view} />;
  if (step === 'receive') {
    const waiting = view.despatches.find(({ state }) => state === 'under_way');
    return (
      <Link to={`/shipments/${waiting?.id}/receive`} className="button is-primary is-medium">
        {t('receive', { number: waiting?.number ?? order.number })}
      </Link>
    );
  }
  return (
    <Button kind="primary" onClick={() => onOpen(step)}>
      {t(step)}
    </Button>
  );
}

type OneTapProps = {
  label: string;
  look: string;
  busy: boolean;
  error: unknown;
  disabled?: boolean;
  onTap: () => void;
  note?: ReactNode;
};

function OneTap({ label, look, busy, error, disabled, onTap, note }: OneTapProps) {
  const t = useStepTexts();
  return (
    <div className="one-tap">
      {error !== null && <ProblemNotice error={error} />}
      {note}
      <div className="one-tap-row">
        <Link to={look} className="button is-plain is-medium">
          {t('look_first')}
        </Link>
        <Button kind="primary" busy={busy} disabled={disabled ?? false} onClick={onTap}>
          {label}
        </Button>
      </div>
    </div>
  );
}

function AcceptAll({ view: { order } }: { view: OrderView }) {
  const t = useStepTexts();
  const respond = useCommand('order.respond', () => sayDone(t('accepted_done')));
  const open = order.lines.filter(({ state }) => state === 'open');
  return (
    <OneTap
      label={t('accept_all', { count: open.length })}
      look={`/orders/${order.id}/answer`}
      busy={respond.isPending}
      error={respond.error}
      onTap={() =>
        respond.mutate({
          params: { id: order.id },
          body: { lines: open.map(({ line_no }) => ({ line_no, answer: 'accept' as const })) },
        })
      }
    />
  );
}

function SendAll({ view: { order } }: { view: OrderView }) {
  const t = useStepTexts();
  const { today } = useFormat();
  const navigate = useNavigate();
  const proposal = useDespatchProposal(order, true);
  const send = useCommand('despatch.send', () => sayDone(t('despatched_done')));
  const form = `/orders/${order.id}/despatch`;
  const { from_place_id, lines = [], missing = [] } = proposal.data ?? {};
  const items = new Set(lines.map((line) => line.order_line_no)).size;

  function tap() {
    // The shelf does not hold it all: what to send now is a decision, so the form opens.
    if (missing.length > 0) return void navigate({ to: form });
    send.mutate({
      body: {
        order_id: order.id,
        expected_on: expectedOn(order, today),
        lines: [...lines],
        ...(from_place_id ? { from_place_id } : {}),
      },
    });
  }

  return (
    <OneTap
      label={
        missing.length > 0
          ? t('despatch_part', { count: missing.length })
          : t('despatch_all', { count: items })
      }
      look={form}
      busy={send.isPending || proposal.isPending}
      error={send.error ?? proposal.error}
      onTap={tap}
    />
  );
}

function InvoiceAll({ view: { order } }: { view: OrderView }) {
  const t = useStepTexts();
  const format = useFormat();
  const issue = useCommand('invoice.issue', ({ number }) =>
    sayDone(t('invoiced_done', { number })),
  );
  const lines = order.lines.filter((line) => leftToInvoice(line).gt(0));
  const total = invoiceTotal(order, currencyExponent(order.currency));
  return (
    <OneTap
      label={t('invoice_all', { total: format.money(total, order.currency) })}
      look={`/orders/${order.id}/invoice`}
      busy={issue.isPending}
      error={issue.error}
      onTap={() =>
        issue.mutate({
          body: {
            buyer_id: order.buyer.id,
            order_id: order.id,
            lines: lines.map((line) => ({
              order_line_no: line.line_no,
              quantity: leftToInvoice(line).toFixed(),
            })),
          },
        })
      }
    />
  );
}
