import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { currencyExponent } from '../../../../src/kernel/currencies.ts';
import { useProductName } from '../../commerce/product-names.ts';
import { DateField } from '../../controls/DateInput.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Order } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { parsePositive } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { invoiceTotal, leftToInvoice } from './defaults.ts';
import { OrderStepPage } from './OrderStepPage.tsx';
import { useStepTexts } from './texts.ts';

export function InvoicePage() {
  const t = useStepTexts();
  return (
    <OrderStepPage title={(number) => t('invoice_title', { number })}>
      {({ order }) => <InvoiceForm key={order.version} order={order} />}
    </OrderStepPage>
  );
}

/** An invoice for what the buyer kept; quantities can be changed before it is issued. */
function InvoiceForm({ order }: { order: Order }) {
  const t = useStepTexts();
  const format = useFormat();
  const navigate = useNavigate();
  const open = order.lines.filter((line) => leftToInvoice(line).gt(0));
  const [quantities, setQuantities] = useState<ReadonlyMap<number, string>>(
    () => new Map(open.map((line) => [line.line_no, leftToInvoice(line).toFixed()])),
  );
  const [number, setNumber] = useState('');
  const [issuedOn, setIssuedOn] = useState(format.today);
  const issue = useCommand('invoice.issue', async (invoice) => {
    sayDone(t('invoiced_done', { number: invoice.number }));
    await navigate({ to: `/orders/${order.id}` });
  });
  if (open.length === 0) return <Empty title={t('nothing_to_invoice')} />;
  const lines = open.flatMap(({ line_no }) => {
    const quantity = parsePositive(quantities.get(line_no) ?? '');
    return quantity ? [{ order_line_no: line_no, quantity }] : [];
  });
  const total = totalOf(order, lines);
  return (
    <div className="card narrow">
      <StepForm
        submit={t('issue', { total: format.money(total, order.currency) })}
        busy={issue.isPending}
        error={issue.error}
        disabled={lines.length === 0}
        onSubmit={() =>
          issue.mutate({
            body: {
              buyer_id: order.buyer.id,
              order_id: order.id,
              issued_on: issuedOn,
              lines,
              ...(number.trim() ? { number: number.trim() } : {}),
            },
          })
        }
      >
        {open.map((line) => (
          <InvoicedLine
            key={line.line_no}
            line={line}
            currency={order.currency}
            typed={quantities.get(line.line_no) ?? ''}
            onChange={(typed) => setQuantities(new Map(quantities).set(line.line_no, typed))}
          />
        ))}
        <div className="entry-row">
          <TextField
            label={t('invoice_number')}
            hint={t('invoice_number_hint')}
            value={number}
            optional
            onChange={setNumber}
          />
          <DateField label={t('issued_on')} value={issuedOn} onChange={setIssuedOn} />
        </div>
      </StepForm>
    </div>
  );
}

type LineProps = {
  line: Order['lines'][number];
  currency: string;
  typed: string;
  onChange: (typed: string) => void;
};

function InvoicedLine({ line, currency, typed, onChange }: LineProps) {
  const t = useStepTexts();
  const format = useFormat();
  const name = useProductName()(line);
  const left = format.quantity(leftToInvoice(line).toFixed(), line.unit);
  const hint = [
    t('accepted', { quantity: left }),
    format.priceIn(line.price, currency),
    t('tax', { rate: format.share(line.tax_rate) }),
  ];
  return (
    <TextField
      label={name}
      hint={hint.join(' · ')}
      value={typed}
      inputMode="decimal"
      suffix={format.unit(line.unit, typed)}
      fault={typed && !parsePositive(typed) ? t('fault_quantity') : undefined}
      onChange={onChange}
    />
  );
}

/** The total as it would be with these quantities in the place of what is left to invoice. */
function totalOf(order: Order, lines: readonly { order_line_no: number; quantity: string }[]) {
  const billed = order.lines.map((line) => ({
    ...line,
    returned: '0',
    invoiced: '0',
    accepted: lines.find(({ order_line_no }) => order_line_no === line.line_no)?.quantity ?? '0',
  }));
  return invoiceTotal({ ...order, lines: billed }, currencyExponent(order.currency));
}
