-- The role that seals facts. It reads every fact of a chain, which the application's role may not,
-- and writes the seals, which nobody else may. It has no password: the owner steps into it with
-- `set local role`. Embedded and server places make it before they migrate; an owner that may not
-- make roles needs it made, and granted to it, by whoever may.
do $$
declare
  may_step boolean;
begin
  if not exists (select 1 from pg_roles where rolname = 'jingwei_sealer') then
    create role jingwei_sealer nologin nosuperuser nobypassrls;
  end if;
  -- Whoever makes a role administers it; since PostgreSQL 16 that does not let it step in.
  if current_setting('server_version_num')::integer >= 160000 then
    may_step := pg_has_role(current_user, 'jingwei_sealer', 'SET');
  else
    may_step := pg_has_role(current_user, 'jingwei_sealer', 'MEMBER');
  end if;
  if not may_step then
    execute format('grant jingwei_sealer to %I', current_user);
  end if;
end $$;
grant usage on schema public to jingwei_sealer;

-- One batch: how large the tree is with it, its root, and the note that was signed (C2SP
-- tlog-checkpoint), with the public key as a verifier takes it (C2SP signed-note, vkey).
create table seal (
  chain_id uuid not null,
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  verifier_key text not null,
  sealed_at timestamptz not null,
  primary key (chain_id, size)
);
call shard('seal', reads => 'true', writes => 'false');

-- The leaves of the tree (RFC 9162 §2.1), by position. The hash says nothing about its fact to one
-- who does not have the fact: an id in it is 74 random bits.
create table seal_leaf (
  chain_id uuid not null,
  position bigint not null check (position >= 0),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  primary key (chain_id, position)
);
call shard('seal_leaf', reads => 'true', writes => 'false');

-- Full tiles of 256 hashes (C2SP tlog-tiles, height 8) and the root of each, which is one hash of
-- the tile above. A tile that is not full is read from the leaves, or the roots, under it.
create table seal_tile (
  chain_id uuid not null,
  level smallint not null check (level >= 0),
  tile bigint not null check (tile >= 0),
  hashes bytea not null check (length(hashes) = 8192),
  root bytea not null check (length(root) = 32),
  primary key (chain_id, level, tile)
);
call shard('seal_tile', reads => 'true', writes => 'false');

-- Which fact stands at which position: for those who may see the fact.
create table sealed_fact (
  chain_id uuid not null,
  fact_id uuid not null,
  position bigint not null,
  sealed_at timestamptz not null,
  parties uuid[] not null,
  primary key (chain_id, fact_id),
  unique (chain_id, position)
);
call shard('sealed_fact', reads => ':actor = any(parties)', writes => 'false');

do $$
declare
  wall text := policy_text('chain_id = :chain');
  name text;
begin
  foreach name in array array['seal', 'seal_leaf', 'seal_tile', 'sealed_fact'] loop
    execute format('drop policy appends on %I', name);
    execute format('revoke insert on %I from jingwei_app', name);
    execute format('create policy sealer_reads on %I for select to jingwei_sealer using (%s)',
      name, wall);
    execute format('create policy sealer_appends on %I for insert to jingwei_sealer
      with check (%s)', name, wall);
    execute format('grant select, insert on %I to jingwei_sealer', name);
  end loop;
  execute format('create policy sealer_reads on fact for select to jingwei_sealer using (%s)',
    wall);
  grant select on fact to jingwei_sealer;
end $$;
