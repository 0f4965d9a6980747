-- A series 系列: one table of figures through its releases. Its row is locked by whatever makes
-- a release of it. One item of one collection is in one series only: what comes out of it is held
-- against what came out before.
create table release_series (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  code text not null,
  -- Both null where rows are posted.
  collection_id uuid,
  item text,
  started_at timestamptz not null,
  primary key (chain_id, id),
  check ((collection_id is null) = (item is null))
);
create unique index release_series_code on release_series (chain_id, owner_id, code);
create unique index release_series_item on release_series (chain_id, collection_id, item);
-- Nothing in it ever changes: the right to update is the right to lock.
call shard('release_series', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');

-- A release 发布: what may be known. Its owner alone sees it until it is published.
create table release (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  series_id uuid not null,
  series text not null,
  -- Of the vintage 版次 in its series, from 1.
  number integer not null check (number > 0),
  title text not null,
  unit text not null,
  -- Why it says something else than the one before.
  reason text,
  is_published boolean not null,
  drafted_at timestamptz not null,
  -- Until then it is under embargo.
  planned_at timestamptz,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdrawal_reason text,
  cells integer not null,
  hash text not null,
  -- The release as a file has it.
  content jsonb not null,
  primary key (chain_id, id),
  check (is_published = (published_at is not null)),
  check ((withdrawn_at is null) = (withdrawal_reason is null))
);
create unique index release_number on release (chain_id, series_id, number);
create index release_owner on release (chain_id, owner_id, series, number);
call shard('release', reads => 'owner_id = :actor or is_published',
  writes => 'owner_id = :actor', changes => 'update');
alter table release add foreign key (chain_id, series_id) references release_series (chain_id, id);

-- What a release was made of: everybody's figures, and the numbers in the rules. Never changed.
create table release_source (
  chain_id uuid not null,
  release_id uuid not null,
  owner_id uuid not null,
  source jsonb not null,
  primary key (chain_id, release_id)
);
call shard('release_source', reads => 'owner_id = :actor', writes => 'owner_id = :actor');
alter table release_source add foreign key (chain_id, release_id) references release (chain_id, id);
