create table despatch (
  chain_id uuid not null,
  id uuid not null,
  number text not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  carrier_id uuid,
  order_id uuid not null,
  state text not null check (state in ('under_way', 'received', 'lost')),
  despatched_at timestamptz not null,
  expected_on date not null,
  received_at timestamptz,
  from_place_id uuid,
  to_place_id uuid,
  vehicle text,
  note text,
  primary key (chain_id, id)
);
create unique index despatch_number on despatch (chain_id, seller_id, number);
create index despatch_seller on despatch (chain_id, seller_id, id);
create index despatch_buyer on despatch (chain_id, buyer_id, id);
create index despatch_carrier on despatch (chain_id, carrier_id, id);
create index despatch_order on despatch (chain_id, order_id);
call shard('despatch',
  reads => ':actor in (seller_id, buyer_id, carrier_id) or seller_id = any(:reads_shipments)
    or buyer_id = any(:reads_shipments)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');

create table despatch_line (
  chain_id uuid not null,
  despatch_id uuid not null,
  line_no integer not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  carrier_id uuid,
  order_id uuid not null,
  order_line_no integer not null,
  product_id uuid,
  name text not null,
  quantity numeric not null check (quantity > 0),
  unit text not null,
  lot text,
  best_before date,
  sscc text,
  accepted numeric not null,
  short numeric not null,
  damaged numeric not null,
  turned_away numeric not null,
  primary key (chain_id, despatch_id, line_no)
);
create index despatch_line_order on despatch_line (chain_id, order_id, order_line_no);
create index despatch_line_sscc on despatch_line (chain_id, sscc) where sscc is not null;
call shard('despatch_line',
  reads => ':actor in (seller_id, buyer_id, carrier_id) or seller_id = any(:reads_shipments)
    or buyer_id = any(:reads_shipments)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');
alter table despatch_line add foreign key (chain_id, despatch_id)
  references despatch (chain_id, id);

create table receipt (
  chain_id uuid not null,
  id uuid not null,
  number text not null,
  despatch_id uuid not null,
  order_id uuid not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  carrier_id uuid,
  received_at timestamptz not null,
  note text,
  primary key (chain_id, id)
);
create unique index receipt_number on receipt (chain_id, buyer_id, number);
create index receipt_despatch on receipt (chain_id, despatch_id);
create index receipt_order on receipt (chain_id, order_id);
call shard('receipt',
  reads => ':actor in (seller_id, buyer_id, carrier_id) or buyer_id = any(:reads_shipments)',
  writes => 'buyer_id = :actor');
alter table receipt add foreign key (chain_id, despatch_id) references despatch (chain_id, id);

create table receipt_line (
  chain_id uuid not null,
  receipt_id uuid not null,
  line_no integer not null,
  despatch_line_no integer not null,
  order_id uuid not null,
  order_line_no integer not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  carrier_id uuid,
  accepted numeric not null check (accepted >= 0),
  short numeric not null check (short >= 0),
  damaged numeric not null check (damaged >= 0),
  turned_away numeric not null check (turned_away >= 0),
  reason text,
  photo_ids uuid[] not null,
  received_on date not null,
  primary key (chain_id, receipt_id, line_no)
);
create index receipt_line_order on receipt_line (chain_id, order_id, order_line_no);
call shard('receipt_line',
  reads => ':actor in (seller_id, buyer_id, carrier_id) or buyer_id = any(:reads_shipments)',
  writes => 'buyer_id = :actor');
alter table receipt_line add foreign key (chain_id, receipt_id)
  references receipt (chain_id, id);

-- Goods that go back after they were accepted.
create table return_note (
  chain_id uuid not null,
  id uuid not null,
  number text not null,
  order_id uuid not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  reason text not null,
  returned_at timestamptz not null,
  primary key (chain_id, id)
);
create unique index return_note_number on return_note (chain_id, buyer_id, number);
create index return_note_order on return_note (chain_id, order_id);
call shard('return_note', reads => ':actor in (seller_id, buyer_id)',
  writes => 'buyer_id = :actor');

create table return_note_line (
  chain_id uuid not null,
  return_note_id uuid not null,
  line_no integer not null,
  order_id uuid not null,
  order_line_no integer not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  quantity numeric not null check (quantity > 0),
  lot text,
  primary key (chain_id, return_note_id, line_no)
);
call shard('return_note_line', reads => ':actor in (seller_id, buyer_id)',
  writes => 'buyer_id = :actor');
alter table return_note_line add foreign key (chain_id, return_note_id)
  references return_note (chain_id, id);
