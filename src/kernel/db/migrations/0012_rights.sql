-- What firms and people may ask of whoever holds data on them: leave to read it, its correction, an
-- explanation, its deletion. The words of a request stand here and in no fact: facts are for good.
create table rights_request (
  chain_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('consent', 'correction', 'explanation', 'deletion')),
  requester_id uuid not null,
  holder_id uuid not null check (holder_id <> requester_id),
  asked_by uuid,
  fact_id uuid,
  file_id uuid,
  scope text check (scope in ('orders', 'shipments', 'stock', 'invoices', 'ledger', 'readings')),
  share_until timestamptz,
  statement text not null,
  state text not null check (state in ('open', 'accepted', 'refused', 'withdrawn', 'lapsed')),
  asked_at timestamptz not null,
  due_on date not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  agreement_id uuid,
  corrected_by uuid,
  note text,
  noted_at timestamptz,
  primary key (chain_id, id),
  check ((kind in ('correction', 'explanation')) = (fact_id is not null)),
  check ((kind = 'deletion') = (file_id is not null)),
  check ((kind = 'consent') = (scope is not null))
);
call shard('rights_request', reads => ':actor in (requester_id, holder_id)',
  writes => ':actor in (requester_id, holder_id)', changes => 'update');
create index rights_request_requester
  on rights_request (chain_id, requester_id, asked_at desc, id desc);
create index rights_request_holder
  on rights_request (chain_id, holder_id, asked_at desc, id desc);
-- Who asks twice waits for the first answer.
create unique index rights_request_open on rights_request (
  chain_id, requester_id, kind, holder_id, coalesce(fact_id, file_id, holder_id),
  coalesce(scope, ''))
  where state = 'open';

-- That a fact is objected to: for everybody who sees the fact (征信业管理条例 第二十五条: the
-- information is marked as disputed). What was said stays between the two.
create table objection_mark (
  chain_id uuid not null,
  request_id uuid not null,
  fact_id uuid not null,
  requester_id uuid not null,
  holder_id uuid not null,
  audience uuid[] not null,
  state text not null check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  note text,
  primary key (chain_id, request_id)
);
call shard('objection_mark', reads => ':actor = any(audience)',
  writes => ':actor in (requester_id, holder_id)', changes => 'update');
create index objection_mark_fact on objection_mark (chain_id, fact_id);

-- A file whose owner erased it keeps its place, its hash and the day on which it went.
alter table file add column erased_at timestamptz;
do $$
declare
  owns text := 'chain_id = :chain and (owner_id = :actor and erased_at %s)';
begin
  -- From there to nothing, and nowhere else.
  execute format('create policy changes on file for update using (%s) with check (%s)',
    policy_text(format(owns, 'is null')),
    policy_text(format(owns, $on$is not null and bytes = '' and size_bytes = 0$on$)));
end $$;
grant update (name, bytes, size_bytes, erased_at) on file to jingwei_app;

-- People who asked for their account to be erased, and when it will be. `blocked` says in which
-- firm somebody else has to take over first.
create table account_erasure (
  user_id uuid primary key,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  -- Once its seats are being ended it is not taken back.
  begun_at timestamptz,
  blocked_chain_id uuid,
  blocked_party_id uuid,
  erased_at timestamptz
);
create index account_erasure_due on account_erasure (due_at) where erased_at is null;
call everywhere('account_erasure', 'delete');

-- Logs and kept answers end. The role that no request comes to takes away what has had its time.
grant select, delete, update (detail) on security_event to jingwei_sealer;
create index security_event_time on security_event (happened_at);
create index shared_access_time on shared_access (chain_id, looked_at);
do $$
declare
  wall text := policy_text('chain_id = :chain');
  name text;
begin
  foreach name in array array['shared_access', 'idempotency_key'] loop
    execute format('create policy sealer_reads on %I for select to jingwei_sealer using (%s)',
      name, wall);
    execute format('create policy sealer_deletes on %I for delete to jingwei_sealer using (%s)',
      name, wall);
    execute format('grant select, delete on %I to jingwei_sealer', name);
  end loop;
end $$;
