import type { Dispute } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useTodayTexts } from './texts.ts';

/** A dispute knows its invoice by id alone: number and currency are read with the invoice. */
export function DisputedInvoice({ dispute }: { dispute: Dispute }) {
  const t = useTodayTexts();
  const format = useFormat();
  const invoice = useApi('invoice.get', { params: { id: dispute.invoice_id } });
  const { number, currency } = invoice.data ?? {};
  if (!number || !currency) return '…';
  return `${t('dispute_of', { number })} · ${format.money(dispute.amount_minor, currency)}`;
}
