-- The role that backs up. It reads every row of every table and writes none. It has no password:
-- the owner steps into it with `set local role`, in a transaction that is read only. Embedded and
-- server places make it before they migrate; an owner that may not make roles needs it made, and
-- granted to it, by whoever may.
do $$
declare
  may_step boolean;
begin
  if not exists (select 1 from pg_roles where rolname = 'jingwei_keeper') then
    create role jingwei_keeper nologin nosuperuser nobypassrls;
  end if;
  if current_setting('server_version_num')::integer >= 160000 then
    may_step := pg_has_role(current_user, 'jingwei_keeper', 'SET');
  else
    may_step := pg_has_role(current_user, 'jingwei_keeper', 'MEMBER');
  end if;
  if not may_step then
    -- Steps in, and does not see by its membership alone: PostgreSQL 15 cannot part the two.
    execute format('grant jingwei_keeper to %I', current_user) || case
      when current_setting('server_version_num')::integer >= 160000
      then ' with inherit false, set true' else '' end;
  end if;
end $$;
grant usage on schema public to jingwei_keeper;

create procedure open_to_keeper(name text) language plpgsql as $$
begin
  execute format('grant select on %I to jingwei_keeper', name);
  if (select relrowsecurity from pg_class where oid = name::regclass) then
    execute format('create policy keeper_reads on %I for select to jingwei_keeper using (true)',
      name);
  end if;
end $$;

-- Tables that stand already, of all modules: on a new installation those of this one alone.
do $$
declare
  name text;
begin
  for name in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
  loop
    call open_to_keeper(name);
  end loop;
end $$;

-- As before (0001), and open to the keeper.
create or replace procedure shard(name text, reads text, writes text, changes text default 'append')
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
  call open_to_keeper(name);
end $$;

create or replace procedure everywhere(name text, changes text default 'append')
language plpgsql as $$
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
  call open_to_keeper(name);
end $$;

-- One backup that was due: whose turn it is among several servers, and what came of it. Of this
-- database and not of its data: a restored one begins with none.
create table backup_run (
  due_at timestamptz primary key,
  state text not null check (state in ('running', 'done', 'failed')),
  tries int not null check (tries > 0),
  -- The name in the folder of backups, the same at each try.
  file text not null,
  started_at timestamptz not null,
  -- When whoever makes it last said that it is alive.
  signed_at timestamptz not null,
  ended_at timestamptz,
  size_bytes bigint,
  sha256 text,
  -- How many things in the database did not hold when it was made.
  findings int,
  error text,
  -- When newer ones took its place and its file was removed.
  removed_at timestamptz
);
