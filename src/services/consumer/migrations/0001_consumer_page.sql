-- What an owner shows of a product to whoever scans it: nothing until it is shared.
create table consumer_page (
  chain_id uuid not null,
  product_id uuid not null,
  owner_id uuid not null,
  gtin text not null check (gtin ~ '^[0-9]{14}$'),
  is_shared boolean not null,
  parts text[] not null
    check (parts <@ array['lots', 'dates', 'origin', 'journey', 'storage', 'epcis']),
  place_detail text not null check (place_detail in ('none', 'region', 'name')),
  -- The owner's own links, in its order: type, address, titles, language, and which is the default.
  links jsonb not null,
  changed_at timestamptz not null,
  primary key (chain_id, product_id)
);
call shard('consumer_page', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');

-- What an owner has to say to consumers of some lots of a product, or of all of them. It stands
-- until it is withdrawn, and is never written over.
create table consumer_warning (
  chain_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  owner_id uuid not null,
  -- None is all lots.
  lots text[] not null,
  reason_zh text not null,
  reason_en text not null,
  action_zh text not null,
  action_en text not null,
  contact text,
  published_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (chain_id, id)
);
create index consumer_warning_product on consumer_warning (chain_id, product_id, id desc);
call shard('consumer_warning', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');

-- Where the code on a pack leads, before any chain is known: a GTIN is one owner's in the world.
-- A row stands here while its product is shared, and says nothing that a scan does not.
create table shared_gtin (
  gtin text primary key check (gtin ~ '^[0-9]{14}$'),
  shared_chain_id uuid not null,
  shared_owner_id uuid not null,
  shared_product_id uuid not null,
  shared_at timestamptz not null
);
call everywhere('shared_gtin', 'delete');
