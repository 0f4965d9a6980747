-- How much a firm lets its making lose of a product that goes in, by the product's class: a GTIN or
-- a product's id. Two firms lose differently of one product, and it is nobody else's business.
create table loss_allowance (
  chain_id uuid not null,
  owner_id uuid not null,
  item text collate "C" not null,
  -- Null where it was taken back.
  percent numeric(5, 2) check (percent between 0 and 100),
  changed_at timestamptz not null,
  primary key (chain_id, owner_id, item)
);
call shard('loss_allowance', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');
