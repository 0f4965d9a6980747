-- A form that is being written. What stands in it need not hold yet, and nobody but its owner sees
-- it. Once it is a form, or is given up, it is gone: what was defined is a fact, the way is none.
create table form_draft (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  -- The own form that it revises, and the version it began from; null where it becomes a new one.
  form_id uuid,
  form_version integer check (form_version > 0),
  version integer not null check (version > 0),
  content jsonb not null,
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (chain_id, id),
  check ((form_id is null) = (form_version is null))
);
-- A form is revised by one draft at a time.
create unique index form_draft_form on form_draft (chain_id, form_id) where form_id is not null;
create index form_draft_owner on form_draft (chain_id, owner_id, id);
call shard('form_draft', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');
alter table form_draft add foreign key (chain_id, form_id) references form (chain_id, id);
