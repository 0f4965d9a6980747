-- The books of every party: a memo ledger, since the platform holds no cash. Amounts are signed,
-- debit above zero and credit below, so that an entry balances where its lines add up to nothing.
-- counterparty_id is the owner itself where nobody else is concerned: a key takes no null.

-- A party's own account under one of the chart (1002.01 for one of its banks).
create table account (
  chain_id uuid not null,
  owner_id uuid not null,
  code text not null,
  parent_code text not null,
  name_zh text not null,
  name_en text not null,
  opened_at timestamptz not null,
  primary key (chain_id, owner_id, code)
);
call shard('account', reads => 'owner_id = :actor or owner_id = any(:reads_ledger)',
  writes => 'owner_id = :actor');

-- The counterparty may see, and its commands may write, what concerns the two of them: one
-- transaction writes both books.
create table entry (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  counterparty_id uuid not null,
  kind text not null check (kind in
    ('invoice', 'credit_note', 'payment', 'allocation', 'late_interest', 'manual', 'reversal')),
  subject_id uuid not null,
  fact_id uuid not null,
  reverses_id uuid,
  booked_on date not null,
  memo text not null,
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
create index entry_owner on entry (chain_id, owner_id, booked_on desc, id desc);
create index entry_subject on entry (chain_id, subject_id);
-- An entry is reversed once.
create unique index entry_reverses on entry (chain_id, reverses_id) where reverses_id is not null;
call shard('entry',
  reads => ':actor in (owner_id, counterparty_id) or owner_id = any(:reads_ledger)',
  writes => ':actor in (owner_id, counterparty_id)');

create table entry_line (
  chain_id uuid not null,
  entry_id uuid not null,
  line_no integer not null,
  owner_id uuid not null,
  counterparty_id uuid not null,
  account_code text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (chain_id, entry_id, line_no)
);
create index entry_line_account on entry_line
  (chain_id, owner_id, account_code, counterparty_id, currency);
call shard('entry_line',
  reads => ':actor in (owner_id, counterparty_id) or owner_id = any(:reads_ledger)',
  writes => ':actor in (owner_id, counterparty_id)');
alter table entry_line add foreign key (chain_id, entry_id) references entry (chain_id, id);

-- Sums of the lines, kept while they are written; reconciliation holds the two against each other.
create table account_balance (
  chain_id uuid not null,
  owner_id uuid not null,
  account_code text not null,
  counterparty_id uuid not null,
  currency char(3) not null,
  debit_minor bigint not null check (debit_minor >= 0),
  credit_minor bigint not null check (credit_minor >= 0),
  primary key (chain_id, owner_id, account_code, counterparty_id, currency)
);
call shard('account_balance',
  reads => ':actor in (owner_id, counterparty_id) or owner_id = any(:reads_ledger)',
  writes => ':actor in (owner_id, counterparty_id)', changes => 'update');
