-- What moves the stock of a place: what trade records by itself, or the events that its owner's own
-- systems capture. Never both: one shipment would leave twice. A stint is a time in which one of
-- the two does; it begins with an opening, and nothing of a former stint moves the present.
alter table place
  add column stock_kept_by text not null default 'platform'
    check (stock_kept_by in ('platform', 'events')),
  add column stock_stint integer not null default 0,
  add column stock_since timestamptz;
create index place_gln on place (chain_id, gln) where gln is not null;

-- Up to the last count the stock is that count; a movement before it changes what it adjusted.
alter table stock add column counted_at timestamptz;
create index stock_on_hold on stock (chain_id, owner_id)
  where disposition = 'recalled' and quantity > 0;

-- What lay where when a stint began.
create table stock_opening (
  chain_id uuid not null,
  owner_id uuid not null,
  place_id uuid not null,
  stint integer not null,
  product_id uuid not null,
  lot text not null,
  disposition text not null,
  unit text not null,
  quantity numeric not null,
  negative_event_id uuid,
  opened_at timestamptz not null,
  primary key (chain_id, owner_id, place_id, product_id, lot, disposition, unit, stint)
);
call shard('stock_opening', reads => 'owner_id = :actor', writes => 'owner_id = :actor');

-- What each event moves, and what each count says: the index of events that stock is folded out
-- of. It says nothing that the event, its owner's names and the rules do not, and is made of them.
-- `at` is when it counts from: when it happened, or for what trade records, when it was recorded.
create table stock_movement (
  chain_id uuid not null,
  owner_id uuid not null,
  place_id uuid not null,
  product_id uuid not null,
  lot text not null,
  disposition text not null,
  unit text not null,
  stint integer not null,
  at timestamptz not null,
  event_id uuid not null,
  kind text not null check (kind in ('moved', 'counted')),
  -- What came (or went, below zero); of a count, what was there.
  quantity numeric not null,
  product_name text not null,
  best_before date,
  step text,
  -- The declaration by which the event counts no more.
  voided_by uuid,
  recorded_at timestamptz not null,
  primary key (chain_id, owner_id, place_id, product_id, lot, disposition, unit, stint, at,
    event_id)
);
create index stock_movement_of_event on stock_movement (chain_id, event_id);
call shard('stock_movement', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- What an owner's systems call its goods, and the product that it is: learnt from the catalogue
-- when it is first named, or said by the owner. Kept, for what was moved must not move again when
-- a catalogue changes. Without a product: no goods of this owner's.
create table stock_name (
  chain_id uuid not null,
  owner_id uuid not null,
  name text collate "C" not null,
  product_id uuid,
  product_name text,
  unit text,
  packing jsonb not null,
  said_at timestamptz not null,
  primary key (chain_id, owner_id, name)
);
call shard('stock_name', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');

-- What events named that nobody knows: it waits here until a name, a place or a unit is known.
create table stock_unknown (
  chain_id uuid not null,
  owner_id uuid not null,
  event_id uuid not null,
  what text not null
    check (what in ('goods', 'place', 'unit', 'container', 'part', 'quantity')),
  name text collate "C" not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (chain_id, owner_id, what, name, event_id)
);
create index stock_unknown_of_event on stock_unknown (chain_id, event_id);
call shard('stock_unknown', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- What trade has moved until now.
alter table event no force row level security;
alter table stock_movement no force row level security;
insert into stock_movement
select e.chain_id, (e.movement ->> 'owner_id')::uuid, (e.movement ->> 'place_id')::uuid,
  (i.item ->> 'product_id')::uuid, coalesce(i.item ->> 'lot', ''), m.disposition,
  i.item ->> 'unit', 0, e.recorded_at, e.id, 'moved',
  sum(m.sign * (i.item ->> 'quantity')::numeric * case when e.biz_step in (
    'https://ref.gs1.org/cbv/BizStep-shipping',
    'https://ref.gs1.org/cbv/BizStep-destroying') then -1 else 1 end),
  max(i.item ->> 'product_name'), max((i.item ->> 'best_before')::date),
  replace(e.biz_step, 'https://ref.gs1.org/cbv/BizStep-', ''), null, e.recorded_at
from event e, jsonb_array_elements(e.movement -> 'items') i (item),
  lateral (values (i.item ->> 'disposition', 1), (i.item ->> 'taken_from', -1))
    m (disposition, sign)
where e.movement ->> 'place_id' is not null and m.disposition is not null
group by e.chain_id, e.id, e.movement ->> 'owner_id', e.movement ->> 'place_id',
  i.item ->> 'product_id', coalesce(i.item ->> 'lot', ''), m.disposition, i.item ->> 'unit',
  e.recorded_at, e.biz_step
on conflict do nothing;
alter table event force row level security;
alter table stock_movement force row level security;
