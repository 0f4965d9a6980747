-- Where goods are: known to the chain, so that a partner can send there.
create table place (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  gln text,
  name_zh text not null,
  name_en text not null,
  kind text not null
    check (kind in ('factory', 'warehouse', 'cold_store', 'shop', 'farm', 'depot')),
  lon numeric(9, 6),
  lat numeric(9, 6),
  address text,
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
create index place_owner on place (chain_id, owner_id);
call shard('place', reads => 'true', writes => 'owner_id = :actor', changes => 'update');

-- EPCIS 2.0 events as they were captured. Nothing else says what happened to goods.
create table event (
  chain_id uuid not null,
  id uuid not null,
  capturer_id uuid not null,
  parties uuid[] not null,
  event_time timestamptz not null,
  recorded_at timestamptz not null,
  type text not null,
  biz_step text,
  disposition text,
  body jsonb not null,
  primary key (chain_id, id)
);
create index event_capturer on event (chain_id, capturer_id, id);
create index event_time_range on event using brin (event_time);
call shard('event', reads => ':actor = any(parties)', writes => 'capturer_id = :actor');

-- Stock: a projection of the events, kept in their transaction, rebuilt from them at any time.
-- Below zero only where an event says why.
create table stock (
  chain_id uuid not null,
  owner_id uuid not null,
  place_id uuid not null,
  product_id uuid not null,
  lot text not null,
  disposition text not null,
  unit text not null,
  product_name text not null,
  best_before date,
  quantity numeric not null,
  negative_event_id uuid,
  changed_at timestamptz not null,
  primary key (chain_id, owner_id, place_id, product_id, lot, disposition, unit),
  check (quantity >= 0 or negative_event_id is not null)
);
create index stock_expiry on stock (chain_id, owner_id, best_before) where quantity > 0;
call shard('stock', reads => 'owner_id = :actor or owner_id = any(:reads_stock)',
  writes => 'owner_id = :actor', changes => 'delete');
