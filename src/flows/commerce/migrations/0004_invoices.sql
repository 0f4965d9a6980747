-- Invoices and credit notes (红字发票). A credit note names the invoice that it corrects.
create table invoice (
  chain_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  number text not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  order_id uuid,
  corrects_id uuid,
  issued_on date not null,
  currency char(3) not null,
  net_minor bigint not null check (net_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  total_minor bigint not null check (total_minor >= 0),
  match text not null check (match in ('matched', 'within_tolerance', 'differs', 'unchecked')),
  disputed_minor bigint not null check (disputed_minor >= 0),
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
create unique index invoice_number on invoice (chain_id, seller_id, number);
create index invoice_seller on invoice (chain_id, seller_id, id);
create index invoice_buyer on invoice (chain_id, buyer_id, id);
create index invoice_order on invoice (chain_id, order_id);
create index invoice_corrects on invoice (chain_id, corrects_id);
call shard('invoice',
  reads => ':actor in (seller_id, buyer_id) or seller_id = any(:reads_invoices)
    or buyer_id = any(:reads_invoices)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');

create table invoice_line (
  chain_id uuid not null,
  invoice_id uuid not null,
  line_no integer not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  order_id uuid,
  order_line_no integer,
  product_id uuid,
  name text not null,
  quantity numeric not null,
  unit text not null,
  price numeric not null,
  price_base_quantity numeric not null,
  tax_rate numeric not null,
  tax_code text,
  net_minor bigint not null,
  tax_minor bigint not null,
  -- Why the line differs from order and receipt: [{ "what", "expected", "found", "within" }].
  differences jsonb not null,
  primary key (chain_id, invoice_id, line_no)
);
call shard('invoice_line',
  reads => ':actor in (seller_id, buyer_id) or seller_id = any(:reads_invoices)
    or buyer_id = any(:reads_invoices)',
  writes => ':actor in (seller_id, buyer_id)');
alter table invoice_line add foreign key (chain_id, invoice_id)
  references invoice (chain_id, id);

-- A part of an invoice that the buyer contests; the rest stays payable (Decree 802, article 15).
create table dispute (
  chain_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null,
  state text not null check (state in ('open', 'withdrawn', 'credited')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (chain_id, id)
);
create index dispute_invoice on dispute (chain_id, invoice_id);
create index dispute_open_buyer on dispute (chain_id, buyer_id) where state = 'open';
create index dispute_open_seller on dispute (chain_id, seller_id) where state = 'open';
call shard('dispute', reads => ':actor in (seller_id, buyer_id)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');
