import { z } from 'zod';
import { currency, kernelFault, page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { acceptMatch, listMatches, setLineAside } from './matches.ts';
import { getPayment, listPayments } from './payment-queries.ts';
import { allocatePayment, confirmPayment, recordPayment, refusePayment } from './payments.ts';
import {
  allocations,
  matchChoice,
  matchProposal,
  newPayment,
  payment,
  paymentQuery,
  refusal,
  statementLine,
} from './schema.ts';
import { importStatement, listStatementLines } from './statements.ts';

const byId = z.object({ id: uuid });
const csv = ['text/csv'];
const allocationFaults = [
  'money.receivable_unknown',
  'money.wrong_pair',
  'money.above_open',
  'money.above_payment',
];

const paymentRoutes = [
  route({
    id: 'payment.list',
    method: 'GET',
    path: '/api/v1/payments',
    permission: 'money.payment.read',
    shared: ['ledger'],
    summary: { zh: '收付款，新的在前', en: 'Payments, the newest first' },
    query: paymentQuery,
    reply: page(payment),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listPayments(tx, query),
  }),
  route({
    id: 'payment.get',
    method: 'GET',
    path: '/api/v1/payments/{id}',
    permission: 'money.payment.read',
    shared: ['invoices', 'ledger'],
    summary: { zh: '一笔付款', en: 'One payment' },
    params: byId,
    reply: payment,
    faults: ['money.payment_unknown'],
    run: (tx, { params }) => getPayment(tx, params.id),
  }),
  route({
    id: 'payment.record',
    method: 'POST',
    path: '/api/v1/payments',
    permission: 'money.payment.record',
    summary: { zh: '登记付款或收款', en: 'Record a payment made or received' },
    body: newPayment,
    reply: payment,
    status: 201,
    faults: [
      'money.pays_itself',
      'money.not_your_part',
      'money.in_future',
      'money.payment_known',
      ...allocationFaults,
    ],
    run: async (tx, { body }) => getPayment(tx, await recordPayment(tx, body)),
  }),
  route({
    id: 'payment.confirm',
    method: 'POST',
    path: '/api/v1/payments/{id}/confirmation',
    permission: 'money.payment.confirm',
    summary: { zh: '确认到账', en: 'Confirm that the money came' },
    params: byId,
    body: z.object({ allocations: allocations.default([]) }),
    reply: payment,
    faults: [
      'money.payment_unknown',
      'money.payment_state',
      'money.not_your_part',
      ...allocationFaults,
    ],
    run: async (tx, { params, body }) => {
      await confirmPayment(tx, params.id, body.allocations);
      return getPayment(tx, params.id);
    },
  }),
  route({
    id: 'payment.refuse',
    method: 'POST',
    path: '/api/v1/payments/{id}/refusal',
    permission: 'money.payment.confirm',
    summary: { zh: '未收到款项', en: 'Say that the money never came' },
    params: byId,
    body: refusal,
    reply: payment,
    faults: ['money.payment_unknown', 'money.payment_state', 'money.not_your_part'],
    run: async (tx, { params, body }) => {
      await refusePayment(tx, params.id, body.reason);
      return getPayment(tx, params.id);
    },
  }),
  route({
    id: 'payment.allocate',
    method: 'POST',
    path: '/api/v1/payments/{id}/allocations',
    permission: 'money.payment.allocate',
    summary: { zh: '核销：把付款分配到发票', en: 'Put a payment against invoices' },
    params: byId,
    body: z.object({ allocations: allocations.min(1) }),
    reply: payment,
    faults: ['money.payment_unknown', 'money.payment_state', ...allocationFaults],
    run: async (tx, { params, body }) => {
      await allocatePayment(tx, params.id, body.allocations);
      return getPayment(tx, params.id);
    },
  }),
];

const statementRoutes = [
  route({
    id: 'statement.import',
    method: 'POST',
    path: '/api/v1/statements',
    permission: 'money.statement.import',
    summary: { zh: '导入银行对账单(CSV)', en: 'Import a bank statement (CSV)' },
    query: z.object({
      currency: currency.default('CNY'),
      /** Leaves out what cannot be read instead of refusing the whole. */
      take_good: z.stringbool().default(false),
    }),
    takes: csv,
    reply: z.object({
      statement_id: uuid,
      taken: z.int(),
      known: z.int(),
      unread: z.int(),
    }),
    status: 201,
    faults: ['kernel.media_type', 'money.statement_unreadable', 'money.statement_known'],
    run: (tx, { document, query }) => {
      if (!document) throw kernelFault('kernel.media_type', { type: '—', allowed: csv.join(', ') });
      const file_name = document.file_name ?? 'statement.csv';
      return importStatement(tx, { bytes: document.bytes, file_name, ...query });
    },
  }),
  route({
    id: 'statement_line.list',
    method: 'GET',
    path: '/api/v1/statements/lines',
    permission: 'money.statement.read',
    summary: { zh: '银行流水', en: 'Lines of bank statements' },
    query: pageQuery.extend({ waiting: z.stringbool().optional() }),
    reply: page(statementLine),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listStatementLines(tx, query),
  }),
  route({
    id: 'statement_line.match',
    method: 'GET',
    path: '/api/v1/statements/matches',
    permission: 'money.statement.read',
    summary: { zh: '待处理流水及匹配建议', en: 'Lines that wait, with what they seem to be' },
    query: pageQuery,
    reply: page(matchProposal),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listMatches(tx, query),
  }),
  route({
    id: 'statement_line.accept',
    method: 'POST',
    path: '/api/v1/statements/lines/{id}/match',
    permission: 'money.payment.confirm',
    summary: { zh: '认定流水对应的付款', en: 'Say which payment a line is' },
    params: byId,
    body: matchChoice,
    reply: payment,
    faults: [
      'money.statement_line_unknown',
      'money.match_unfit',
      'money.payment_unknown',
      'money.payment_state',
      'money.payment_known',
      'money.in_future',
      ...allocationFaults,
    ],
    run: async (tx, { params, body }) => getPayment(tx, await acceptMatch(tx, params.id, body)),
  }),
  route({
    id: 'statement_line.set_aside',
    method: 'POST',
    path: '/api/v1/statements/lines/{id}/set-aside',
    permission: 'money.statement.import',
    summary: { zh: '标记为与本链无关', en: 'Set a line aside as no trade of this chain' },
    params: byId,
    reply: z.object({ id: uuid }),
    faults: ['money.statement_line_unknown'],
    run: async (tx, { params }) => {
      await setLineAside(tx, params.id);
      return { id: params.id };
    },
  }),
];

export const settlementRoutes = [...paymentRoutes, ...statementRoutes];
