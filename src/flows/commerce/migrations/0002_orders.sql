-- An order as its facts have made it. Every version stands in the facts themselves.
create table purchase_order (
  chain_id uuid not null,
  id uuid not null,
  number text not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  agreement_id uuid,
  currency char(3) not null,
  state text not null check (state in ('placed', 'countered', 'confirmed', 'delivering',
    'delivered', 'closed', 'refused', 'cancelled')),
  version integer not null,
  placed_at timestamptz not null,
  changed_at timestamptz not null,
  requested_on date not null,
  -- The earliest promise (or wish, before one is made) that is not yet kept.
  due_on date,
  deliver_to text,
  place_id uuid,
  note text,
  line_count integer not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  primary key (chain_id, id)
);
create unique index purchase_order_number on purchase_order (chain_id, buyer_id, number);
create index purchase_order_buyer on purchase_order (chain_id, buyer_id, id);
create index purchase_order_seller on purchase_order (chain_id, seller_id, id);
create index purchase_order_waiting on purchase_order (chain_id, seller_id, state)
  where state in ('placed', 'countered', 'confirmed', 'delivering');
create index purchase_order_expected on purchase_order (chain_id, buyer_id, state)
  where state in ('placed', 'countered', 'confirmed', 'delivering');
call shard('purchase_order',
  reads => ':actor in (buyer_id, seller_id) or buyer_id = any(:reads_orders)
    or seller_id = any(:reads_orders)',
  writes => ':actor in (buyer_id, seller_id)', changes => 'update');

create table order_line (
  chain_id uuid not null,
  order_id uuid not null,
  line_no integer not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  product_id uuid,
  buyer_code text,
  seller_code text,
  gtin text,
  name text not null,
  quantity numeric not null,
  unit text not null,
  price numeric not null,
  price_base_quantity numeric not null,
  tax_rate numeric not null,
  net_minor bigint not null,
  state text not null check (state in ('open', 'countered', 'accepted', 'refused', 'cancelled')),
  -- Schedules: [{ "quantity", "on" }]. The first promise is written once and never again.
  requested jsonb not null,
  offered jsonb,
  offered_price numeric,
  promised jsonb,
  first_promise jsonb,
  first_promised_at timestamptz,
  reason text,
  despatched numeric not null,
  accepted numeric not null,
  short numeric not null,
  damaged numeric not null,
  turned_away numeric not null,
  returned numeric not null,
  invoiced numeric not null,
  primary key (chain_id, order_id, line_no)
);
call shard('order_line',
  reads => ':actor in (buyer_id, seller_id) or buyer_id = any(:reads_orders)
    or seller_id = any(:reads_orders)',
  writes => ':actor in (buyer_id, seller_id)', changes => 'update');
alter table order_line add foreign key (chain_id, order_id)
  references purchase_order (chain_id, id);

-- What the two say to each other about an order.
create table order_message (
  chain_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  author_id uuid not null,
  author_name text not null,
  text text not null,
  written_at timestamptz not null,
  primary key (chain_id, id)
);
create index order_message_order on order_message (chain_id, order_id, id);
call shard('order_message', reads => ':actor in (buyer_id, seller_id)',
  writes => 'author_id = :actor');
alter table order_message add foreign key (chain_id, order_id)
  references purchase_order (chain_id, id);
