import { z } from 'zod';
import { page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { listAccounts, openAccount } from './accounts.ts';
import { balanceFilter, listBalances } from './balances.ts';
import { entryFilter, getEntry, listEntries, postEntry, reverseEntry } from './entries.ts';
import { reconcile } from './reconciliation.ts';
import { account, balance, entry, finding, manualEntry, newAccount, reversal } from './schema.ts';

const byId = z.object({ id: uuid });

export const ledgerRoutes = [
  route({
    id: 'account.list',
    method: 'GET',
    path: '/api/v1/ledger/accounts',
    permission: 'money.account.read',
    shared: ['ledger'],
    summary: { zh: '会计科目', en: 'Chart of accounts' },
    reply: z.object({ items: z.array(account) }),
    faults: [],
    run: async (tx) => ({ items: await listAccounts(tx) }),
  }),
  route({
    id: 'account.open',
    method: 'POST',
    path: '/api/v1/ledger/accounts',
    permission: 'money.account.open',
    summary: { zh: '增设明细科目', en: 'Open an account under one of the chart' },
    body: newAccount,
    reply: account,
    status: 201,
    faults: ['money.account_unknown', 'money.account_taken'],
    run: (tx, { body }) => openAccount(tx, body),
  }),
  route({
    id: 'balance.list',
    method: 'GET',
    path: '/api/v1/ledger/balances',
    permission: 'money.entry.read',
    shared: ['ledger'],
    summary: { zh: '科目余额', en: 'Balances by account and partner' },
    query: pageQuery.extend(balanceFilter.shape),
    reply: page(balance),
    faults: ['kernel.malformed'],
    shows: async (_tx, { items }, { query }) =>
      items.map((row) => ({ owner_id: query.party_id, counterparty_id: row.counterparty?.id })),
    run: (tx, { query }) => listBalances(tx, query),
  }),
  route({
    id: 'entry.list',
    method: 'GET',
    path: '/api/v1/ledger/entries',
    permission: 'money.entry.read',
    shared: ['ledger'],
    summary: { zh: '分录，新的在前', en: 'Entries, the newest first' },
    query: pageQuery.extend(entryFilter.shape),
    reply: page(entry),
    faults: ['kernel.malformed'],
    shows: async (_tx, { items }, { query }) =>
      items.map((row) => ({ owner_id: query.party_id, counterparty_id: row.counterparty_id })),
    run: (tx, { query }) => listEntries(tx, query),
  }),
  route({
    id: 'entry.get',
    method: 'GET',
    path: '/api/v1/ledger/entries/{id}',
    permission: 'money.entry.read',
    summary: { zh: '一笔分录', en: 'One entry' },
    params: byId,
    reply: entry,
    faults: ['money.entry_unknown'],
    run: (tx, { params }) => getEntry(tx, params.id),
  }),
  route({
    id: 'entry.post',
    method: 'POST',
    path: '/api/v1/ledger/entries',
    permission: 'money.entry.post',
    summary: { zh: '手工记账', en: 'Post an entry by hand' },
    body: manualEntry,
    reply: entry,
    status: 201,
    faults: [
      'money.unbalanced',
      'money.account_unknown',
      'money.account_reserved',
      'money.in_future',
    ],
    run: (tx, { body }) => postEntry(tx, body),
  }),
  route({
    id: 'entry.reverse',
    method: 'POST',
    path: '/api/v1/ledger/entries/{id}/reversal',
    permission: 'money.entry.reverse',
    summary: { zh: '冲销手工分录', en: 'Reverse an entry made by hand' },
    params: byId,
    body: reversal,
    reply: entry,
    status: 201,
    faults: ['money.entry_unknown', 'money.entry_not_reversible'],
    run: (tx, { params, body }) => reverseEntry(tx, params.id, body.reason),
  }),
  route({
    id: 'ledger.reconcile',
    method: 'GET',
    path: '/api/v1/ledger/reconciliation',
    permission: 'money.entry.read',
    summary: { zh: '对账检查：空即无误', en: 'Holds the books against each other; empty is sound' },
    reply: z.object({ items: z.array(finding) }),
    faults: [],
    run: async (tx) => ({ items: await reconcile(tx) }),
  }),
];
