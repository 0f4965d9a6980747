-- What a party asks of its people's sign-ins. One row for each place of a party; what it was before
-- stands in the facts that every change leaves.
create table sign_in_policy (
  chain_id uuid not null,
  party_id uuid not null,
  -- From when everyone who works for the party needs a second factor; null while nobody does.
  factor_from timestamptz,
  set_by uuid not null,
  set_at timestamptz not null,
  version int not null,
  primary key (chain_id, party_id)
);
call shard('sign_in_policy', reads => 'party_id = :actor', writes => 'party_id = :actor',
  changes => 'update');

-- When a second factor was last shown in this session; null where a password or a provider opened
-- it and nothing followed. Sessions of before do not say: where a party asks, it is shown again.
alter table session add column factor_at timestamptz;
