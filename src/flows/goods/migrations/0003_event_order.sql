-- When an event was recorded is what systems ask by that come again for what is new, and an order
-- of its own: ids are made by several clocks, and behind the moment that their transaction has.
create index event_by_record_time on event (chain_id, recorded_at, id);

-- How much there is to read of an event, known without reading it: one may have ten megabytes, and
-- a page is bounded by what it holds as well as by its events.
alter table event add column body_bytes integer not null default 0;
alter table event no force row level security;
update event set body_bytes = octet_length(body::text);
alter table event force row level security;
alter table event alter column body_bytes drop default;

-- The names under which events were captured. Two captures of one name wait for each other here:
-- the event and the declaration that it is wrong, sent at once, would each not see the other.
create table event_name (
  chain_id uuid not null,
  event_uri text not null,
  capturer_id uuid not null,
  primary key (chain_id, event_uri, capturer_id)
);
alter table event no force row level security;
insert into event_name select distinct chain_id, event_uri, capturer_id from event
on conflict do nothing;
alter table event force row level security;
call shard('event_name', reads => 'capturer_id = :actor', writes => 'capturer_id = :actor');
