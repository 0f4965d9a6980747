-- A transfer between two parties, as one of them says and the other confirms.
create table payment (
  chain_id uuid not null,
  id uuid not null,
  payer_id uuid not null,
  payee_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  allocated_minor bigint not null check (allocated_minor between 0 and amount_minor),
  paid_on date not null,
  reference text,
  -- What the payer says it pays: [{ "receivable_id", "toward", "amount_minor" }].
  remittance jsonb not null,
  state text not null check (state in ('recorded', 'confirmed', 'refused')),
  reason text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (chain_id, id),
  check (allocated_minor = 0 or state = 'confirmed')
);
create index payment_payer on payment (chain_id, payer_id, paid_on desc, id desc);
create index payment_payee on payment (chain_id, payee_id, paid_on desc, id desc);
-- One transfer is recorded once, whoever records it.
create unique index payment_reference on payment (chain_id, payer_id, payee_id, reference)
  where reference is not null and state <> 'refused';
call shard('payment', reads => ':actor in (payer_id, payee_id) or payer_id = any(:reads_ledger)
    or payee_id = any(:reads_ledger)',
  writes => ':actor in (payer_id, payee_id)', changes => 'update');

create table payment_allocation (
  chain_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  receivable_id uuid not null,
  payer_id uuid not null,
  payee_id uuid not null,
  toward text not null check (toward in ('principal', 'interest')),
  -- Below zero where a credit note gave a paid part back: the payment is an advance again.
  amount_minor bigint not null check (amount_minor <> 0),
  paid_on date not null,
  allocated_on date not null,
  primary key (chain_id, id)
);
create index payment_allocation_payment on payment_allocation (chain_id, payment_id);
create index payment_allocation_receivable on payment_allocation (chain_id, receivable_id);
call shard('payment_allocation',
  reads => ':actor in (payer_id, payee_id) or payer_id = any(:reads_invoices)
    or payee_id = any(:reads_invoices)',
  writes => ':actor in (payer_id, payee_id)');
alter table payment_allocation add foreign key (chain_id, payment_id)
  references payment (chain_id, id);
alter table payment_allocation add foreign key (chain_id, receivable_id)
  references receivable (chain_id, id);

create table bank_statement (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  file_name text not null,
  sha256 bytea not null,
  imported_at timestamptz not null,
  primary key (chain_id, id)
);
-- The same file twice has one effect.
create unique index bank_statement_file on bank_statement (chain_id, owner_id, sha256);
call shard('bank_statement', reads => 'owner_id = :actor', writes => 'owner_id = :actor');

-- Money in is above zero, money out below.
create table bank_statement_line (
  chain_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  owner_id uuid not null,
  line_no integer not null,
  booked_on date not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  counterparty_name text not null,
  reference text,
  memo text not null,
  payment_id uuid,
  set_aside_at timestamptz,
  primary key (chain_id, id)
);
create index bank_statement_line_owner on bank_statement_line
  (chain_id, owner_id, booked_on desc, id desc);
-- Statements overlap: a transfer that the bank has numbered is taken once.
create unique index bank_statement_line_reference on bank_statement_line
  (chain_id, owner_id, reference) where reference is not null;
create unique index bank_statement_line_payment on bank_statement_line
  (chain_id, owner_id, payment_id) where payment_id is not null;
call shard('bank_statement_line', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');
alter table bank_statement_line add foreign key (chain_id, statement_id)
  references bank_statement (chain_id, id);
