-- A form 调查表 that keeps its name through all its versions. What is asked is no secret: everybody
-- in the chain reads forms, as the law has a form say who made it, by whose leave, until when.
create table form (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  period_kind text not null check (period_kind in ('month', 'quarter', 'year')),
  version integer not null check (version > 0),
  version_id uuid not null,
  changed_at timestamptz not null,
  primary key (chain_id, id)
);
create unique index form_code on form (chain_id, owner_id, code);
call shard('form', reads => 'true', writes => 'owner_id = :actor', changes => 'update');

-- What a form asked at one time: a collection names the version that it asked with.
create table form_version (
  chain_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  owner_id uuid not null,
  version integer not null check (version > 0),
  name_zh text not null,
  name_en text not null,
  levels smallint not null check (levels in (1, 2)),
  -- How often one firm may be asked with this form in one year.
  asks_per_year integer not null check (asks_per_year > 0),
  -- What the law wants on a form:
  -- { "table_number", "issued_by", "approval_number", "valid_until" }
  approval jsonb,
  items jsonb not null,
  rules jsonb not null,
  defined_at timestamptz not null,
  primary key (chain_id, id)
);
create unique index form_version_number on form_version (chain_id, form_id, version);
call shard('form_version', reads => 'true', writes => 'owner_id = :actor');
alter table form_version add foreign key (chain_id, form_id) references form (chain_id, id);

-- One asking with a form: for a period, until a day. Whom it asks stands in the asks, one by one,
-- so that no firm learns of another.
create table collection (
  chain_id uuid not null,
  id uuid not null,
  collector_id uuid not null,
  form_id uuid not null,
  form_version_id uuid not null,
  period text not null,
  due_on date not null,
  state text not null check (state in ('open', 'closed', 'locked')),
  version integer not null check (version > 0),
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (chain_id, id)
);
create index collection_collector on collection (chain_id, collector_id, id);
call shard('collection', reads => 'collector_id = :actor', writes => 'collector_id = :actor',
  changes => 'update');
alter table collection add foreign key (chain_id, form_version_id)
  references form_version (chain_id, id);

-- One firm that is asked. Both sides see it, and it holds nothing of what the firm writes before it
-- submits. The state of the collection stands here again, so that a firm needs no other row.
create table collection_ask (
  chain_id uuid not null,
  id uuid not null,
  collection_id uuid not null,
  -- The firm that is asked.
  owner_id uuid not null,
  collector_id uuid not null,
  form_id uuid not null,
  form_version_id uuid not null,
  period text not null,
  due_on date not null,
  asked_on date not null,
  asked_at timestamptz not null,
  item_count integer not null,
  collection_state text not null check (collection_state in ('open', 'closed', 'locked')),
  state text not null check (state in ('waiting', 'submitted', 'returned', 'accepted')),
  -- Made by lot: figures go out under it, and not under the firm's id.
  unit text not null,
  -- The newest report, and the newest that was accepted; these count.
  report_id uuid,
  accepted_id uuid,
  first_submitted_on date,
  reminders integer not null,
  reminded_on date,
  changed_at timestamptz not null,
  primary key (chain_id, id)
);
-- One firm is asked once with one form for one period.
create unique index collection_ask_once on collection_ask (chain_id, owner_id, form_id, period);
create unique index collection_ask_unit on collection_ask (chain_id, collection_id, unit);
create index collection_ask_period on collection_ask (chain_id, owner_id, period);
create index collection_ask_year on collection_ask (chain_id, collector_id, asked_on);
call shard('collection_ask', reads => ':actor in (owner_id, collector_id)',
  writes => ':actor in (owner_id, collector_id)', changes => 'update');
alter table collection_ask add foreign key (chain_id, collection_id)
  references collection (chain_id, id);

-- What a firm has written and not yet submitted: its own alone.
create table report_draft (
  chain_id uuid not null,
  ask_id uuid not null,
  owner_id uuid not null,
  state text not null check (state in ('editing', 'for_check', 'sent')),
  version integer not null check (version > 0),
  answers jsonb not null,
  -- By item: from what it was filled in, and with what value.
  evidence jsonb not null,
  -- By rule: why a soft one does not hold.
  notes jsonb not null,
  minutes integer check (minutes >= 0),
  -- The report that it mends or corrects, and why it corrects an accepted one.
  corrects_id uuid,
  reason text,
  -- Who handed it to the second person.
  handed_by uuid,
  changed_at timestamptz not null,
  primary key (chain_id, ask_id)
);
call shard('report_draft', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');
alter table report_draft add foreign key (chain_id, ask_id)
  references collection_ask (chain_id, id);

-- What a firm has submitted, version by version. Never changed.
create table report (
  chain_id uuid not null,
  id uuid not null,
  ask_id uuid not null,
  collection_id uuid not null,
  owner_id uuid not null,
  collector_id uuid not null,
  number integer not null check (number > 0),
  corrects_id uuid,
  reason text,
  answers jsonb not null,
  evidence jsonb not null,
  notes jsonb not null,
  -- What every rule came to when it was submitted.
  checks jsonb not null,
  minutes integer check (minutes >= 0),
  prefilled_count integer not null,
  -- Of the firm, as it stood on the day.
  industry_class text,
  size text,
  region_code text,
  submitted_at timestamptz not null,
  fact_id uuid not null,
  primary key (chain_id, id)
);
create unique index report_number on report (chain_id, ask_id, number);
call shard('report', reads => ':actor in (owner_id, collector_id)', writes => 'owner_id = :actor');
alter table report add foreign key (chain_id, ask_id) references collection_ask (chain_id, id);

-- What the collector said to a report: once.
create table report_ruling (
  chain_id uuid not null,
  report_id uuid not null,
  ask_id uuid not null,
  owner_id uuid not null,
  collector_id uuid not null,
  ruling text not null check (ruling in ('accepted', 'returned')),
  reason text,
  ruled_at timestamptz not null,
  primary key (chain_id, report_id)
);
call shard('report_ruling', reads => ':actor in (owner_id, collector_id)',
  writes => 'collector_id = :actor');
alter table report_ruling add foreign key (chain_id, report_id) references report (chain_id, id);

-- What a firm says of itself: industry, and what its size is told by. The newest counts.
create table firm_profile (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  industry_class text not null,
  edition text not null,
  as_of date not null,
  employees integer check (employees >= 0),
  revenue_10k numeric check (revenue_10k >= 0),
  assets_10k numeric check (assets_10k >= 0),
  described_at timestamptz not null,
  primary key (chain_id, id)
);
create index firm_profile_owner on firm_profile (chain_id, owner_id, id);
call shard('firm_profile', reads => 'owner_id = :actor', writes => 'owner_id = :actor');
