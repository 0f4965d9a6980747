-- From here on an event is whatever EPCIS 2.0 says, captured by anybody. `body` is the one form in
-- which both bindings meet (epcis/event.ts); the columns beside it are what events are found by, in
-- the canonical writing. `movement` is what trade itself moves in stock by an event.
alter table event
  add column capture_id uuid,
  add column event_uri text not null default '',
  add column event_hash text,
  add column action text,
  add column read_point text,
  add column biz_location text,
  add column declares_error boolean not null default false,
  add column prefixes jsonb,
  add column movement jsonb;

alter table event no force row level security;
update event set
  event_uri = 'urn:uuid:' || id,
  action = body ->> 'action',
  read_point = body -> 'readPoint' ->> 'id',
  biz_location = body -> 'bizLocation' ->> 'id',
  movement = body -> 'jingwei:stock',
  biz_step = 'https://ref.gs1.org/cbv/BizStep-' || biz_step,
  disposition = 'https://ref.gs1.org/cbv/Disp-' || disposition,
  body = jsonb_strip_nulls(jsonb_build_object(
    'type', body -> 'type',
    'eventTime', body -> 'eventTime',
    'eventTimeZoneOffset', body -> 'eventTimeZoneOffset',
    'eventID', 'urn:uuid:' || id,
    'action', body -> 'action',
    'bizStep', body -> 'bizStep',
    'disposition', body -> 'disposition',
    'epcList', body -> 'epcList',
    'quantityList', (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'epcClass', q -> 'epcClass', 'quantity', q ->> 'quantity', 'uom', q -> 'uom')))
      from jsonb_array_elements(body -> 'quantityList') q),
    'readPoint', body -> 'readPoint',
    'bizLocation', body -> 'bizLocation',
    'bizTransactionList', (select jsonb_agg(jsonb_build_object(
        'type', t -> 'type', 'id', t -> 'bizTransaction'))
      from jsonb_array_elements(body -> 'bizTransactionList') t),
    'sourceList', (select jsonb_agg(jsonb_build_object('type', s -> 'type', 'id', s -> 'source'))
      from jsonb_array_elements(body -> 'sourceList') s),
    'destinationList', (select jsonb_agg(jsonb_build_object(
        'type', d -> 'type', 'id', d -> 'destination'))
      from jsonb_array_elements(body -> 'destinationList') d)));
alter table event force row level security;
alter table event alter column event_uri drop default;

drop index event_time_range;
drop index event_capturer;
-- Whoever captures an event a second time meets the first; an error declared of it is one more.
create unique index event_uri_key on event (chain_id, event_uri, capturer_id, declares_error);
create index event_by_time on event (chain_id, event_time, id);
create index event_by_step on event (chain_id, biz_step, event_time, id);
create index event_by_disposition on event (chain_id, disposition, event_time, id);
create index event_by_location on event (chain_id, biz_location, event_time, id);
create index event_by_read_point on event (chain_id, read_point, event_time, id);
-- An event is seen by the parties in it, and by whom its capturer shares shipments with.
drop policy reads on event;
create policy reads on event for select using (
  chain_id = nullif(current_setting('jingwei.chain_id', true), '')::uuid and (
    nullif(current_setting('jingwei.actor_id', true), '')::uuid = any (parties)
    or capturer_id = any (nullif(current_setting('jingwei.reads_shipments', true), '')::uuid[])));

-- What an event names, and as what: the index of the things themselves, from which the life of
-- one is read. It says nothing that the event does not, and is made of it (mentions.ts).
create table event_item (
  chain_id uuid not null,
  item text collate "C" not null,
  event_time timestamptz not null,
  event_id uuid not null,
  place integer not null,
  role text not null
    check (role in ('epc', 'parent', 'child', 'input', 'output', 'transaction', 'transformation')),
  by_class boolean not null,
  quantity numeric,
  uom text,
  capturer_id uuid not null,
  parties uuid[] not null,
  primary key (chain_id, item, event_time, event_id, place)
);
create index event_item_of_event on event_item (chain_id, event_id);
call shard('event_item',
  reads => ':actor = any(parties) or capturer_id = any(:reads_shipments)',
  writes => 'capturer_id = :actor');

