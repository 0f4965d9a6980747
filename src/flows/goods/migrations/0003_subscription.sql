-- Who is told of the events that a named query asks for, and how far that has come.
create table query_subscription (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  query_name text not null,
  dest text not null,
  -- Encrypted under the installation's key, which is never in here; null where there is none.
  sealed_token bytea,
  epc_format text not null,
  initial_record_time timestamptz not null,
  report_if_empty boolean not null,
  -- The fields as they were sent; null is a stream.
  schedule jsonb,
  state text not null check (state in ('active', 'off')),
  off_reason text check (off_reason in ('gone', 'failing', 'left')),
  -- Every event below was looked at, or can never become visible any more.
  position uuid not null,
  -- The last event that was looked at, and when those between the two were looked through: late
  -- ones among them are not looked for at every turn.
  reached uuid not null,
  swept_at timestamptz not null,
  -- Of the run under way: how many documents have been sent.
  run_documents int not null,
  -- As many events at most as the receiver has shown that it takes.
  batch_events int not null check (batch_events > 0),
  attempts int not null,
  failing_since timestamptz,
  last_notified_at timestamptz,
  -- When there is something to do; null where it is off.
  due_at timestamptz,
  -- Who sends to it, and until when nobody else may.
  lease_id uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  primary key (chain_id, id)
);
create index query_subscription_owner on query_subscription (chain_id, owner_id, query_name, id);
create index query_subscription_due on query_subscription (chain_id, due_at);
call shard('query_subscription', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- Events that a subscription has looked at, from its position on: whichever of them commits late
-- is known by not standing here.
create table subscription_event (
  chain_id uuid not null,
  subscription_id uuid not null,
  event_id uuid not null,
  owner_id uuid not null,
  state text not null check (state in ('waiting', 'sent', 'passed', 'withheld', 'too_large')),
  primary key (chain_id, subscription_id, event_id)
);
create index subscription_event_waiting on subscription_event (chain_id, subscription_id, event_id)
  where state = 'waiting';
call shard('subscription_event', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- The platform's own role sees which subscriptions have something to do: no address, no secret.
do $$ begin
  execute format(
    'create policy sealer_reads on query_subscription for select to jingwei_sealer using (%s)',
    policy_text('chain_id = :chain'));
end $$;
grant select (chain_id, id, owner_id, due_at, lease_until) on query_subscription
  to jingwei_sealer;
