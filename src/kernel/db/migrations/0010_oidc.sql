-- Signing in with the account of a firm's own identity provider (OpenID Connect). Read before a
-- chain is known, so it belongs to the person and to no chain.

-- On its way to the provider and back. `user_id` is set where a person adds the provider's account
-- to their own; nobody is known where somebody signs in.
create table oidc_visit (
  ticket_hash bytea primary key,
  provider text not null,
  user_id uuid,
  expires_at timestamptz not null
);
create index oidc_visit_expiry on oidc_visit (expires_at);
call everywhere('oidc_visit', 'delete');

-- Whose account at which provider is whose here. A person made the link, signed in: nothing that a
-- provider says of a name or an e-mail address ever makes one.
create table oidc_link (
  issuer text not null,
  subject text not null,
  id uuid not null unique,
  user_id uuid not null,
  -- As the provider calls the account, for its owner to know it again.
  label text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (issuer, subject)
);
create index oidc_link_user on oidc_link (user_id);
call everywhere('oidc_link', 'delete');

-- What the first step was shown with, for the security log.
alter table half_session add column first text not null default 'password';
