-- The ordinary role that the application logs in as. Embedded and server places make it with a
-- password before they migrate; PGlite has no log-in and makes it here.
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'jingwei_app') then
    create role jingwei_app nologin nosuperuser nobypassrls;
  end if;
end $$;
grant usage on schema public to jingwei_app;

-- Expands ':chain', ':actor', ':user', ':bearer' (the id of the key or invitation that was shown)
-- and ':reads_<scope>' into bare current_setting expressions:
-- a policy with a sub-select cannot be made on Citus, and after a transaction a setting reads ''.
create function policy_text(expression text) returns text language sql immutable as $$
  select regexp_replace(
    regexp_replace(
      expression, ':reads_([a-z]+)',
      'nullif(current_setting(''jingwei.reads_\1'', true), '''')::uuid[]', 'g'),
    ':(chain|actor|user|bearer)\M',
    'nullif(current_setting(''jingwei.\1_id'', true), '''')::uuid', 'g')
$$;

-- Puts a new chain-owned table behind the wall, and on Citus distributes it by chain. Call it after
-- `create table` and before foreign keys, the only order that Citus takes.
--   reads    who sees a row           writes   who may write it (the chain is always checked)
--   changes  'append' insert only, 'update' also update, 'delete' also delete
create procedure shard(name text, reads text, writes text, changes text default 'append')
language plpgsql as $$
declare
  wall text := policy_text('chain_id = :chain');
  can_read text := format('%s and (%s)', wall, policy_text(reads));
  can_write text := format('%s and (%s)', wall, policy_text(writes));
begin
  if changes not in ('append', 'update', 'delete') then
    raise exception 'shard(%): changes must be append, update or delete, not %', name, changes;
  end if;
  if exists (select 1 from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, ''chain_id'')', name);
  end if;
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy reads on %I for select using (%s)', name, can_read);
  execute format('create policy appends on %I for insert with check (%s)', name, can_write);
  execute format('grant select, insert on %I to jingwei_app', name);
  if changes in ('update', 'delete') then
    execute format('create policy changes on %I for update using (%s) with check (%s)',
      name, can_write, can_write);
    execute format('grant update on %I to jingwei_app', name);
  end if;
  if changes = 'delete' then
    execute format('create policy deletes on %I for delete using (%s)', name, can_write);
    execute format('grant delete on %I to jingwei_app', name);
  end if;
end $$;

-- A small table that every node holds: no chain, no wall.
create procedure everywhere(name text, changes text default 'append') language plpgsql as $$
begin
  if exists (select 1 from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', name);
  end if;
  execute format('grant select, insert on %I to jingwei_app', name);
  if changes in ('update', 'delete') then
    execute format('grant update on %I to jingwei_app', name);
  end if;
  if changes = 'delete' then
    execute format('grant delete on %I to jingwei_app', name);
  end if;
end $$;
