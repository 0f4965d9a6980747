import { z } from 'zod';
import { businessDate, minorUnits, page, route, uuid } from '../../kernel/index.ts';
import { accrueInterest } from './accruals.ts';
import { ageing } from './ageing.ts';
import { paymentRecordParties, paymentRecords } from './payment-record.ts';
import { getReceivable, listReceivables } from './receivable-queries.ts';
import { recordAcceptance } from './receivables.ts';
import {
  ageingRow,
  paymentRecord,
  receivable,
  receivableDetail,
  receivableQuery,
} from './schema.ts';

const byId = z.object({ id: uuid });

export const receivableRoutes = [
  route({
    id: 'receivable.list',
    method: 'GET',
    path: '/api/v1/receivables',
    permission: 'money.receivable.read',
    shared: ['invoices'],
    summary: {
      zh: '应收与应付，先到期的在前',
      en: 'Receivables or payables, the oldest due first',
    },
    query: receivableQuery,
    reply: page(receivable),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listReceivables(tx, query),
  }),
  route({
    id: 'receivable.age',
    method: 'GET',
    path: '/api/v1/receivables/ageing',
    permission: 'money.receivable.read',
    shared: ['invoices'],
    summary: { zh: '账龄', en: 'Ageing by partner' },
    query: z.object({ side: z.enum(['seller', 'buyer']).default('seller') }),
    reply: z.object({ items: z.array(ageingRow) }),
    faults: [],
    run: async (tx, { query }) => ({ items: await ageing(tx, query.side) }),
  }),
  route({
    id: 'receivable.accrue',
    method: 'POST',
    path: '/api/v1/receivables/accruals',
    permission: 'money.receivable.accrue',
    summary: { zh: '计提逾期利息', en: 'Book late interest up to a day' },
    body: z.object({ as_of: businessDate, receivable_id: uuid.optional() }),
    reply: z.object({
      items: z.array(
        z.object({ receivable_id: uuid, number: z.string(), interest_minor: minorUnits }),
      ),
    }),
    faults: ['money.in_future', 'money.receivable_unknown', 'money.not_your_part'],
    run: async (tx, { body }) => ({ items: await accrueInterest(tx, body) }),
  }),
  route({
    id: 'receivable.get',
    method: 'GET',
    path: '/api/v1/receivables/{id}',
    permission: 'money.receivable.read',
    shared: ['invoices'],
    summary: { zh: '一笔应收款及其付款时钟', en: 'One receivable with its payment clock' },
    params: byId,
    reply: receivableDetail,
    faults: ['money.receivable_unknown'],
    run: (tx, { params }) => getReceivable(tx, params.id),
  }),
  route({
    id: 'receivable.accept',
    method: 'POST',
    path: '/api/v1/receivables/{id}/acceptance',
    permission: 'money.receivable.accept',
    summary: { zh: '登记验收合格日期', en: 'Record the day the inspection passed' },
    params: byId,
    body: z.object({ accepted_on: businessDate }),
    reply: receivableDetail,
    faults: [
      'money.in_future',
      'money.receivable_unknown',
      'money.not_your_part',
      'money.accepted_already',
    ],
    run: async (tx, { params, body }) => {
      await recordAcceptance(tx, params.id, body.accepted_on);
      return getReceivable(tx, params.id);
    },
  }),
  route({
    id: 'payment_record.get',
    method: 'GET',
    path: '/api/v1/payments/record',
    permission: 'money.receivable.read',
    shared: ['invoices', 'ledger'],
    summary: { zh: '采购方的付款记录', en: 'How a buyer pays' },
    query: z.object({ buyer_id: uuid, from: businessDate, to: businessDate }),
    reply: z.object({ items: z.array(paymentRecord) }),
    faults: [],
    shows: (tx, _reply, { query }) => paymentRecordParties(tx, query),
    run: async (tx, { query }) => ({ items: await paymentRecords(tx, query) }),
  }),
];
