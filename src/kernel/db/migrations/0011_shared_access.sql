-- Who looked at whose rows under a sharing agreement: shown to the owner, written once. A row says
-- which firm asked what and how much of the owner's stood in the answer; who of that firm's people
-- it was stays with that firm, for the day on which it has to be found out.
create table shared_access (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  reader_id uuid not null,
  user_id uuid,
  key_id uuid,
  operation text not null,
  record_count int not null check (record_count > 0),
  looked_at timestamptz not null,
  primary key (chain_id, id)
);
call shard('shared_access', reads => 'owner_id = :actor', writes => 'reader_id = :actor');
-- The same look again within a minute says nothing new, and a reader that asks without end must not
-- bury what others did, nor fill the disk.
create unique index shared_access_minute on shared_access (
  chain_id, owner_id, reader_id, coalesce(user_id, key_id), operation, record_count,
  date_trunc('minute', looked_at at time zone 'UTC'));
create index shared_access_owner on shared_access (chain_id, owner_id, looked_at desc, id desc);