alter table event no force row level security;
alter table event_item no force row level security;
insert into event_item
select e.chain_id, m.item, e.event_time, e.id, m.place - 1, m.role, m.by_class, m.quantity, m.uom,
  e.capturer_id, e.parties
from event e, lateral (
  select *, row_number() over (order by part, n) as place from (
    select 1 as part, n, epc as item, 'epc' as role, false as by_class, null::numeric as quantity,
        null as uom
      from jsonb_array_elements_text(e.body -> 'epcList') with ordinality l (epc, n)
    union all
    select 2, n, q ->> 'epcClass', 'epc', true, (q ->> 'quantity')::numeric, q ->> 'uom'
      from jsonb_array_elements(e.body -> 'quantityList') with ordinality l (q, n)
    union all
    select 3, n, t ->> 'id', 'transaction', false, null, null
      from jsonb_array_elements(e.body -> 'bizTransactionList') with ordinality l (t, n)) parts) m
on conflict do nothing;
alter table event force row level security;
alter table event_item force row level security;

-- An event that its capturer has declared to be wrong: it stays, and counts no more.
create table event_void (
  chain_id uuid not null,
  event_id uuid not null,
  by_event_id uuid not null,
  capturer_id uuid not null,
  parties uuid[] not null,
  recorded_at timestamptz not null,
  primary key (chain_id, event_id)
);
call shard('event_void',
  reads => ':actor = any(parties) or capturer_id = any(:reads_shipments)',
  writes => 'capturer_id = :actor');

-- What became of a document that somebody sent, and what stood in it beside its events.
create table capture (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  behaviour text not null check (behaviour in ('rollback', 'proceed')),
  success boolean not null,
  events integer not null,
  captured integer not null,
  known integer not null,
  errors jsonb not null,
  header jsonb,
  created_at timestamptz not null,
  finished_at timestamptz not null,
  primary key (chain_id, id)
);
create index capture_of_owner on capture (chain_id, owner_id, id);
call shard('capture', reads => 'owner_id = :actor', writes => 'owner_id = :actor');

-- Master data as its owner last sent it: WD_ queries go down by `children`.
create table master_data (
  chain_id uuid not null,
  owner_id uuid not null,
  type text not null,
  item text collate "C" not null,
  children text[] not null,
  element jsonb not null,
  capture_id uuid not null,
  recorded_at timestamptz not null,
  primary key (chain_id, item, type, owner_id)
);
call shard('master_data',
  reads => 'owner_id = :actor or owner_id = any(:reads_shipments)',
  writes => 'owner_id = :actor', changes => 'update');

-- Queries that have a name, in the words of the query language.
create table named_query (
  chain_id uuid not null,
  owner_id uuid not null,
  name text not null,
  definition text not null,
  created_at timestamptz not null,
  primary key (chain_id, owner_id, name)
);
call shard('named_query', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- Pages that a client has said it will not ask for.
create table ended_page (
  chain_id uuid not null,
  token_id uuid not null,
  owner_id uuid not null,
  expires_at timestamptz not null,
  primary key (chain_id, token_id)
);
create index ended_page_expiry on ended_page (chain_id, owner_id, expires_at);
call shard('ended_page', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'delete');

-- GS1 company prefixes: how many digits of a key are its company's nobody can see from the key,
-- and without that no EPC URN can be written.
create table company_prefix (
  chain_id uuid not null,
  prefix text not null check (prefix ~ '^[0-9]{4,12}$'),
  owner_id uuid not null,
  recorded_at timestamptz not null,
  primary key (chain_id, prefix)
);
call shard('company_prefix', reads => 'true', writes => 'owner_id = :actor');
