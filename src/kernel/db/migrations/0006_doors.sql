-- How a person gets in beside a password, and what keeps others out. All of it is read before a
-- chain is known, so it belongs to the person and to no chain.

-- A session gets an id that its owner may see and end; the hash of its secret stays where it is.
-- Those who are signed in while this runs sign in once more: their sessions have none.
delete from session;
alter table session add column id uuid not null;
alter table session add column agent text not null;
alter table session add column address text not null;
alter table session add column used_at timestamptz not null;
-- When the person last showed a password or a factor: what changes factors asks for a recent one.
alter table session add column proved_at timestamptz not null;

-- The other half of a sign-in: the password was right, the second factor is still to come.
create table half_session (
  token_hash bytea primary key,
  user_id uuid not null,
  tries_left int not null check (tries_left >= 0),
  expires_at timestamptz not null
);
create index half_session_expiry on half_session (expires_at);
call everywhere('half_session', 'delete');

-- RFC 6238. The secret is encrypted under the installation's key, which is never in here. No code
-- of a step up to `last_step` is taken: each is worth one sign-in.
create table totp (
  user_id uuid primary key,
  sealed_secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null
);
call everywhere('totp', 'delete');

create table recovery_code (
  user_id uuid not null,
  code_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
call everywhere('recovery_code', 'delete');

create table passkey (
  credential_id text primary key,
  id uuid not null unique,
  user_id uuid not null,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_user on passkey (user_id);
call everywhere('passkey', 'delete');

-- What a passkey is asked to sign: once, for one purpose, and for one person where one is known.
create table challenge (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('register', 'sign_in', 'second_step', 'prove')),
  user_id uuid,
  expires_at timestamptz not null
);
create index challenge_expiry on challenge (expires_at);
call everywhere('challenge', 'delete');

-- A browser in which the person has signed in before: guesses made elsewhere do not hold it up.
create table known_device (
  token_hash bytea not null,
  user_id uuid not null,
  known_since timestamptz not null,
  expires_at timestamptz not null,
  primary key (token_hash, user_id)
);
create index known_device_user on known_device (user_id);
call everywhere('known_device', 'delete');

-- Tries that count against somebody: hashed, since a login or an address is nobody's business here.
create table sign_in_budget (
  budget_hash bytea primary key,
  tries int not null,
  next_at timestamptz not null,
  forget_at timestamptz not null
);
create index sign_in_budget_forget on sign_in_budget (forget_at);
call everywhere('sign_in_budget', 'delete');

-- What happened to a person's ways in, and to a party's keys. Written once.
create table security_event (
  id uuid primary key,
  kind text not null,
  user_id uuid,
  at_chain_id uuid,
  at_party_id uuid,
  happened_at timestamptz not null,
  agent text not null,
  address text not null,
  detail text not null
);
create index security_event_user on security_event (user_id, happened_at desc, id desc);
create index security_event_party on security_event (at_party_id, happened_at desc, id desc);
call everywhere('security_event');

alter table api_key add column used_at timestamptz;
-- The secret before the last rotation: good for an overlap, so that no system is cut off.
alter table api_key add column rotated_at timestamptz;
alter table api_key add column previous_hash bytea;
alter table api_key add column previous_until timestamptz;
