-- Where a party wants to be told of the facts that it sees.
create table webhook (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  url text not null,
  description text not null,
  -- Patterns of fact types, `commerce.*.*`; none is all.
  kinds text[] not null,
  state text not null check (state in ('active', 'paused', 'off')),
  off_reason text check (off_reason in ('gone', 'failing', 'left')),
  -- Encrypted under the installation's key, which is never in here; the one before for an overlap.
  sealed_secret bytea not null,
  previous_sealed_secret bytea,
  previous_until timestamptz,
  rotated_at timestamptz,
  -- The next position of the chain's tree of facts to look at: it only moves over what is sealed,
  -- so that no fact that commits late is passed by.
  position bigint not null check (position >= 0),
  failing_since timestamptz,
  -- When there is something to do; null where nothing is but new facts.
  due_at timestamptz,
  -- Who sends to it, and until when nobody else may.
  lease_id uuid,
  lease_until timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  primary key (chain_id, id)
);
create index webhook_owner on webhook (chain_id, owner_id, created_at desc, id desc);
create index webhook_due on webhook (chain_id, due_at);
call shard('webhook', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- One thing to be told to one webhook: a fact, or a test. Its id stays the same however often it is
-- sent. What it says is read from the fact each time, behind the wall.
create table webhook_message (
  chain_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  owner_id uuid not null,
  kind text not null check (kind in ('fact', 'ping')),
  fact_id uuid,
  type text not null,
  position bigint not null,
  state text not null check (state in ('waiting', 'delivered', 'dead', 'withheld')),
  attempts int not null,
  queued_at timestamptz not null,
  next_at timestamptz not null,
  last_at timestamptz,
  last_status smallint,
  last_error text,
  last_excerpt text,
  done_at timestamptz,
  primary key (chain_id, id),
  check ((kind = 'fact') = (fact_id is not null))
);
create index webhook_message_newest
  on webhook_message (chain_id, webhook_id, queued_at desc, position desc, id desc);
create index webhook_message_state
  on webhook_message (chain_id, webhook_id, state, queued_at desc, position desc, id desc);
call shard('webhook_message', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- The platform's own role sees which webhooks have something to do: no address, and no secret.
-- What is sent, and to where, is then read as the webhook's owner.
do $$ begin
  execute format('create policy sealer_reads on webhook for select to jingwei_sealer using (%s)',
    policy_text('chain_id = :chain'));
end $$;
grant select (chain_id, id, owner_id, state, position, due_at, lease_until) on webhook
  to jingwei_sealer;
