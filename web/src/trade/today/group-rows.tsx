import type { ReactNode } from 'react';
import { daysBetween } from '../../../../src/kernel/dates.ts';
import { useProductName } from '../../commerce/product-names.ts';
import type {
  DocumentRow,
  HeldLeft,
  OrderRow,
  Payment,
  RecallNotice,
  Receivable,
  RightsRequest,
  Today,
} from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { writeSearch } from '../../kernel/search.ts';
import { useSession } from '../../kernel/session.ts';
import { useRightsTexts } from '../../rights/texts.ts';
import { DisputedInvoice } from './DisputedInvoice.tsx';
import { GROUP_PAGES, type Group } from './groups.ts';
import { useTodayTexts } from './texts.ts';

export type TodayRow = {
  id: string;
  to: string;
  title: ReactNode;
  who: string;
  when: string;
  late: boolean;
};

/** The rows of a group, each in one line: what, with whom, and how late or until when. */
export function useGroupRows(group: Group, today: Today): TodayRow[] {
  const order = useOrderRow();
  const money = useMoneyRow();
  const other = useOtherRow();
  const right = useRightRow();
  switch (group) {
    case 'overdue_receivables':
    case 'overdue_payables':
      return today[group].items.map((item) => money(item, group));
    case 'disputes':
      return today.disputes.items.map((item) => ({
        id: item.id,
        to: `/invoices/${item.invoice_id}`,
        title: <DisputedInvoice dispute={item} />,
        who: item.reason,
        when: other.opened(item.opened_at),
        late: false,
      }));
    case 'refused_documents':
      return today.refused_documents.items.map(other.document);
    case 'to_receive':
      return today.to_receive.items.map(other.shipment);
    case 'payments_to_confirm':
      return today.payments_to_confirm.items.map(other.payment);
    case 'recalls_to_answer':
      return today.recalls_to_answer.items.map(other.recall);
    case 'held_goods_left':
      return today.held_goods_left.items.map(other.held);
    case 'rights_to_answer':
      return today.rights_to_answer.items.map(right);
    default:
      return today[group].items.map((item) => order(item, group));
  }
}

function useOrderRow() {
  const t = useTodayTexts();
  const format = useFormat();
  const read = useBilingual();
  const { party } = useSession();
  return (item: OrderRow, group: Group): TodayRow => {
    const due = item.due_on ?? item.requested_on;
    const late = due < format.today;
    const total = format.money(item.total_minor, item.currency);
    const wish = group === 'to_answer' ? 'wants' : 'due';
    return {
      id: item.id,
      to: `/orders/${item.id}`,
      title: item.number,
      who: `${read((item.seller.id === party.id ? item.buyer : item.seller).name)} · ${total}`,
      when: late
        ? t('late_by', { count: daysBetween(due, format.today) })
        : t(wish, { date: format.date(due) }),
      late,
    };
  };
}

function useMoneyRow() {
  const t = useTodayTexts();
  const format = useFormat();
  const read = useBilingual();
  return (item: Receivable, group: Group): TodayRow => {
    const partner = group === 'overdue_receivables' ? item.buyer : item.seller;
    const interest = BigInt(item.interest_minor) - BigInt(item.interest_paid_minor);
    const notes = [
      read(partner.name),
      format.money(item.payable_minor, item.currency),
      interest > 0n && t('interest', { total: format.money(interest.toString(), item.currency) }),
    ];
    return {
      id: item.id,
      to: `/invoices/${item.id}`,
      title: item.number,
      who: notes.filter(Boolean).join(' · '),
      when: t('overdue_by', { count: item.clock.days_late }),
      late: true,
    };
  };
}

function useRightRow() {
  const t = useTodayTexts();
  const rights = useRightsTexts();
  const format = useFormat();
  const partyName = usePartyName();
  return ({ id, kind, requester_id, statement, due_on, overdue }: RightsRequest): TodayRow => ({
    id,
    to: GROUP_PAGES.rights_to_answer,
    title: `${partyName(requester_id)} · ${rights(`kind_${kind}`)}`,
    who: statement,
    when: overdue
      ? t('late_by', { count: daysBetween(due_on, format.today) })
      : t('answer_by', { date: format.date(due_on) }),
    late: overdue,
  });
}

function useOtherRow() {
  const t = useTodayTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const read = useBilingual();
  const product = useProductName();
  return {
    opened: (at: string) => format.dateOf(at),
    recall: (item: RecallNotice): TodayRow => ({
      id: item.id,
      to: `/recall-notices/${item.id}`,
      title: item.title,
      who: `${partyName(item.owner_id)} · ${item.number}`,
      when: item.sent_at ? format.instant(item.sent_at) : '',
      late: true,
    }),
    held: (item: HeldLeft): TodayRow => ({
      id: `${item.place_id} ${item.product_id} ${item.lot}`,
      to: `/stock/thread${writeSearch({
        ...{ place_id: item.place_id, product_id: item.product_id, lot: item.lot },
        unit: item.unit,
      })}`,
      title: [product({ ...item, name: item.product_name }), item.lot].filter(Boolean).join(' · '),
      who: t(`held_and_${item.what}`, {
        held: format.quantity(item.held, item.unit),
        quantity: format.quantity(item.quantity, item.unit),
      }),
      when: '',
      late: true,
    }),
    document: (item: DocumentRow): TodayRow => ({
      id: item.id,
      to: `/documents/${item.id}`,
      title: item.number ?? item.file_name ?? t('unnamed_document'),
      who: format.instant(item.received_at),
      when: t('errors', { count: item.error_count }),
      late: true,
    }),
    shipment: (item: Today['to_receive']['items'][number]): TodayRow => {
      const late = item.expected_on < format.today;
      return {
        id: item.id,
        to: `/shipments/${item.id}/receive`,
        title: item.number,
        who: t('from', { name: read(item.seller.name) }),
        when: late
          ? t('late_by', { count: daysBetween(item.expected_on, format.today) })
          : t('expected', { date: format.date(item.expected_on) }),
        late,
      };
    },
    payment: (item: Payment): TodayRow => ({
      id: item.id,
      to: '/invoices?tab=payments&side=payee&state=recorded',
      title: read(item.payer.name),
      who: item.reference ?? '',
      when: t('paid', {
        date: format.date(item.paid_on),
        total: format.money(item.amount_minor, item.currency),
      }),
      late: false,
    }),
  };
}
