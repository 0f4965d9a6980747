-- What is owed on one invoice, and when. The id is the invoice's: a receivable has none of its own.
create table receivable (
  chain_id uuid not null,
  id uuid not null,
  number text not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  currency char(3) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null check (total_minor > 0 and total_minor = net_minor + tax_minor),
  credited_minor bigint not null check (credited_minor >= 0),
  paid_minor bigint not null check (paid_minor >= 0),
  disputed_minor bigint not null check (disputed_minor >= 0),
  open_minor bigint not null check (open_minor = total_minor - credited_minor - paid_minor),
  interest_minor bigint not null check (interest_minor >= 0),
  interest_paid_minor bigint not null check (interest_paid_minor >= 0),
  -- The day up to which late interest was booked last.
  interest_accrued_to date,
  -- Where each side books it: a freight bill is no stock.
  revenue_account text not null,
  cost_account text not null,
  issued_on date not null,
  buyer_kind text not null check (buyer_kind in ('large', 'public', 'sme')),
  -- As declared when the contract was made; never changed after (Decree 802, article 3).
  seller_size text not null
    check (seller_size in ('micro', 'small', 'medium', 'large', 'undeclared')),
  delivered_on date not null,
  inspection_due_on date,
  accepted_on date,
  settled_amount_on date,
  term_days integer check (term_days between 0 and 3650),
  industry_norm boolean not null,
  pay_when_paid boolean not null,
  clock_start_on date not null,
  due_on date not null,
  statutory_due_on date,
  start_rule text not null,
  term_rule text not null,
  late_rate_daily numeric not null check (late_rate_daily >= 0),
  settled_on date,
  recorded_at timestamptz not null,
  primary key (chain_id, id),
  check (disputed_minor <= open_minor and open_minor >= 0),
  check (interest_paid_minor <= interest_minor)
);
create index receivable_seller on receivable (chain_id, seller_id, due_on, id);
create index receivable_buyer on receivable (chain_id, buyer_id, due_on, id);
create index receivable_seller_open on receivable (chain_id, seller_id, due_on, id)
  where open_minor > 0;
create index receivable_buyer_open on receivable (chain_id, buyer_id, due_on, id)
  where open_minor > 0;
create index receivable_number on receivable (chain_id, seller_id, number);
call shard('receivable',
  reads => ':actor in (seller_id, buyer_id) or seller_id = any(:reads_invoices)
    or buyer_id = any(:reads_invoices)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');

-- A credit note counts once: its id is the key.
create table receivable_credit (
  chain_id uuid not null,
  credit_note_id uuid not null,
  receivable_id uuid not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  number text not null,
  net_minor bigint not null check (net_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  amount_minor bigint not null check (amount_minor > 0 and amount_minor = net_minor + tax_minor),
  credited_on date not null,
  recorded_at timestamptz not null,
  primary key (chain_id, credit_note_id)
);
create index receivable_credit_receivable on receivable_credit (chain_id, receivable_id);
call shard('receivable_credit',
  reads => ':actor in (seller_id, buyer_id) or seller_id = any(:reads_invoices)
    or buyer_id = any(:reads_invoices)',
  writes => ':actor in (seller_id, buyer_id)');
alter table receivable_credit add foreign key (chain_id, receivable_id)
  references receivable (chain_id, id);

create table receivable_dispute (
  chain_id uuid not null,
  id uuid not null,
  receivable_id uuid not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  state text not null check (state in ('open', 'withdrawn', 'credited')),
  raised_on date not null,
  closed_on date,
  primary key (chain_id, id)
);
create index receivable_dispute_receivable on receivable_dispute (chain_id, receivable_id);
call shard('receivable_dispute',
  reads => ':actor in (seller_id, buyer_id) or seller_id = any(:reads_invoices)
    or buyer_id = any(:reads_invoices)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');
alter table receivable_dispute add foreign key (chain_id, receivable_id)
  references receivable (chain_id, id);
