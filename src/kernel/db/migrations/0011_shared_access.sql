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
create index shared_access_owner on shared_access (chain_id, owner_id, looked_at desc, id desc);
