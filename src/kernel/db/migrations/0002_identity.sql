create table chain (
  id uuid primary key,
  slug text not null unique,
  name_zh text not null,
  name_en text not null,
  zone text not null,
  created_at timestamptz not null
);
call everywhere('chain', 'update');

-- A legal person or a sole trader. Name and code stand in the public company register.
create table party (
  id uuid primary key,
  uscc text unique,
  gln text unique,
  name_zh text not null,
  name_en text not null,
  verified_at timestamptz,
  lon numeric(9, 6),
  lat numeric(9, 6),
  region_code text,
  created_at timestamptz not null
);
call everywhere('party', 'update');

create table user_account (
  id uuid primary key,
  login text not null unique,
  name text not null,
  password_hash text not null,
  locale text not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);
call everywhere('user_account', 'update');

create table session (
  token_hash bytea primary key,
  user_id uuid not null,
  -- Named so that no one takes this table for a chain's: it is read before a chain is known.
  current_chain_id uuid not null,
  current_party_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_user on session (user_id);
call everywhere('session', 'delete');

-- A party's place in a chain. The directory of a chain is known to its members.
create table member (
  chain_id uuid not null,
  party_id uuid not null,
  roles text[] not null,
  status text not null check (status in ('invited', 'active', 'left')),
  invited_by uuid,
  joined_at timestamptz not null,
  primary key (chain_id, party_id)
);
call shard('member', reads => 'true', writes => 'true', changes => 'update');

-- A person's seat in a party of a chain.
create table seat (
  chain_id uuid not null,
  user_id uuid not null,
  party_id uuid not null,
  role text not null check (role in ('admin', 'trade', 'goods', 'finance', 'viewer')),
  given_at timestamptz not null,
  ended_at timestamptz,
  primary key (chain_id, user_id, party_id)
);
create index seat_party on seat (chain_id, party_id);
call shard('seat', reads => 'user_id = :user or party_id = :actor',
  writes => 'party_id = :actor', changes => 'update');

-- Which chains a person has a seat in: read before a chain is known, so it is keyed by the person.
create table user_chain (
  user_id uuid not null,
  seat_chain_id uuid not null,
  seat_party_id uuid not null,
  primary key (user_id, seat_chain_id, seat_party_id)
);
call everywhere('user_chain', 'delete');

create table api_key (
  chain_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (chain_id, id)
);
create index api_key_party on api_key (chain_id, party_id);
call shard('api_key', reads => 'party_id = :actor or id = :bearer', writes => 'party_id = :actor',
  changes => 'update');

create table invitation (
  chain_id uuid not null,
  id uuid not null,
  inviter_id uuid not null,
  party_id uuid not null,
  roles text[] not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  primary key (chain_id, id)
);
create index invitation_inviter on invitation (chain_id, inviter_id, created_at desc);
call shard('invitation', reads => ':actor in (inviter_id, party_id) or id = :bearer',
  writes => ':actor in (inviter_id, party_id)', changes => 'update');

-- Who may read what of whom, for what purpose, until when; ended at once by its owner.
create table sharing_agreement (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  reader_id uuid not null,
  scope text not null
    check (scope in ('orders', 'shipments', 'stock', 'invoices', 'ledger', 'readings')),
  purpose text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  revoked_at timestamptz,
  created_by uuid,
  primary key (chain_id, id)
);
create index sharing_agreement_reader on sharing_agreement (chain_id, reader_id);
create index sharing_agreement_owner on sharing_agreement (chain_id, owner_id);
call shard('sharing_agreement', reads => ':actor in (owner_id, reader_id)',
  writes => 'owner_id = :actor', changes => 'update');
