-- What happened, when it happened and when we knew it; never changed, never deleted.
create table fact (
  chain_id uuid not null,
  id uuid not null,
  type text not null,
  subject_id uuid not null,
  party_id uuid not null,
  user_id uuid,
  key_id uuid,
  parties uuid[] not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  corrects_id uuid,
  body jsonb not null,
  primary key (chain_id, id)
);
create index fact_subject on fact (chain_id, subject_id, id);
create index fact_recorded on fact (chain_id, recorded_at, id);
call shard('fact', reads => ':actor = any(parties)', writes => 'party_id = :actor');

-- The stored answer of a write that carried a key: the same key again gives the same answer.
create table idempotency_key (
  chain_id uuid not null,
  party_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint not null,
  body text not null,
  recorded_at timestamptz not null,
  primary key (chain_id, party_id, key)
);
create index idempotency_key_recorded on idempotency_key (chain_id, recorded_at);
call shard('idempotency_key', reads => 'party_id = :actor', writes => 'party_id = :actor',
  changes => 'delete');

-- Numbers that people read: one row per owner and series.
create table counter (
  chain_id uuid not null,
  owner_id uuid not null,
  series text not null,
  value bigint not null,
  primary key (chain_id, owner_id, series)
);
call shard('counter', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');

-- Bytes that prove something (a photo of damage, a signed note), seen by the named parties.
create table file (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  parties uuid[] not null,
  name text not null,
  media_type text not null,
  sha256 bytea not null,
  size_bytes integer not null,
  bytes bytea not null,
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
call shard('file', reads => ':actor = any(parties)', writes => 'owner_id = :actor');
