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
